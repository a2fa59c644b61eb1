#include "core/data/similarity.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdlib>
#include <numbers>
#include <vector>

#include "core/data/resample.h"

namespace likeness {
namespace {

constexpr int kSide = 32;   // the picture that is transformed
constexpr int kKept = 8;    // frequencies a direction
// Measured on 25 photos of five subjects: two photos of one subject differ in 16 bits and more, copies of another size,
// quality, exposure (+10 %), tilt (3°) or edge (2 %) in at most 10, most of them in none or two.
constexpr int kMaxBits = 8;
constexpr double kMaxColourDifference = 24;  // mean over the grid, of 255

double luma(const Image& image, std::size_t pixel) {
  const auto* rgb = &image.rgb[3 * pixel];
  return 0.299 * rgb[0] + 0.587 * rgb[1] + 0.114 * rgb[2];
}

// The low kKept × kKept coefficients of the type II DCT.
std::array<double, kKept * kKept> lowFrequencies(const Image& image) {
  std::array<double, kKept * kKept> result{};
  for (int v = 0; v < kKept; ++v) {
    for (int u = 0; u < kKept; ++u) {
      double sum = 0;
      for (int y = 0; y < kSide; ++y) {
        const double down = std::cos(std::numbers::pi * (y + 0.5) * v / kSide);
        for (int x = 0; x < kSide; ++x) {
          sum += down * std::cos(std::numbers::pi * (x + 0.5) * u / kSide) * luma(image, std::size_t(y * kSide + x));
        }
      }
      result[std::size_t(v * kKept + u)] = sum;
    }
  }
  return result;
}

}  // namespace

PhotoSignature signatureOf(const Image& picture) {
  const PixelBox whole{0, 0, double(picture.width), double(picture.height)};
  PhotoSignature signature;
  const auto frequencies = lowFrequencies(resample(picture, whole, kSide, kSide));
  auto sorted = frequencies;
  std::nth_element(sorted.begin() + 1, sorted.begin() + kKept * kKept / 2, sorted.end());
  const double median = sorted[kKept * kKept / 2];
  for (std::size_t i = 1; i < frequencies.size(); ++i) {  // not the mean, which is only brightness
    if (frequencies[i] > median) signature.frequencies |= std::uint64_t{1} << i;
  }
  const auto grid = resample(picture, whole, 8, 8);
  std::ranges::copy(grid.rgb, signature.colours.begin());
  return signature;
}

bool nearlyIdentical(const PhotoSignature& a, const PhotoSignature& b) {
  if (std::popcount(a.frequencies ^ b.frequencies) > kMaxBits) return false;
  double difference = 0;
  for (std::size_t i = 0; i < a.colours.size(); ++i) difference += std::abs(int(a.colours[i]) - int(b.colours[i]));
  return difference / double(a.colours.size()) <= kMaxColourDifference;
}

}  // namespace likeness
