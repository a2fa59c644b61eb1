#include "core/data/picture_codec.h"

#include <dlfcn.h>

#include <system_error>

namespace likeness {
namespace {

Result<PictureCodec*> load() {
  std::error_code ignored;
  const auto program = std::filesystem::read_symlink("/proc/self/exe", ignored);
  const auto module = (program.parent_path().parent_path() / "lib" / "likeness" / LIKENESS_PICTURE_MODULE).string();
  // It stays loaded: what it made may be anywhere.
  void* library = dlopen(module.c_str(), RTLD_LAZY | RTLD_LOCAL);
  void* maker = library == nullptr ? nullptr : dlsym(library, "likenessPictureCodec");
  if (maker == nullptr) {
    const char* reason = dlerror();
    return Error{ErrorCode::NotFound,
                 module + " can't be loaded, so no picture can be read or written. Install Likeness again.",
                 reason == nullptr ? "" : reason, module};
  }
  return reinterpret_cast<PictureCodec* (*)()>(maker)();
}

}  // namespace

Result<PictureCodec*> pictureCodec() {
  static const Result<PictureCodec*> codec = load();
  return codec;
}

}  // namespace likeness
