#pragma once
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "core/api/image.h"
#include "core/api/picture_recipe.h"
#include "core/api/sample.h"
#include "core/base/json.h"
#include "core/base/result.h"

namespace likeness {

/// How a picture is stored. PNG keeps every pixel exactly; WebP, as OpenImageIO 2.4 writes it, halves the colours' resolution.
struct PictureStyle {
  PictureFormat format = PictureFormat::Png;
  int quality = 95;  ///< JPEG and WebP, 1 … 100
};

/// Writes an 8-bit sRGB picture with its recipe, whole or not at all: AUTOMATIC1111's `parameters` text and our JSON.
/// PNG: text chunks `parameters` and `likeness`, tEXt where the text is Latin-1, else iTXt (UTF-8). JPEG and WebP: the
/// EXIF user comment, and XMP (likeness:recipe).
/// An existing file is never overwritten: the next free number is put behind the name ("a.png", "a-2.png").
/// Returns the path written.
/// Errors: DiskFull, PermissionDenied, InvalidArgument (an empty picture; a recipe too long for a JPEG).
[[nodiscard]] Result<std::filesystem::path> writePicture(const std::filesystem::path& file, const Image& image,
                                                         const PictureRecipe& recipe, const PictureStyle& style = {});

/// A PNG without a recipe.
[[nodiscard]] Result<std::filesystem::path> writePicture(const std::filesystem::path& file, const Image& image);

/// Writes a PNG over whatever stands under that name, whole or not at all: for pictures that can be made again, such
/// as class images, thumbnails and contact sheets. `likeness` may be null (no text is written).
[[nodiscard]] Result<void> replacePicture(const std::filesystem::path& file, const Image& image, const Json& likeness = {});

/// A picture file in memory, with the recipe or without one.
[[nodiscard]] Result<std::vector<std::uint8_t>> encodePicture(const Image& image, const PictureStyle& style = {});
[[nodiscard]] Result<std::vector<std::uint8_t>> encodePicture(const Image& image, const PictureStyle& style,
                                                              const PictureRecipe& recipe);

/// ".png", ".jpg" or ".webp".
[[nodiscard]] const char* extensionOf(PictureFormat format);

/// Our JSON in a picture; NotFound when it carries none, Corrupt when it is damaged.
[[nodiscard]] Result<Json> readRecipe(const std::filesystem::path& file);

/// A picture of any kind that readPhoto knows, 8-bit.
[[nodiscard]] Result<Image> readPicture(const std::filesystem::path& file);

}  // namespace likeness
