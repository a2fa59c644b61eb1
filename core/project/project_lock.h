#pragma once
#include <filesystem>
#include <utility>

#include "core/base/file_lock.h"

namespace likeness {

/// What a lock keeps others from: Edit is held for moments while project.yaml changes, Compute while a job trains or
/// makes class images.
enum class ProjectLockKind { Edit, Compute };

/// A lock on a project between threads and processes, in its file `.lock`; the system frees it when its process ends in
/// whatever way. Threads: any; each lock object is one holder.
class ProjectLock {
 public:
  /// Edit waits its turn; Compute is InvalidArgument at once if another holds it.
  [[nodiscard]] static Result<ProjectLock> acquire(const std::filesystem::path& project, ProjectLockKind kind);

 private:
  explicit ProjectLock(FileLock lock) : m_lock(std::move(lock)) {}
  FileLock m_lock;
};

/// True if somebody, in this process or another, holds the lock now. Takes nothing itself.
[[nodiscard]] bool isLocked(const std::filesystem::path& project, ProjectLockKind kind);

}  // namespace likeness
