#pragma once
#include <array>
#include <cstdint>

#include "core/api/image.h"

namespace likeness {

/// What two photos are compared by: the signs of the low DCT frequencies and a coarse grid of colours. The same for
/// another size, compression or slight exposure; not for a mirrored or turned copy.
/// Source: the "pHash" of Zauner 2010, "Implementation and benchmarking of perceptual image hash functions".
struct PhotoSignature {
  std::uint64_t frequencies = 0;
  std::array<std::uint8_t, 8 * 8 * 3> colours{};
};

[[nodiscard]] PhotoSignature signatureOf(const Image& picture);

/// True when the photos show the same moment: nobody would call them two photos.
[[nodiscard]] bool nearlyIdentical(const PhotoSignature& a, const PhotoSignature& b);

}  // namespace likeness
