#pragma once
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

#include "core/api/job.h"
#include "core/data/picture_file.h"
#include "core/sample/text_to_image.h"

namespace likeness {

/// What is known of a picture when it was made.
struct PictureOrigin {
  const Sample& spec;
  const GenerateOptions& options;
  std::string token;
  std::filesystem::path model;
  std::optional<CheckpointInfo> checkpoint;  ///< none: the base's weights
  std::uint64_t seed = 0;
  int width = 0;
  int height = 0;
};

/// The recipe that the picture carries; its `full` JSON repeats every setting under the names of the command line.
[[nodiscard]] PictureRecipe pictureRecipe(const PictureOrigin& origin);

/// A file name made of the prompt and the seed: "sks-dog-in-the-snow-seed-3.png", or "…-seed-3-base.png".
[[nodiscard]] std::string pictureName(const std::string& prompt, std::uint64_t seed, bool base);

}  // namespace likeness
