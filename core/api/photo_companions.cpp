#include "core/api/photo_companions.h"

#include <string>

namespace likeness {
namespace fs = std::filesystem;
namespace {

constexpr const char* kMask = ".mask.png";
constexpr const char* kOneTrainersMask = "-masklabel.png";

fs::path firstFileOf(std::initializer_list<fs::path> files) {
  std::error_code ignored;
  for (const auto& file : files) {
    if (fs::is_regular_file(file, ignored)) return file;
  }
  return {};
}

// The photo's name with another end.
fs::path withEnd(const fs::path& photo, const char* end) { return photo.parent_path() / (photo.stem().string() + end); }

}  // namespace

fs::path captionFile(const fs::path& photo) { return photo.string() + ".txt"; }

fs::path captionBeside(const fs::path& photo) { return firstFileOf({captionFile(photo), withEnd(photo, ".txt")}); }

fs::path maskFile(const fs::path& photo) { return photo.string() + kMask; }

fs::path maskBeside(const fs::path& photo) { return firstFileOf({maskFile(photo), withEnd(photo, kOneTrainersMask)}); }

bool isMaskName(const fs::path& file) {
  const auto name = file.filename().string();
  return name.ends_with(kMask) || name.ends_with(kOneTrainersMask);
}

}  // namespace likeness
