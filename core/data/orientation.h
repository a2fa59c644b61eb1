#pragma once
#include <cstddef>
#include <cstdint>

namespace likeness {

/// Where a stored pixel (x, y) goes in the upright photo: at index first + x·stepX + y·stepY, counted in pixels.
struct UprightMap {
  int width = 0;  ///< upright
  int height = 0;
  std::ptrdiff_t first = 0;
  std::ptrdiff_t stepX = 0;
  std::ptrdiff_t stepY = 0;
};

/// The map for a stored size and an EXIF orientation 1 … 8; other values count as 1. Source: EXIF 2.3, tag 0x0112.
[[nodiscard]] inline UprightMap uprightMap(int width, int height, int orientation) {
  const std::ptrdiff_t w = width, h = height;
  switch (orientation) {
    case 2: return {width, height, w - 1, -1, w};                   // mirrored
    case 3: return {width, height, w * h - 1, -1, -w};              // half turn
    case 4: return {width, height, (h - 1) * w, 1, -w};             // mirrored upside down
    case 5: return {height, width, 0, h, 1};                        // transposed
    case 6: return {height, width, h - 1, h, -1};                   // to be turned clockwise
    case 7: return {height, width, w * h - 1, -h, -1};              // transposed about the other diagonal
    case 8: return {height, width, (w - 1) * h, -h, 1};             // to be turned anticlockwise
    default: return {width, height, 0, 1, w};
  }
}

}  // namespace likeness
