#include "core/api/photo_list.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <cerrno>
#include <set>
#include <string>
#include <string_view>

#include "core/api/photo_companions.h"

namespace likeness {
namespace fs = std::filesystem;
namespace {

using namespace std::string_view_literals;

constexpr std::array kRawExtensions = {
    ".dng"sv, ".cr2"sv, ".cr3"sv, ".crw"sv, ".nef"sv, ".nrw"sv, ".arw"sv, ".srf"sv, ".sr2"sv, ".raf"sv, ".orf"sv,
    ".rw2"sv, ".raw"sv, ".pef"sv, ".srw"sv, ".x3f"sv, ".erf"sv, ".3fr"sv, ".fff"sv, ".iiq"sv, ".mrw"sv, ".kdc"sv,
    ".dcr"sv, ".mef"sv, ".mos"sv, ".rwl"sv, ".ptx"sv, ".cap"sv};
constexpr std::array kOtherExtensions = {
    ".jpg"sv, ".jpeg"sv, ".jpe"sv,  ".jfif"sv, ".png"sv, ".webp"sv, ".tif"sv, ".tiff"sv, ".heic"sv, ".heif"sv,
    ".hif"sv, ".avif"sv, ".exr"sv, ".hdr"sv,  ".bmp"sv, ".gif"sv,  ".ppm"sv, ".pgm"sv,  ".pnm"sv};

std::string lowered(std::string text) {
  std::ranges::transform(text, text.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return text;
}

std::string lowerExtension(const fs::path& file) { return lowered(file.extension().string()); }

// Compares runs of digits as numbers, everything else byte by byte.
bool naturallyBefore(const std::string& a, const std::string& b) {
  const auto digit = [](char c) { return std::isdigit(static_cast<unsigned char>(c)) != 0; };
  std::size_t i = 0, j = 0;
  while (i < a.size() && j < b.size()) {
    if (!digit(a[i]) || !digit(b[j])) {
      if (a[i] != b[j]) return a[i] < b[j];
      ++i, ++j;
      continue;
    }
    while (i < a.size() && a[i] == '0') ++i;
    while (j < b.size() && b[j] == '0') ++j;
    const auto iStart = i, jStart = j;
    while (i < a.size() && digit(a[i])) ++i;
    while (j < b.size() && digit(b[j])) ++j;
    if (i - iStart != j - jStart) return i - iStart < j - jStart;
    if (const int order = a.compare(iStart, i - iStart, b, jStart, j - jStart); order != 0) return order < 0;
  }
  if (a.size() - i != b.size() - j) return a.size() - i < b.size() - j;
  return a < b;
}

Result<std::vector<fs::path>> photosInFolder(const fs::path& folder) {
  std::error_code failure;
  std::vector<fs::path> files;
  fs::directory_iterator entries(folder, failure);
  if (failure) return systemError(failure.value(), "read the folder", folder.string());
  for (; entries != fs::directory_iterator(); entries.increment(failure)) {
    const auto& path = entries->path();
    std::error_code ignored;
    if (path.filename().string().starts_with('.') || !hasPhotoExtension(path) || isMaskName(path)) continue;
    if (entries->is_regular_file(ignored)) files.push_back(path);
  }
  if (failure) return systemError(failure.value(), "read the folder", folder.string());
  std::ranges::sort(files, [](const auto& a, const auto& b) { return naturallyBefore(a.filename().string(), b.filename().string()); });
  return files;
}

// "100CANON", "101_PANA": three digits that begin at 100 and five letters, digits or underscores.
bool isCameraFolder(const fs::path& folder) {
  constexpr std::size_t kDigits = 3, kLength = 8;
  const auto name = folder.filename().string();
  const auto isDigit = [](unsigned char c) { return std::isdigit(c) != 0; };
  return name.size() == kLength && std::all_of(name.begin(), name.begin() + kDigits, isDigit) && name[0] != '0';
}

// The folders that hold a card's photos, given the card or its DCIM; else the folder itself.
std::vector<fs::path> photoFolders(const fs::path& folder) {
  std::error_code failure;
  fs::path dcim;
  if (lowered(folder.filename().string()) == "dcim") dcim = folder;
  if (dcim.empty() && fs::is_directory(folder / "DCIM", failure)) dcim = folder / "DCIM";
  std::vector<fs::path> folders;
  for (fs::directory_iterator entries(dcim, failure); !dcim.empty() && !failure && entries != fs::directory_iterator();
       entries.increment(failure)) {
    std::error_code ignored;
    if (entries->is_directory(ignored) && isCameraFolder(entries->path())) folders.push_back(entries->path());
  }
  std::ranges::sort(folders);
  if (folders.empty()) folders.push_back(folder);
  return folders;
}

// Where it lies and what it is called, without the end: what a photo's raw data and its developed file share.
std::string shotOf(const fs::path& file) { return lowered((file.parent_path() / file.stem()).string()); }

bool isCamerasPicture(const fs::path& file) {
  constexpr std::array kEnds = {".jpg"sv, ".jpeg"sv, ".heic"sv, ".heif"sv, ".hif"sv};
  return std::ranges::count(kEnds, lowerExtension(file)) > 0;
}

void dropDevelopedRaw(std::vector<fs::path>& files) {
  std::set<std::string> developed;
  for (const auto& file : files) {
    if (isCamerasPicture(file)) developed.insert(shotOf(file));
  }
  std::erase_if(files, [&](const fs::path& file) { return isRawExtension(file) && developed.contains(shotOf(file)); });
}

}  // namespace

bool isRawExtension(const fs::path& file) { return std::ranges::count(kRawExtensions, lowerExtension(file)) > 0; }

bool hasPhotoExtension(const fs::path& file) {
  return isRawExtension(file) || std::ranges::count(kOtherExtensions, lowerExtension(file)) > 0;
}

Result<std::vector<fs::path>> listPhotoFiles(const std::vector<fs::path>& paths) {
  std::vector<fs::path> files;
  std::set<fs::path> seen;
  const auto add = [&](const fs::path& file) {
    std::error_code failure;
    const auto real = fs::weakly_canonical(file, failure);
    if (seen.insert(failure ? file : real).second) files.push_back(file);
  };
  for (const auto& path : paths) {
    std::error_code failure;
    const auto status = fs::status(path, failure);
    if (!fs::exists(status)) return systemError(failure ? failure.value() : ENOENT, "read", path.string());
    if (!fs::is_directory(status)) {
      add(path);
      continue;
    }
    for (const auto& folder : photoFolders(path)) {
      LK_TRY(const auto inside, photosInFolder(folder));
      for (const auto& file : inside) add(file);
    }
  }
  dropDevelopedRaw(files);
  return files;
}

}  // namespace likeness
