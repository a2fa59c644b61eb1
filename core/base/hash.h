#pragma once
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "core/base/result.h"

namespace likeness {

/// SHA-256 over pieces. Threads: one.
class Sha256 {
 public:
  Sha256();
  ~Sha256();
  void add(std::span<const std::byte> bytes);
  void add(std::string_view text);
  /// Lower-case hexadecimal, 64 characters. Call once.
  [[nodiscard]] std::string hex();

 private:
  struct Context;
  std::unique_ptr<Context> m_context;
};

[[nodiscard]] std::string sha256Hex(std::string_view text);
/// Of a file from byte `offset` to its end. Read through a small buffer: pages of a mapped file would count as memory of
/// this process until the system wants them back, gigabytes for a model. Errors: as MappedFile::open().
[[nodiscard]] Result<std::string> sha256OfFile(const std::filesystem::path& path, std::uint64_t offset = 0);

}  // namespace likeness
