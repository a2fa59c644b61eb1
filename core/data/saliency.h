#pragma once
#include <vector>

#include "core/api/image.h"
#include "core/api/photo.h"

namespace likeness {

/// How much each pixel stands out, row by row, 0 … 1 for the one that stands out most; all 0 in a plain picture: the
/// distance in CIELAB of the slightly blurred pixel from the picture's mean colour. Threads: any; the same each time.
/// Source: Achanta et al. 2009, "Frequency-tuned salient region detection", equation 4, with the paper's 5 × 5
/// binomial kernel.
[[nodiscard]] std::vector<float> frequencyTunedSaliency(const Image& picture);

/// The square that a photo's subject seems to fill, with some room around it: around what is more than twice as salient
/// as the mean, as the paper cuts it out. `upright` is the photo, or its thumbnail; the crop's turns are kept. Never
/// smaller than half the photo's shorter side nor than `smallest`, a fraction of it. `crop` itself where nothing stands
/// out. Threads: any.
/// Source: as above, section 3.2 (adaptive threshold). Differs: edges are quantiles of what stands out, not a segment's.
[[nodiscard]] CropRect subjectSquare(const Image& upright, const CropRect& crop, double smallest);

}  // namespace likeness
