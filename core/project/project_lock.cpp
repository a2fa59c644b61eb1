#include "core/project/project_lock.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

namespace likeness {
namespace fs = std::filesystem;
namespace {

fs::path lockFile(const fs::path& project) { return project / ".lock"; }

// One byte of the file for each kind. Locks of the open file description, so that threads exclude each other too.
struct flock regionOf(ProjectLockKind kind) {
  struct flock region {};
  region.l_type = F_WRLCK;
  region.l_whence = SEEK_SET;
  region.l_start = kind == ProjectLockKind::Edit ? 0 : 1;
  region.l_len = 1;
  return region;
}

}  // namespace

Result<ProjectLock> ProjectLock::acquire(const fs::path& project, ProjectLockKind kind) {
  const int descriptor = ::open(lockFile(project).c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
  if (descriptor < 0) return systemError(errno, "write in the project", project.string());
  ProjectLock lock(descriptor);
  auto region = regionOf(kind);
  int done = 0;
  do {
    done = ::fcntl(descriptor, kind == ProjectLockKind::Edit ? F_OFD_SETLKW : F_OFD_SETLK, &region);
  } while (done != 0 && errno == EINTR);
  if (done == 0) return lock;
  if (errno == EAGAIN || errno == EACCES) {
    return Error{
        ErrorCode::InvalidArgument,
        "Another Likeness is training in " + project.string() + ". Wait until it is done, or stop it there first.",
        {},
        project.string()};
  }
  return systemError(errno, "lock the project", project.string());
}

ProjectLock::ProjectLock(ProjectLock&& other) noexcept : m_descriptor(std::exchange(other.m_descriptor, -1)) {}

ProjectLock::~ProjectLock() {
  if (m_descriptor >= 0) ::close(m_descriptor);
}

bool isLocked(const fs::path& project, ProjectLockKind kind) {
  const int descriptor = ::open(lockFile(project).c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) return false;
  auto region = regionOf(kind);
  const bool locked = ::fcntl(descriptor, F_OFD_GETLK, &region) == 0 && region.l_type != F_UNLCK;
  ::close(descriptor);
  return locked;
}

}  // namespace likeness
