#pragma once
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/weights/memory_budget.h"

namespace likeness {

/// One file in a zip archive, where its bytes lie as they are.
struct ZipEntry {
  std::string_view name;
  std::uint64_t header = 0;  ///< where its local header lies
  std::uint64_t begin = 0;   ///< where its bytes lie
  std::uint64_t size = 0;
};

/// The directory of a zip archive in memory whose files are stored without compression, as PyTorch writes them. Names
/// are views of the archive; nothing is extracted, so what they say about folders means nothing.
class ZipDirectory {
 public:
  /// Reads and checks everything: each file lies wholly between the archive's start and its directory, overlaps no other,
  /// has a name of its own and the same header in both places; zip64 is understood.
  /// Errors: Corrupt; Unsupported for compressed, encrypted and split archives. Their messages are middles of a sentence.
  /// Source: PKWARE's APPNOTE.TXT 6.3, sections 4.3 to 4.5.
  [[nodiscard]] static Result<ZipDirectory> read(std::span<const std::byte> archive, MemoryBudget& budget);

  /// By name, or null.
  [[nodiscard]] const ZipEntry* find(std::string_view name) const;

  /// Sorted by name.
  [[nodiscard]] const std::vector<ZipEntry>& entries() const { return m_entries; }

 private:
  std::vector<ZipEntry> m_entries;
};

}  // namespace likeness
