#pragma once
#include <filesystem>
#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "core/api/project.h"
#include "core/base/result.h"

namespace likeness {

/// Recipes of pictures that were read, remembered while a file keeps its time and size: thousands of pictures are
/// listed after every edit. Threads: any.
class RecipeCache {
 public:
  /// The recipe as JSON text; empty when the picture carries none.
  [[nodiscard]] std::string recipeOf(const std::filesystem::directory_entry& picture);

 private:
  struct Known {
    std::filesystem::file_time_type time;
    std::uintmax_t size = 0;
    std::string recipe;
  };
  std::mutex m_mutex;
  std::map<std::filesystem::path, Known> m_known;
};

/// The pictures of a project's folder of them, oldest first, with their recipes and marks.
[[nodiscard]] std::vector<PictureInfo> listPictures(const std::filesystem::path& folder, RecipeCache& recipes);

/// Keeps in `folder` which of its pictures are favourites. Errors: InvalidArgument for a file that isn't in it; disk
/// errors.
[[nodiscard]] Result<void> markPictures(const std::filesystem::path& folder,
                                        const std::vector<std::filesystem::path>& pictures, bool favourite);

/// Moves pictures from one folder into another, under free names; answers with where they lie then. Those before one
/// that fails stay moved. Errors: InvalidArgument for a file that isn't in `from`; disk errors.
[[nodiscard]] Result<std::vector<std::filesystem::path>> movePictures(
    const std::filesystem::path& from, const std::filesystem::path& to,
    const std::vector<std::filesystem::path>& pictures);

}  // namespace likeness
