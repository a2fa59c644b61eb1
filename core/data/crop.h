#pragma once
#include "core/api/image.h"
#include "core/api/photo.h"
#include "core/data/resample.h"

namespace likeness {

/// A crop's square in pixels of the upright photo after the crop's quarter turns; edges may lie between pixels.
struct PixelSquare {
  double left = 0;
  double top = 0;
  double side = 0;
};

/// Where `crop` lies in a photo of this upright size; always inside it, at least one pixel large.
[[nodiscard]] PixelSquare cropSquare(int width, int height, const CropRect& crop);

/// The same for a rectangle of `aspect`, width over height: the largest that the photo holds, times crop.side.
[[nodiscard]] PixelBox cropBox(int width, int height, const CropRect& crop, double aspect);

/// The fraction of the photo's area that lies outside the square, 0 … 1.
[[nodiscard]] double croppedAway(int width, int height, const CropRect& crop);

/// Where a rendered square or rectangle was cut from, in the terms that SDXL is told. Pixels.
struct SquareOrigin {
  int height = 0, width = 0;  ///< of the upright photo after the crop's quarter turns
  int top = 0, left = 0;      ///< of the cut, in the photo scaled so that the cut has its trained size
  int mirroredLeft = 0;       ///< `left` in the photo seen in a mirror

  bool operator==(const SquareOrigin&) const = default;
};

/// The origin of the square of renderCrop(…, crop, resolution) in a photo of this upright size.
/// Source: Podell et al. 2023 (arXiv:2307.01952), section 2.2. For the largest square that is what diffusers'
/// train_dreambooth_lora_sdxl.py computes, up to a pixel, since it rounds the scaled photo's size first.
[[nodiscard]] SquareOrigin squareOrigin(int width, int height, const CropRect& crop, int resolution);

/// The same of a box in the photo after `quarterTurns`, trained `trainedWidth` pixels wide.
[[nodiscard]] SquareOrigin boxOrigin(int width, int height, int quarterTurns, const PixelBox& box, int trainedWidth);

/// Renders the square that is trained, `resolution` × `resolution`, never squashed. The window shows and the trainer
/// learns exactly this function's pixels. Lanczos-3, its support widened by the reduction, on sRGB-encoded values in
/// floating point; rounded once. Threads: any; the same bytes each time.
/// Source: the separable filter of Pillow's Image.resize(box=…). Differs from Pillow: it rounds after each
/// pass, we only clamp, because photos may be deeper than 8 bits.
[[nodiscard]] Image renderCrop(const Photo& photo, const CropRect& crop, int resolution);

/// The same of a box in the photo after `quarterTurns`, as width × height pixels.
[[nodiscard]] Image renderBox(const Photo& photo, int quarterTurns, const PixelBox& box, int width, int height);

/// The middle of a picture, as large as its shape allows in that of width × height, resized to that (as renderCrop
/// resizes). A picture of exactly that size stays as it is.
[[nodiscard]] Image cropToFill(const Image& picture, int width, int height);

}  // namespace likeness
