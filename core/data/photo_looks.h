#pragma once
#include <cstdint>
#include <vector>

#include "core/data/crop.h"

namespace likeness {

/// Which looks of a photo are learnt.
struct LookOptions {
  std::vector<int> resolutions;  ///< px; the first is the run's own
  int multiple = 64;             ///< what width and height are multiples of
  bool aspectBuckets = false;    ///< the photo's own shape; else a square
  double cropJitter = 0;         ///< share of a cut's sides that may be left out, 0 ≤ j < 1
  double colourJitter = 0;       ///< by how much colours may change, 0 ≤ j < 1
  int jitterLooks = 1;           ///< for each resolution, when one of them is above 0
  std::uint64_t seed = 0;
};

/// What a look's colours are multiplied by; 1 is as they are.
struct ColourFactors {
  double brightness = 1, contrast = 1, saturation = 1;
};

/// One look of a photo: a cut of it, how large it is learnt, and in which colours.
struct Look {
  PixelBox box;  ///< in the upright photo after its quarter turns
  int quarterTurns = 0;
  int width = 0, height = 0;
  ColourFactors colour;
};

struct PictureSize {
  int width = 0, height = 0;
  bool operator==(const PictureSize&) const = default;
};

/// The sizes for pictures of other shapes, of at most resolution² pixels: widths from half the resolution to twice in
/// steps of `multiple`, each with the largest height within the same bounds, and all of these turned.
/// Source: sd-scripts' make_bucket_resolutions, which has these bounds for 512 px (256 to 1024 in steps of 64).
[[nodiscard]] std::vector<PictureSize> bucketSizes(int resolution, int multiple);

/// The one whose shape is nearest to `aspect`, width over height, by the ratio of the two; of equals the largest.
[[nodiscard]] PictureSize bucketFor(double aspect, int resolution, int multiple);

/// The looks of a photo of this upright size: for each resolution the plain one, as renderCrop() cuts it or, with
/// buckets, in the shape nearest to the photo's; and with jitter further ones, cuts within that cut of the same shape,
/// and other colours. All photos of a run have the same number of looks.
/// Randomness: a function of (seed, photo, look).
[[nodiscard]] std::vector<Look> photoLooks(int width, int height, const CropRect& crop, const LookOptions& options,
                                           std::uint64_t photo);

/// Renders a look, as renderCrop() does, then changes its colours.
[[nodiscard]] Image renderLook(const Photo& photo, const Look& look);

/// A photo's mask under a look: the same part of it, however large it is, in grey.
[[nodiscard]] Image renderMask(const Photo& mask, const Photo& photo, const Look& look);

/// Brightness, then contrast about the picture's mean grey, then saturation; rounded after each.
/// Source: as torchvision's ColorJitter (Pillow's ImageEnhance) has it, in this order.
void changeColours(Image& image, const ColourFactors& colour);

}  // namespace likeness
