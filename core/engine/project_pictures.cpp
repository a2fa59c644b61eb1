#include "core/engine/project_pictures.h"

#include <algorithm>
#include <set>
#include <system_error>

#include "core/base/atomic_file.h"
#include "core/base/json.h"
#include "core/data/picture_file.h"
#include "core/project/project.h"

namespace likeness {
namespace fs = std::filesystem;
namespace {

constexpr const char* kMarks = "marks.json";
constexpr const char* kFavourites = "favourites";

std::set<std::string> readFavourites(const fs::path& folder) {
  std::set<std::string> names;
  const auto json = readJsonFile(folder / kMarks);
  if (!json.ok() || !json->is_object() || !json->contains(kFavourites)) return names;
  for (const auto& name : json->at(kFavourites)) {
    if (name.is_string()) names.insert(name.get<std::string>());
  }
  return names;
}

Result<void> checkInside(const fs::path& folder, const fs::path& picture) {
  const auto inside = fs::weakly_canonical(picture).parent_path() == fs::weakly_canonical(folder);
  std::error_code ignored;
  if (inside && fs::exists(picture, ignored)) return {};
  return Error{inside ? ErrorCode::NotFound : ErrorCode::InvalidArgument,
               picture.string() + (inside ? " is not there any more. Open the project again."
                                          : " is not a picture of this project, so it can't be changed here."),
               {},
               picture.string()};
}

fs::path freePath(const fs::path& folder, const fs::path& name) {
  auto path = folder / name;
  std::error_code ignored;
  for (int k = 2; fs::exists(path, ignored); ++k) {
    path = folder / (name.stem().string() + "-" + std::to_string(k) + name.extension().string());
  }
  return path;
}

}  // namespace

std::string RecipeCache::recipeOf(const fs::directory_entry& picture) {
  std::error_code ignored;
  const auto time = picture.last_write_time(ignored);
  const auto size = picture.file_size(ignored);
  {
    const std::lock_guard lock(m_mutex);
    const auto known = m_known.find(picture.path());
    if (known != m_known.end() && known->second.time == time && known->second.size == size) return known->second.recipe;
  }
  const auto read = readRecipe(picture.path());
  auto recipe = read.ok() ? read->dump() : std::string();
  const std::lock_guard lock(m_mutex);
  m_known[picture.path()] = {time, size, recipe};
  return recipe;
}

std::vector<PictureInfo> listPictures(const fs::path& folder, RecipeCache& recipes) {
  std::vector<std::pair<fs::file_time_type, fs::directory_entry>> files;
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator(folder, ignored)) {
    const auto name = entry.path().filename().string();
    if (entry.path().extension() == ".png" && !name.starts_with(".")) {
      files.emplace_back(entry.last_write_time(ignored), entry);
    }
  }
  std::sort(files.begin(), files.end());
  const auto favourites = readFavourites(folder);
  std::vector<PictureInfo> pictures;
  for (const auto& [time, entry] : files) {
    const bool favourite = favourites.contains(entry.path().filename().string());
    pictures.push_back({entry.path(), recipes.recipeOf(entry), favourite});
  }
  return pictures;
}

Result<void> markPictures(const fs::path& folder, const std::vector<fs::path>& pictures, bool favourite) {
  auto names = readFavourites(folder);
  for (const auto& picture : pictures) {
    LK_CHECK(checkInside(folder, picture));
    const auto name = picture.filename().string();
    if (favourite) {
      names.insert(name);
    } else {
      names.erase(name);
    }
  }
  return writeFileAtomically(folder / kMarks, Json{{kFavourites, names}}.dump(2) + "\n");
}

Result<std::vector<fs::path>> movePictures(const fs::path& from, const fs::path& to,
                                           const std::vector<fs::path>& pictures) {
  for (const auto& picture : pictures) LK_CHECK(checkInside(from, picture));
  LK_CHECK(makeFolder(to));
  std::vector<fs::path> moved;
  for (const auto& picture : pictures) {
    const auto target = freePath(to, picture.filename());
    std::error_code failure;
    fs::rename(picture, target, failure);
    if (failure) return systemError(failure.value(), "move", picture.string());
    moved.push_back(target);
  }
  return moved;
}

}  // namespace likeness
