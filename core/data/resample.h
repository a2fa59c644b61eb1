#pragma once
#include "core/api/image.h"
#include "core/data/photo_reader.h"

namespace likeness {

/// A rectangle in pixels of the source; edges may lie between pixels.
struct PixelBox {
  double left = 0;
  double top = 0;
  double right = 0;
  double bottom = 0;
};

enum class Filter { Bilinear, Bicubic, Lanczos };  ///< cubic with a = −0.5, as Pillow

/// Resizes `box` of the source to width × height, by Lanczos-3 unless another filter is asked for, with antialiasing: the filter's support grows with the
/// reduction, at the source's borders the weights are normalised over what is there. Values are taken as encoded;
/// sums in float; clamped and rounded once (with the other filters between the two directions, too, as Pillow does). `box` must lie inside the source.
[[nodiscard]] Image resample(const Photo& source, const PixelBox& box, int width, int height);
[[nodiscard]] Image resample(const Image& source, const PixelBox& box, int width, int height,
                             Filter filter = Filter::Lanczos);

/// Turned clockwise by quarter turns.
[[nodiscard]] Image turned(const Image& image, int quarterTurns);

}  // namespace likeness
