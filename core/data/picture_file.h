#pragma once
#include <cstdint>
#include <filesystem>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "core/api/image.h"
#include "core/base/json.h"
#include "core/base/result.h"

namespace likeness {

/// How a picture was made: enough to make it again. The named fields become AUTOMATIC1111's `parameters` text;
/// `full` is written unchanged under our own key.
struct PictureRecipe {
  std::string prompt;
  std::string negative;
  std::string sampler;   ///< a name of core/api/sampler.h
  std::string schedule;  ///< likewise; empty: not said
  int steps = 0;
  double guidance = 0;
  std::uint64_t seed = 0;
  int width = 0;
  int height = 0;
  std::string model;
  std::string modelHash;  ///< first characters of the weights' SHA-256; may be empty
  Json full;              ///< everything, for us
};

/// The `parameters` text as AUTOMATIC1111 writes it: prompt, negative prompt, one line of settings.
[[nodiscard]] std::string parametersText(const PictureRecipe& recipe);

/// Writes an 8-bit sRGB PNG with its recipe (text keys `parameters` and `likeness`), whole or not at all.
/// An existing file is never overwritten: the next free number is put behind the name ("a.png", "a-2.png").
/// Returns the path written. Text beyond Latin-1 goes into iTXt chunks (UTF-8), other text into tEXt.
/// Errors: DiskFull, PermissionDenied, InvalidArgument (an empty picture).
[[nodiscard]] Result<std::filesystem::path> writePicture(const std::filesystem::path& file, const Image& image,
                                                         const PictureRecipe& recipe);

/// The same without a recipe.
[[nodiscard]] Result<std::filesystem::path> writePicture(const std::filesystem::path& file, const Image& image);

/// Writes a PNG over whatever stands under that name, whole or not at all: for pictures that can be made again, such
/// as class images, thumbnails and contact sheets. `likeness` may be null (no text is written).
[[nodiscard]] Result<void> replacePicture(const std::filesystem::path& file, const Image& image, const Json& likeness = {});

/// A PNG file in memory.
[[nodiscard]] Result<std::vector<std::uint8_t>> encodePng(const Image& image);

/// The JSON under a PNG's `likeness` key; NotFound when the picture carries none, Corrupt when it is damaged.
[[nodiscard]] Result<Json> readRecipe(const std::filesystem::path& file);

/// All text that a PNG carries, key to UTF-8 text; of double keys the first.
[[nodiscard]] Result<std::map<std::string, std::string>> readPictureTexts(const std::filesystem::path& file);

/// A picture of any kind that readPhoto knows, 8-bit.
[[nodiscard]] Result<Image> readPicture(const std::filesystem::path& file);

}  // namespace likeness
