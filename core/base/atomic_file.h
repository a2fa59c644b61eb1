#pragma once
#include <cstddef>
#include <filesystem>
#include <span>
#include <string_view>

#include "core/base/result.h"

namespace likeness {

/// A file that appears under its name whole or not at all: written beside it under a temporary name, flushed to the
/// disk, renamed. Destroyed without commit(), it leaves nothing behind. Threads: one.
class AtomicFile {
 public:
  [[nodiscard]] static Result<AtomicFile> create(const std::filesystem::path& path);
  AtomicFile(AtomicFile&& other) noexcept;
  AtomicFile& operator=(AtomicFile&&) = delete;
  ~AtomicFile();

  [[nodiscard]] Result<void> write(std::span<const std::byte> bytes);
  [[nodiscard]] Result<void> write(std::string_view text);
  [[nodiscard]] Result<void> commit();

 private:
  AtomicFile(std::filesystem::path path, std::filesystem::path temporary, int descriptor);
  std::filesystem::path m_path, m_temporary;
  int m_descriptor = -1;
};

/// A folder that appears under its name whole or not at all. Fill path(), then commit() flushes every file in it and
/// renames. commit() fails with InvalidArgument if the final name exists. Destroyed without commit(), it is removed.
class AtomicDirectory {
 public:
  [[nodiscard]] static Result<AtomicDirectory> create(const std::filesystem::path& finalPath);
  AtomicDirectory(AtomicDirectory&& other) noexcept;
  AtomicDirectory& operator=(AtomicDirectory&&) = delete;
  ~AtomicDirectory();

  [[nodiscard]] const std::filesystem::path& path() const { return m_temporary; }
  [[nodiscard]] Result<void> commit();

 private:
  AtomicDirectory(std::filesystem::path finalPath, std::filesystem::path temporary);
  std::filesystem::path m_final, m_temporary;
};

/// Writes the whole file atomically (see AtomicFile).
[[nodiscard]] Result<void> writeFileAtomically(const std::filesystem::path& path, std::string_view content);

/// Reads a whole file; larger than `limit` bytes is Unsupported.
[[nodiscard]] Result<std::string> readFile(const std::filesystem::path& path, std::size_t limit);

/// Removes what interrupted AtomicFile and AtomicDirectory writers of ended processes left in `folder`.
void removeStaleTemporaries(const std::filesystem::path& folder);

}  // namespace likeness
