#pragma once
#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <span>
#include <string_view>
#include <vector>

namespace likeness {

/// Bounded reads at given places of a file, or of bytes in memory, which must outlive it. Reads past the end give fewer
/// bytes. Threads: one.
class ByteFile {
 public:
  explicit ByteFile(const std::filesystem::path& path) : m_stream(path, std::ios::binary) {
    std::error_code failure;
    const auto size = std::filesystem::file_size(path, failure);
    m_size = failure ? 0 : size;
  }
  explicit ByteFile(std::span<const std::uint8_t> memory) : m_memory(memory), m_size(memory.size()) {}
  [[nodiscard]] bool opened() const { return m_stream.is_open() || !m_memory.empty(); }
  [[nodiscard]] std::uint64_t size() const { return m_size; }

  [[nodiscard]] std::vector<std::uint8_t> read(std::uint64_t offset, std::uint64_t count) {
    if (offset >= m_size) return {};
    const auto size = std::min(count, m_size - offset);
    if (!m_memory.empty()) {
      const auto part = m_memory.subspan(static_cast<std::size_t>(offset), static_cast<std::size_t>(size));
      return {part.begin(), part.end()};
    }
    std::vector<std::uint8_t> bytes(size);
    m_stream.clear();
    m_stream.seekg(static_cast<std::streamoff>(offset));
    m_stream.read(reinterpret_cast<char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
    bytes.resize(static_cast<std::size_t>(m_stream.gcount()));
    return bytes;
  }

 private:
  std::ifstream m_stream;
  std::span<const std::uint8_t> m_memory;
  std::uint64_t m_size = 0;
};

/// A whole number of `count` bytes at `offset`, high byte first or last; 0 where it sticks out.
[[nodiscard]] inline std::uint64_t bigEndian(std::span<const std::uint8_t> bytes, std::size_t offset, int count) {
  if (offset + static_cast<std::size_t>(count) > bytes.size()) return 0;
  std::uint64_t value = 0;
  for (int i = 0; i < count; ++i) value = value << 8 | bytes[offset + static_cast<std::size_t>(i)];
  return value;
}
[[nodiscard]] inline std::uint64_t littleEndian(std::span<const std::uint8_t> bytes, std::size_t offset, int count) {
  if (offset + static_cast<std::size_t>(count) > bytes.size()) return 0;
  std::uint64_t value = 0;
  for (int i = count - 1; i >= 0; --i) value = value << 8 | bytes[offset + static_cast<std::size_t>(i)];
  return value;
}
[[nodiscard]] inline bool holdsAt(std::span<const std::uint8_t> bytes, std::size_t offset, std::string_view text) {
  return offset + text.size() <= bytes.size() &&
         std::equal(text.begin(), text.end(), bytes.begin() + static_cast<std::ptrdiff_t>(offset),
                    [](char a, std::uint8_t b) { return static_cast<std::uint8_t>(a) == b; });
}

}  // namespace likeness
