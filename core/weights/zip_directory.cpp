#include "core/weights/zip_directory.h"

#include <algorithm>
#include <optional>

#include "core/base/text.h"
#include "core/weights/torch_storages.h"

namespace likeness {
namespace {

constexpr std::uint32_t kLocalHeader = 0x04034b50, kCentralHeader = 0x02014b50, kEnd = 0x06054b50,
                        kEnd64 = 0x06064b50, kEnd64Locator = 0x07064b50;
constexpr std::uint64_t kLocalSize = 30, kCentralSize = 46, kEndSize = 22, kEnd64Size = 56, kLocatorSize = 20;
constexpr std::uint64_t kInExtra32 = 0xffffffff, kInExtra16 = 0xffff;  // "the value is in the zip64 record"

// Little-endian numbers of the archive; the caller has checked that they are there.
class Bytes {
 public:
  explicit Bytes(std::span<const std::byte> bytes) : m_bytes(bytes) {}
  [[nodiscard]] std::uint64_t size() const { return m_bytes.size(); }
  [[nodiscard]] bool holds(std::uint64_t at, std::uint64_t count) const { return at <= size() && count <= size() - at; }
  [[nodiscard]] std::uint64_t u16(std::uint64_t at) const { return number(at, 2); }
  [[nodiscard]] std::uint64_t u32(std::uint64_t at) const { return number(at, 4); }
  [[nodiscard]] std::uint64_t u64(std::uint64_t at) const { return number(at, 8); }
  [[nodiscard]] std::string_view text(std::uint64_t at, std::uint64_t count) const {
    return {reinterpret_cast<const char*>(m_bytes.data()) + at, static_cast<std::size_t>(count)};
  }

 private:
  [[nodiscard]] std::uint64_t number(std::uint64_t at, std::size_t count) const {
    std::uint64_t value = 0;
    while (count-- > 0) value = value << 8 | std::to_integer<std::uint64_t>(m_bytes[at + count]);
    return value;
  }
  std::span<const std::byte> m_bytes;
};

// Where the central directory lies.
struct Central {
  std::uint64_t begin = 0;
  std::uint64_t size = 0;
  std::uint64_t count = 0;
};

// The end record is the last thing in the file, but for a comment of up to 64 kB whose length it tells.
std::optional<std::uint64_t> findEnd(const Bytes& file) {
  const auto last = file.size() < kEndSize ? 0 : file.size() - kEndSize;
  const auto first = last > kInExtra16 ? last - kInExtra16 : 0;
  for (auto at = last + 1; file.size() >= kEndSize && at-- > first;) {
    if (file.u32(at) == kEnd && file.u16(at + 20) == file.size() - at - kEndSize) return at;
  }
  return std::nullopt;
}

Result<Central> readEnd(const Bytes& file) {
  const auto end = findEnd(file);
  if (!end) return damagedFile("is cut short: the zip archive's directory at its end is missing");
  Central central{file.u32(*end + 16), file.u32(*end + 12), file.u16(*end + 10)};
  auto behind = *end;
  bool split = file.u16(*end + 4) != file.u16(*end + 6) || file.u16(*end + 8) != central.count;
  if (*end >= kLocatorSize && file.u32(*end - kLocatorSize) == kEnd64Locator) {
    const auto at = file.u64(*end - kLocatorSize + 8);
    if (!file.holds(at, kEnd64Size) || file.u32(at) != kEnd64 || at + kEnd64Size > *end - kLocatorSize) {
      return damagedFile("has a damaged zip64 record");
    }
    const Central wide{file.u64(at + 48), file.u64(at + 40), file.u64(at + 32)};
    const auto agrees = [](std::uint64_t narrow, std::uint64_t value, std::uint64_t inExtra) {
      return narrow == inExtra || narrow == value;
    };
    if (!agrees(central.begin, wide.begin, kInExtra32) || !agrees(central.size, wide.size, kInExtra32) ||
        !agrees(central.count, wide.count, kInExtra16)) {
      return damagedFile("has two zip directories that disagree");
    }
    split = file.u32(at + 16) != file.u32(at + 20) || file.u64(at + 24) != wide.count;
    central = wide;
    behind = at;
  }
  if (split) return refusedFile("is one part of a split zip archive");
  if (!file.holds(central.begin, central.size) || central.begin + central.size != behind) {
    return damagedFile("has a zip directory that does not lie where it says");
  }
  return central;
}

// Replaces what the 32-bit fields left to the zip64 extra field; false if it is missing.
bool readExtra64(const Bytes& file, std::uint64_t at, std::uint64_t length, std::uint64_t& size, std::uint64_t& stored,
                 std::uint64_t& header) {
  const auto end = at + length;
  while (end - at >= 4) {
    const auto kind = file.u16(at), bytes = file.u16(at + 2);
    at += 4;
    if (bytes > end - at) return false;
    if (kind == 1) {
      auto left = bytes;
      for (auto* value : {&size, &stored, &header}) {
        if (*value != kInExtra32) continue;
        if (left < 8) return false;
        *value = file.u64(at);
        at += 8;
        left -= 8;
      }
      return true;
    }
    at += bytes;
  }
  return false;
}

// Completes the entry by its local header, which must say the same.
Result<void> readLocal(const Bytes& file, const Central& central, ZipEntry& entry) {
  const auto at = entry.header;
  if (at > central.begin || central.begin - at < kLocalSize || file.u32(at) != kLocalHeader) {
    return damagedFile("has no file " + quotedName(entry.name) + " where its zip directory says");
  }
  const auto nameSize = file.u16(at + 26), extraSize = file.u16(at + 28);
  if (file.u16(at + 8) != 0) return refusedFile("holds " + quotedName(entry.name) + " compressed");
  if (central.begin - at - kLocalSize < nameSize + extraSize ||
      file.text(at + kLocalSize, nameSize) != entry.name) {
    return damagedFile("names the file " + quotedName(entry.name) + " in two ways");
  }
  entry.begin = at + kLocalSize + nameSize + extraSize;
  if (entry.size > central.begin - entry.begin) {
    return damagedFile("says that " + quotedName(entry.name) + " is larger than the file has room for");
  }
  return {};
}

// Reads the entry at `at` and moves `at` behind it.
Result<ZipEntry> readEntry(const Bytes& file, const Central& central, std::uint64_t& at) {
  const auto left = central.begin + central.size - at;
  if (left < kCentralSize || file.u32(at) != kCentralHeader) return damagedFile("has a damaged zip directory");
  const auto nameSize = file.u16(at + 28), extraSize = file.u16(at + 30), commentSize = file.u16(at + 32);
  if (left - kCentralSize < nameSize + extraSize + commentSize) return damagedFile("has a damaged zip directory");
  ZipEntry entry{file.text(at + kCentralSize, nameSize), file.u32(at + 42), 0, file.u32(at + 24)};
  auto stored = file.u32(at + 20);
  constexpr std::uint64_t kEncrypted = 1 | 1 << 6 | 1 << 13;
  if ((file.u16(at + 8) & kEncrypted) != 0) return refusedFile("holds " + quotedName(entry.name) + " encrypted");
  if (file.u16(at + 10) != 0) return refusedFile("holds " + quotedName(entry.name) + " compressed");
  const bool wide = entry.size == kInExtra32 || stored == kInExtra32 || entry.header == kInExtra32;
  if (wide && !readExtra64(file, at + kCentralSize + nameSize, extraSize, entry.size, stored, entry.header)) {
    return damagedFile("lacks the zip64 size of " + quotedName(entry.name));
  }
  if (stored != entry.size) return damagedFile("gives " + quotedName(entry.name) + " two sizes");
  at += kCentralSize + nameSize + extraSize + commentSize;
  LK_CHECK(readLocal(file, central, entry));
  return entry;
}

Result<void> checkLayout(std::vector<ZipEntry>& entries) {
  std::sort(entries.begin(), entries.end(), [](const auto& a, const auto& b) { return a.header < b.header; });
  for (std::size_t i = 1; i < entries.size(); ++i) {
    if (entries[i - 1].begin + entries[i - 1].size > entries[i].header) {
      return damagedFile("lets " + quotedName(entries[i - 1].name) + " and " + quotedName(entries[i].name) + " overlap");
    }
  }
  std::sort(entries.begin(), entries.end(), [](const auto& a, const auto& b) { return a.name < b.name; });
  const auto twice = std::adjacent_find(entries.begin(), entries.end(),
                                        [](const auto& a, const auto& b) { return a.name == b.name; });
  if (twice != entries.end()) return damagedFile("holds two files called " + quotedName(twice->name));
  return {};
}

}  // namespace

Result<ZipDirectory> ZipDirectory::read(std::span<const std::byte> archive, MemoryBudget& budget) {
  const Bytes file(archive);
  LK_TRY(const auto central, readEnd(file));
  ZipDirectory directory;
  auto at = central.begin;
  for (std::uint64_t i = 0; i < central.count; ++i) {
    LK_TRY(const auto entry, readEntry(file, central, at));
    if (!budget.append(directory.m_entries, entry)) return tooComplexFile();
  }
  if (at != central.begin + central.size) return damagedFile("has a zip directory of another length than it says");
  LK_CHECK(checkLayout(directory.m_entries));
  return directory;
}

const ZipEntry* ZipDirectory::find(std::string_view name) const {
  const auto found = std::lower_bound(m_entries.begin(), m_entries.end(), name,
                                      [](const ZipEntry& entry, std::string_view wanted) { return entry.name < wanted; });
  return found == m_entries.end() || found->name != name ? nullptr : &*found;
}

}  // namespace likeness
