#include "core/project/project_lock.h"

namespace likeness {
namespace fs = std::filesystem;
namespace {

fs::path lockFile(const fs::path& project) { return project / ".lock"; }

}  // namespace

Result<ProjectLock> ProjectLock::acquire(const fs::path& project, ProjectLockKind kind) {
  if (kind == ProjectLockKind::Edit) {
    LK_TRY(auto lock, FileLock::acquire(lockFile(project), static_cast<int>(kind)));
    return ProjectLock(std::move(lock));
  }
  LK_TRY(auto lock, FileLock::tryAcquire(lockFile(project), static_cast<int>(kind)));
  if (lock) return ProjectLock(std::move(*lock));
  return Error{ErrorCode::InvalidArgument,
               "Another Likeness is training in " + project.string() +
                   ". Wait until it is done, or stop it there first.",
               {},
               project.string()};
}

bool isLocked(const fs::path& project, ProjectLockKind kind) {
  return FileLock::isHeld(lockFile(project), static_cast<int>(kind));
}

}  // namespace likeness
