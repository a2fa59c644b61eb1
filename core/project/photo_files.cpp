#include "core/project/photo_files.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <span>
#include <system_error>

#include "core/base/atomic_file.h"
#include "core/base/text.h"

namespace likeness {
namespace fs = std::filesystem;
namespace {

std::string plainName(const fs::path& source) {
  constexpr std::size_t kLongest = 200;
  auto name = source.filename().string();
  if (!isValidUtf8(name)) {
    std::replace_if(
        name.begin(), name.end(), [](unsigned char c) { return c >= 0x80; }, '_');
  }
  std::replace_if(
      name.begin(), name.end(), [](unsigned char c) { return c < 0x20 || c == '/' || c == '\\'; }, '_');
  if (name.size() > kLongest) name = "photo" + source.extension().string().substr(0, 10);
  if (name.empty() || name.front() == '.') name = "_" + name;
  return name;
}

}  // namespace

std::string freeFileName(const fs::path& source, const std::vector<fs::path>& folders) {
  const fs::path name = plainName(source);
  const auto taken = [&](const fs::path& candidate) {
    return std::any_of(folders.begin(), folders.end(), [&](const fs::path& folder) {
      std::error_code ignored;
      return fs::symlink_status(folder / candidate, ignored).type() != fs::file_type::not_found;
    });
  };
  fs::path candidate = name;
  for (int number = 2; taken(candidate); ++number) {
    candidate = name.stem().string() + "-" + std::to_string(number) + name.extension().string();
  }
  return candidate.string();
}

Result<void> copyFileAtomically(const fs::path& source, const fs::path& target) {
  constexpr std::size_t kChunk = 1u << 20;
  const int descriptor = ::open(source.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) return systemError(errno, "read", source.string());
  const struct Closer {
    int descriptor;
    ~Closer() { ::close(descriptor); }
  } closer{descriptor};
  LK_TRY(auto file, AtomicFile::create(target));
  std::vector<std::byte> buffer(kChunk);
  while (true) {
    const auto count = ::read(descriptor, buffer.data(), buffer.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return systemError(errno, "read", source.string());
    if (count == 0) break;
    LK_CHECK(file.write(std::span(buffer).first(static_cast<std::size_t>(count))));
  }
  return file.commit();
}

Result<void> moveFile(const fs::path& source, const fs::path& target) {
  std::error_code failure;
  if (fs::exists(target, failure)) {
    return Error{ErrorCode::InvalidArgument,
                 target.string() + " exists already. Rename or remove it first.",
                 {},
                 target.string()};
  }
  fs::rename(source, target, failure);
  if (failure) return systemError(failure.value(), "move", source.string());
  return {};
}

}  // namespace likeness
