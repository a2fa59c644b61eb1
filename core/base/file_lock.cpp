#include "core/base/file_lock.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

namespace likeness {
namespace fs = std::filesystem;
namespace {

// Locks of the open file description, so that threads exclude each other too.
struct flock regionOf(int byte) {
  struct flock region {};
  region.l_type = F_WRLCK;
  region.l_whence = SEEK_SET;
  region.l_start = byte;
  region.l_len = 1;
  return region;
}

}  // namespace

Result<std::optional<FileLock>> FileLock::take(const fs::path& file, int byte, bool wait) {
  const int descriptor = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
  if (descriptor < 0) return systemError(errno, "write in the folder", file.parent_path().string());
  FileLock lock(descriptor);
  auto region = regionOf(byte);
  int done = 0;
  do {
    done = ::fcntl(descriptor, wait ? F_OFD_SETLKW : F_OFD_SETLK, &region);
  } while (done != 0 && errno == EINTR);
  if (done == 0) return std::optional<FileLock>(std::move(lock));
  if (errno == EAGAIN || errno == EACCES) return std::optional<FileLock>();
  return systemError(errno, "lock the folder", file.parent_path().string());
}

Result<FileLock> FileLock::acquire(const fs::path& file, int byte) {
  LK_TRY(auto lock, take(file, byte, true));
  return std::move(*lock);
}

Result<std::optional<FileLock>> FileLock::tryAcquire(const fs::path& file, int byte) { return take(file, byte, false); }

bool FileLock::isHeld(const fs::path& file, int byte) {
  const int descriptor = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) return false;
  auto region = regionOf(byte);
  const bool held = ::fcntl(descriptor, F_OFD_GETLK, &region) == 0 && region.l_type != F_UNLCK;
  ::close(descriptor);
  return held;
}

FileLock::FileLock(FileLock&& other) noexcept : m_descriptor(std::exchange(other.m_descriptor, -1)) {}

FileLock::~FileLock() {
  if (m_descriptor >= 0) ::close(m_descriptor);
}

}  // namespace likeness
