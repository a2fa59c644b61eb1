#pragma once
#include <cstdint>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/base/result.h"
#include "core/tensor/torch.h"
#include "core/weights/memory_budget.h"

namespace likeness {

/// A run of elements in a file, which one tensor or several lie in.
struct TorchStorage {
  std::string_view key;
  torch::ScalarType dtype = torch::kFloat32;
  std::uint64_t count = 0;  ///< elements
  std::uint64_t begin = 0;  ///< first byte in the file, once located

  [[nodiscard]] std::uint64_t bytes() const { return count * torch::elementSize(dtype); }
};

/// The storages that a file's pickle names, each once. Their keys must outlive it.
class TorchStorages {
 public:
  explicit TorchStorages(std::uint64_t fileSize) : m_fileSize(fileSize) {}

  /// The place of the storage `key`, new or known. The error's message is the middle of a sentence: Corrupt if it is
  /// larger than the file or was described differently before.
  [[nodiscard]] Result<std::size_t> add(std::string_view key, torch::ScalarType dtype, std::int64_t count,
                                        MemoryBudget& budget);

  /// The storage `key`, or null.
  [[nodiscard]] TorchStorage* find(std::string_view key);

  [[nodiscard]] std::vector<TorchStorage>& all() { return m_all; }
  [[nodiscard]] const std::vector<TorchStorage>& all() const { return m_all; }
  [[nodiscard]] std::uint64_t fileSize() const { return m_fileSize; }

 private:
  std::uint64_t m_fileSize;
  std::vector<TorchStorage> m_all;
  std::unordered_map<std::string_view, std::size_t> m_places;
};

/// What is wrong with a file, as the middle of a sentence that its reader completes: "is cut short".
[[nodiscard]] Error damagedFile(std::string what);   ///< Corrupt
[[nodiscard]] Error refusedFile(std::string what);   ///< Unsupported: well-formed, but not to be trusted or not known
[[nodiscard]] Error tooComplexFile();                ///< Corrupt: its description takes more memory than any model's

}  // namespace likeness
