#pragma once
#include <cstddef>
#include <filesystem>
#include <memory>
#include <span>

#include "core/base/result.h"

namespace likeness {

/// A file mapped into memory, private and copy-on-write: writes through bytes() never reach the disk.
/// Threads: any, once made.
class MappedFile {
 public:
  [[nodiscard]] static Result<std::shared_ptr<const MappedFile>> open(const std::filesystem::path& path);
  ~MappedFile();
  MappedFile(const MappedFile&) = delete;
  MappedFile& operator=(const MappedFile&) = delete;

  [[nodiscard]] std::span<std::byte> bytes() const { return m_bytes; }
  [[nodiscard]] const std::filesystem::path& path() const { return m_path; }

 private:
  MappedFile(std::filesystem::path path, std::span<std::byte> bytes) : m_path(std::move(path)), m_bytes(bytes) {}
  std::filesystem::path m_path;
  std::span<std::byte> m_bytes;
};

}  // namespace likeness
