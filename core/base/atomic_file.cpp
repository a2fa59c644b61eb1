#include "core/base/atomic_file.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <fstream>
#include <system_error>

namespace likeness {
namespace fs = std::filesystem;
namespace {

// ".name.<pid>-<count>.tmp": unique in this process, and its writer can be told from a dead one's.
fs::path temporaryNameFor(const fs::path& path) {
  static std::atomic<unsigned> count{0};
  const auto tag = std::to_string(::getpid()) + "-" + std::to_string(count++);
  return path.parent_path() / ("." + path.filename().string() + "." + tag + ".tmp");
}

// The process id in a temporary's name, or 0.
long writerOf(const std::string& name) {
  if (name.size() < 6 || name.front() != '.' || !name.ends_with(".tmp")) return 0;
  const auto stem = name.substr(0, name.size() - 4);
  const auto dash = stem.rfind('-'), dot = stem.rfind('.', dash);
  if (dash == std::string::npos || dot == std::string::npos || dot == 0 || dash <= dot + 1) return 0;
  const auto digits = stem.substr(dot + 1, dash - dot - 1);
  if (digits.size() > 9 || digits.find_first_not_of("0123456789") != std::string::npos) return 0;
  return std::stol(digits);
}

Result<void> syncPath(const fs::path& path, int flags) {
  const int descriptor = ::open(path.c_str(), flags | O_CLOEXEC);
  if (descriptor < 0) return systemError(errno, "flush", path.string());
  const int failed = ::fsync(descriptor) != 0 ? errno : 0;
  ::close(descriptor);
  if (failed != 0) return systemError(failed, "flush", path.string());
  return {};
}

Result<void> renameAndSync(const fs::path& from, const fs::path& to) {
  if (::rename(from.c_str(), to.c_str()) != 0) return systemError(errno, "write", to.string());
  const auto parent = to.parent_path();
  return syncPath(parent.empty() ? fs::path(".") : parent, O_RDONLY | O_DIRECTORY);
}

}  // namespace

Result<AtomicFile> AtomicFile::create(const fs::path& path) {
  const auto temporary = temporaryNameFor(path);
  const int descriptor = ::open(temporary.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
  if (descriptor < 0) return systemError(errno, "write", path.string());
  return AtomicFile(path, temporary, descriptor);
}

AtomicFile::AtomicFile(fs::path path, fs::path temporary, int descriptor)
    : m_path(std::move(path)), m_temporary(std::move(temporary)), m_descriptor(descriptor) {}

AtomicFile::AtomicFile(AtomicFile&& other) noexcept
    : m_path(std::move(other.m_path)),
      m_temporary(std::move(other.m_temporary)),
      m_descriptor(std::exchange(other.m_descriptor, -1)) {}

AtomicFile::~AtomicFile() {
  if (m_descriptor < 0) return;
  ::close(m_descriptor);
  ::unlink(m_temporary.c_str());
}

Result<void> AtomicFile::write(std::span<const std::byte> bytes) {
  while (!bytes.empty()) {
    const auto written = ::write(m_descriptor, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return systemError(errno, "write", m_path.string());
    bytes = bytes.subspan(static_cast<std::size_t>(written));
  }
  return {};
}

Result<void> AtomicFile::write(std::string_view text) { return write(std::as_bytes(std::span(text))); }

Result<void> AtomicFile::commit() {
  if (::fsync(m_descriptor) != 0) return systemError(errno, "write", m_path.string());
  const int closed = ::close(std::exchange(m_descriptor, -1));
  const auto renamed = closed != 0 ? Result<void>(systemError(errno, "write", m_path.string()))
                                   : renameAndSync(m_temporary, m_path);
  if (!renamed) ::unlink(m_temporary.c_str());
  return renamed;
}

Result<AtomicDirectory> AtomicDirectory::create(const fs::path& finalPath) {
  const auto temporary = temporaryNameFor(finalPath);
  if (::mkdir(temporary.c_str(), 0755) != 0) return systemError(errno, "make the folder", finalPath.string());
  return AtomicDirectory(finalPath, temporary);
}

AtomicDirectory::AtomicDirectory(fs::path finalPath, fs::path temporary)
    : m_final(std::move(finalPath)), m_temporary(std::move(temporary)) {}

AtomicDirectory::AtomicDirectory(AtomicDirectory&& other) noexcept
    : m_final(std::move(other.m_final)), m_temporary(std::exchange(other.m_temporary, {})) {}

AtomicDirectory::~AtomicDirectory() {
  std::error_code ignored;
  if (!m_temporary.empty()) fs::remove_all(m_temporary, ignored);
}

Result<void> AtomicDirectory::commit() {
  if (fs::exists(m_final)) {
    return Error{ErrorCode::InvalidArgument, m_final.string() + " exists already. Choose another name or remove it first.",
                 {}, m_final.string()};
  }
  for (const auto& entry : fs::recursive_directory_iterator(m_temporary)) {
    LK_CHECK(syncPath(entry.path(), entry.is_directory() ? O_RDONLY | O_DIRECTORY : O_RDONLY));
  }
  LK_CHECK(syncPath(m_temporary, O_RDONLY | O_DIRECTORY));
  LK_CHECK(renameAndSync(m_temporary, m_final));
  m_temporary.clear();
  return {};
}

Result<void> writeFileAtomically(const fs::path& path, std::string_view content) {
  LK_TRY(auto file, AtomicFile::create(path));
  LK_CHECK(file.write(content));
  return file.commit();
}

Result<std::string> readFile(const fs::path& path, std::size_t limit) {
  std::error_code failure;
  if (fs::is_directory(path, failure)) return systemError(EISDIR, "read", path.string());
  const auto size = fs::file_size(path, failure);
  if (failure) return systemError(failure.value(), "read", path.string());
  if (size > limit) {
    return Error{ErrorCode::Unsupported, path.string() + " is too large for what it should be. Check that it is the right file.",
                 {}, path.string()};
  }
  std::ifstream stream(path, std::ios::binary);
  if (!stream) return systemError(errno, "read", path.string());
  std::string content(size, '\0');
  stream.read(content.data(), static_cast<std::streamsize>(size));
  content.resize(static_cast<std::size_t>(stream.gcount()));
  return content;
}

void removeStaleTemporaries(const fs::path& folder) {
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator(folder, ignored)) {
    const auto writer = writerOf(entry.path().filename().string());
    if (writer == 0 || writer == ::getpid()) continue;
    if (::kill(static_cast<pid_t>(writer), 0) == 0 || errno != ESRCH) continue;
    fs::remove_all(entry.path(), ignored);
  }
}

}  // namespace likeness
