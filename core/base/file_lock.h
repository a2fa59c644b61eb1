#pragma once
#include <filesystem>
#include <optional>

#include "core/base/result.h"

namespace likeness {

/// A lock between threads and processes on one byte of a file, which is made where it is missing; the system frees it
/// when its process ends in whatever way. Threads: any; each object is one holder.
class FileLock {
 public:
  /// Waits until the lock is free. Errors: what the system says of the file.
  [[nodiscard]] static Result<FileLock> acquire(const std::filesystem::path& file, int byte);
  /// Empty at once if another holds it.
  [[nodiscard]] static Result<std::optional<FileLock>> tryAcquire(const std::filesystem::path& file, int byte);
  /// True if somebody, in this process or another, holds the lock now. Takes nothing itself.
  [[nodiscard]] static bool isHeld(const std::filesystem::path& file, int byte);

  FileLock(FileLock&& other) noexcept;
  FileLock& operator=(FileLock&&) = delete;
  ~FileLock();

 private:
  explicit FileLock(int descriptor) : m_descriptor(descriptor) {}
  [[nodiscard]] static Result<std::optional<FileLock>> take(const std::filesystem::path& file, int byte, bool wait);
  int m_descriptor = -1;
};

}  // namespace likeness
