#pragma once
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "core/api/image.h"
#include "core/api/picture_recipe.h"
#include "core/api/project.h"
#include "core/api/recipe_json.h"

namespace likeness {

/// What is known of a picture when it was made.
struct PictureOrigin {
  const Sample& sample;         ///< resolved: a size, absolute paths
  std::string resolvedPrompt;   ///< what the text encoder read: tokens in place of [V], [V2], …, without LoRA tags
  std::string resolvedNegative;
  std::vector<std::string> tokens;  ///< what these stand for; at least one
  std::filesystem::path project;
  std::filesystem::path model;
  std::string modelIdentity;
  std::optional<CheckpointInfo> checkpoint;  ///< none: the base's weights
  std::uint64_t seed = 0;
  SampleBatch batch;                         ///< the pictures that were computed with it
  int width = 0, height = 0;                 ///< of the picture itself
};

/// The recipe that the picture carries; its `full` JSON repeats every setting under the names of the command line, and
/// every file with the hash of its content. Reads those files when their hashes aren't known yet.
[[nodiscard]] PictureRecipe pictureRecipe(const PictureOrigin& origin);

/// A file name made of the prompt, without its end: "sks-dog-in-the-snow".
[[nodiscard]] std::string nameOfPrompt(const std::string& prompt);

}  // namespace likeness
