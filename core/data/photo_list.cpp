#include <algorithm>
#include <cctype>
#include <cerrno>
#include <set>

#include "core/api/photo_companions.h"
#include "core/data/photo_probe.h"
#include "core/data/photo_reader.h"

namespace likeness {
namespace fs = std::filesystem;
namespace {

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

}  // namespace

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
    LK_TRY(const auto inside, photosInFolder(path));
    for (const auto& file : inside) add(file);
  }
  return files;
}

}  // namespace likeness
