#pragma once
#include <cstdint>
#include <memory>
#include <vector>

namespace likeness {

/// A picture as it crosses the thread: 8-bit sRGB, red green blue interleaved, rows from the top, no padding.
struct Image {
  int width = 0;
  int height = 0;
  std::vector<std::uint8_t> rgb;

  bool operator==(const Image&) const = default;
};

/// Shared and never changed once made, so it may be read from any thread.
using ImagePtr = std::shared_ptr<const Image>;

}  // namespace likeness
