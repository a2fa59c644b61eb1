#include "core/base/mapped_file.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

namespace likeness {

Result<std::shared_ptr<const MappedFile>> MappedFile::open(const std::filesystem::path& path) {
  // Non-blocking, because opening a named pipe would wait for its writer for ever.
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (descriptor < 0) return systemError(errno, "read", path.string());
  struct stat status {};
  const bool regular = ::fstat(descriptor, &status) == 0 && S_ISREG(status.st_mode);
  if (!regular || status.st_size == 0) {
    ::close(descriptor);
    const auto* what = regular ? " is empty. Copy or download it again." : " is not a file. Name a file.";
    return Error{regular ? ErrorCode::Corrupt : ErrorCode::InvalidArgument, path.string() + what, {}, path.string()};
  }
  const auto size = static_cast<std::size_t>(status.st_size);
  void* start = ::mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_PRIVATE, descriptor, 0);
  const int failed = start == MAP_FAILED ? errno : 0;
  ::close(descriptor);
  if (failed != 0) return systemError(failed, "read", path.string());
  return std::shared_ptr<const MappedFile>(new MappedFile(path, {static_cast<std::byte*>(start), size}));
}

MappedFile::~MappedFile() { ::munmap(m_bytes.data(), m_bytes.size()); }

}  // namespace likeness
