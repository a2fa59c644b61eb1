#include "core/data/saliency.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "core/data/crop.h"
#include "core/data/resample.h"

namespace likeness {
namespace {

constexpr int kSide = 160;            // pixels of the longer side: what stands out doesn't need more
constexpr double kRoom = 1.15;        // the square over what stands out
constexpr double kSmallest = 0.5;     // of the shorter side: closer, and the subject's surroundings are never learnt
constexpr double kEdge = 0.04;        // of what stands out may lie beyond each edge
constexpr double kTooPlain = 4;       // CIELAB; below it nothing stands out

using Lab = std::array<float, 3>;

float linear(std::uint8_t value) {
  const float v = static_cast<float>(value) / 255;
  return v <= 0.04045F ? v / 12.92F : std::pow((v + 0.055F) / 1.055F, 2.4F);
}

float labCurve(float t) {
  constexpr float kEpsilon = 216.0F / 24389, kKappa = 24389.0F / 27;
  return t > kEpsilon ? std::cbrt(t) : (kKappa * t + 16) / 116;
}

// CIE 1976 L*a*b* of sRGB, white point D65.
Lab labOf(const std::uint8_t* rgb) {
  const float r = linear(rgb[0]), g = linear(rgb[1]), b = linear(rgb[2]);
  const float x = labCurve((0.4124564F * r + 0.3575761F * g + 0.1804375F * b) / 0.95047F);
  const float y = labCurve(0.2126729F * r + 0.7151522F * g + 0.0721750F * b);
  const float z = labCurve((0.0193339F * r + 0.1191920F * g + 0.9503041F * b) / 1.08883F);
  return {116 * y - 16, 500 * (x - y), 200 * (y - z)};
}

// One direction of the 5 × 5 binomial kernel; the picture's border pixels are repeated.
std::vector<Lab> blurred(const std::vector<Lab>& pixels, int width, int height, int dx, int dy) {
  constexpr std::array kWeights = {1.0F / 16, 4.0F / 16, 6.0F / 16, 4.0F / 16, 1.0F / 16};
  std::vector<Lab> out(pixels.size());
  for (int y = 0; y < height; ++y) {
    for (int x = 0; x < width; ++x) {
      Lab sum{};
      for (int k = -2; k <= 2; ++k) {
        const int fromX = std::clamp(x + k * dx, 0, width - 1), fromY = std::clamp(y + k * dy, 0, height - 1);
        const Lab& from = pixels[std::size_t(fromY) * std::size_t(width) + std::size_t(fromX)];
        for (std::size_t c = 0; c < 3; ++c) sum[c] += kWeights[std::size_t(k + 2)] * from[c];
      }
      out[std::size_t(y) * std::size_t(width) + std::size_t(x)] = sum;
    }
  }
  return out;
}

// Where the share `part` of a line's mass lies before, in 0 … 1 of its length.
double quantile(const std::vector<double>& mass, double part) {
  double total = 0, sum = 0;
  for (const double m : mass) total += m;
  for (std::size_t i = 0; i < mass.size(); ++i) {
    if (sum + mass[i] >= part * total) {
      return (double(i) + (part * total - sum) / std::max(mass[i], 1e-12)) / double(mass.size());
    }
    sum += mass[i];
  }
  return 1;
}

// What stands out, summed along rows and columns.
struct Outline {
  std::vector<double> columns, rows;
  double total = 0;
};

Outline outlineOf(const std::vector<float>& saliency, int width, int height) {
  double mean = 0;
  for (const float value : saliency) mean += value;
  mean /= double(saliency.size());
  // Nothing reaches twice the mean where half the picture stands out: then a little more than the mean has to do.
  for (const double times : {2.0, 1.5, 1.1}) {
    Outline outline{std::vector<double>(std::size_t(width)), std::vector<double>(std::size_t(height)), 0};
    for (int y = 0; y < height; ++y) {
      for (int x = 0; x < width; ++x) {
        const double value = saliency[std::size_t(y) * std::size_t(width) + std::size_t(x)];
        if (value < times * mean) continue;
        outline.columns[std::size_t(x)] += value;
        outline.rows[std::size_t(y)] += value;
        outline.total += value;
      }
    }
    constexpr double kEnough = 0.02;  // of the picture's area, or it is a highlight and no subject
    if (outline.total >= kEnough * double(saliency.size()) * times * mean) return outline;
  }
  return {};
}

}  // namespace

std::vector<float> frequencyTunedSaliency(const Image& picture) {
  const std::size_t count = picture.rgb.size() / 3;
  std::vector<float> saliency(count);
  if (count == 0) return saliency;
  std::vector<Lab> pixels(count);
  std::array<double, 3> mean{};
  for (std::size_t i = 0; i < count; ++i) {
    pixels[i] = labOf(&picture.rgb[3 * i]);
    for (std::size_t c = 0; c < 3; ++c) mean[c] += pixels[i][c] / double(count);
  }
  pixels = blurred(blurred(pixels, picture.width, picture.height, 1, 0), picture.width, picture.height, 0, 1);
  float most = 0;
  for (std::size_t i = 0; i < count; ++i) {
    double square = 0;
    for (std::size_t c = 0; c < 3; ++c) square += (pixels[i][c] - mean[c]) * (pixels[i][c] - mean[c]);
    saliency[i] = static_cast<float>(std::sqrt(square));
    most = std::max(most, saliency[i]);
  }
  for (float& value : saliency) value = most < kTooPlain ? 0 : value / most;
  return saliency;
}

CropRect subjectSquare(const Image& upright, const CropRect& crop, double smallest) {
  const Image photo = turned(upright, crop.quarterTurns);
  if (photo.width < 2 || photo.height < 2) return crop;
  const double scale = std::min(1.0, double(kSide) / std::max(photo.width, photo.height));
  const int width = std::max(2, int(std::lround(photo.width * scale)));
  const int height = std::max(2, int(std::lround(photo.height * scale)));
  const Image small = resample(photo, {0, 0, double(photo.width), double(photo.height)}, width, height);
  const Outline outline = outlineOf(frequencyTunedSaliency(small), width, height);
  if (outline.total <= 0) return crop;
  const double left = quantile(outline.columns, kEdge), right = quantile(outline.columns, 1 - kEdge);
  const double top = quantile(outline.rows, kEdge), bottom = quantile(outline.rows, 1 - kEdge);
  const double shorter = std::min(width, height);
  const double wanted = kRoom * std::max((right - left) * width, (bottom - top) * height) / shorter;
  CropRect square = crop;
  square.side = std::clamp(wanted, std::min(1.0, std::max(kSmallest, smallest)), 1.0);
  // The middle as it really is after the square was moved inside: what is stored is what is shown.
  const double halfX = square.side * shorter / 2 / width, halfY = square.side * shorter / 2 / height;
  square.centerX = std::clamp((left + right) / 2, halfX, 1 - halfX);
  square.centerY = std::clamp((top + bottom) / 2, halfY, 1 - halfY);
  return square;
}

}  // namespace likeness
