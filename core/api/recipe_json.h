#pragma once
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "core/api/sample.h"
#include "core/base/json.h"

namespace likeness {

/// A file that a picture was made with: what for ("model", "lora", …), where it lay, and the SHA-256 of its content.
struct RecordedFile {
  std::string role;
  std::filesystem::path file;
  std::string sha256;  ///< of a model folder: its identity; empty when it could not be read
};

/// What our recipes hold beside the settings.
struct RecipeFacts {
  std::filesystem::path project, model;
  std::string token;  ///< what [V] and [V1] stood for
  std::vector<RecordedFile> files;
  std::vector<std::string> furtherTokens = {};  ///< what [V2] and so on stood for
};

/// Every setting of the sample under its name, and the facts: what a picture carries under our own key.
/// `sample` holds what was really used: a size, a checkpoint's folder.
[[nodiscard]] Json recipeJson(const Sample& sample, const RecipeFacts& facts);

/// The axes of a grid as recipes keep them.
[[nodiscard]] Json gridJson(const std::vector<GridAxis>& axes);

/// A recipe of ours read back, from a picture that may be anybody's: nothing is trusted but that it is text.
struct OwnRecipe {
  SettingList settings;
  RecipeFacts facts;
  std::optional<SampleBatch> batch;
  std::vector<GridAxis> grid;
};
[[nodiscard]] OwnRecipe readRecipeJson(const Json& json);

/// The settings of a recipe's text as a Sample, for the window; nothing when it is not JSON. What the recipe lacks, or
/// what makes no sense, keeps its default. `weights` is Base for a before picture.
[[nodiscard]] std::optional<Sample> sampleFromRecipe(const std::string& recipe);

}  // namespace likeness
