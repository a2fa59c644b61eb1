#include "core/data/resample.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <span>
#include <vector>

namespace likeness {
namespace {

constexpr double kLobes = 3;

double lanczos3(double x) {
  if (x == 0) return 1;
  if (std::abs(x) >= kLobes) return 0;
  const double angle = std::numbers::pi * x;
  return kLobes * std::sin(angle) * std::sin(angle / kLobes) / (angle * angle);
}

double cubic(double x) {
  constexpr double kA = -0.5;
  const double d = std::abs(x);
  if (d < 1) return ((kA + 2) * d - (kA + 3)) * d * d + 1;
  return d < 2 ? (((d - 5) * d + 8) * d - 4) * kA : 0;
}

struct Kernel {
  double radius;
  double (*weight)(double);
  bool bytesBetween;  ///< rounded between the two directions, too, as Pillow does
};

Kernel kernelOf(Filter filter) {
  switch (filter) {
    case Filter::Bilinear: return {1, [](double x) { return std::max(0.0, 1 - std::abs(x)); }, true};
    case Filter::Bicubic: return {2, cubic, true};
    case Filter::Lanczos: break;
  }
  return {kLobes, lanczos3, false};
}

// The weights of every output sample along one axis: `width` of them each, from source sample `first` on.
struct Taps {
  std::vector<int> first;
  std::vector<int> count;
  std::vector<float> weights;
  int width = 0;
};

Taps makeTaps(int sourceSize, double begin, double end, int size, const Kernel& kernel) {
  const double step = (end - begin) / size;
  const double widening = std::max(1.0, step);
  const double support = kernel.radius * widening;
  Taps taps;
  taps.width = static_cast<int>(std::ceil(support)) * 2 + 1;
  taps.weights.resize(std::size_t(taps.width) * std::size_t(size));
  for (int i = 0; i < size; ++i) {
    const double centre = begin + (i + 0.5) * step;
    const int low = std::max(0, static_cast<int>(centre - support + 0.5));
    const int high = std::min(sourceSize, static_cast<int>(centre + support + 0.5));
    const int count = std::clamp(high - low, 1, taps.width);
    auto* weights = &taps.weights[std::size_t(taps.width) * std::size_t(i)];
    std::vector<double> exact(static_cast<std::size_t>(count));
    double sum = 0;
    for (int k = 0; k < count; ++k) sum += exact[std::size_t(k)] = kernel.weight((low + k - centre + 0.5) / widening);
    for (int k = 0; k < count; ++k) weights[k] = static_cast<float>(sum != 0 ? exact[std::size_t(k)] / sum : 1.0 / count);
    taps.first.push_back(std::min(low, sourceSize - 1));
    taps.count.push_back(std::min(count, sourceSize - taps.first.back()));
  }
  return taps;
}

// One source row as floats, four a pixel so that the sums vectorise; the fourth is 0.
template <typename T>
void widenRow(const T* row, int pixels, float* wide) {
  for (int x = 0; x < pixels; ++x, row += 3, wide += 4) {
    wide[0] = row[0];
    wide[1] = row[1];
    wide[2] = row[2];
    wide[3] = 0;
  }
}

// Clamped already here, as Pillow does: else the ringing at one edge would be carried into the other direction.
void filterRow(const float* wide, const Taps& taps, float full, float* out) {
  for (std::size_t i = 0; i < taps.first.size(); ++i, out += 4) {
    const float* pixel = wide + 4 * taps.first[i];
    const float* weight = &taps.weights[std::size_t(taps.width) * i];
    float sums[4] = {0, 0, 0, 0};
    for (int k = 0; k < taps.count[i]; ++k, pixel += 4) {
      for (int c = 0; c < 4; ++c) sums[c] += weight[k] * pixel[c];
    }
    for (int c = 0; c < 4; ++c) out[c] = std::clamp(sums[c], 0.0f, full);
  }
}

// The source pixels that taps need along their axis: [begin, end).
struct Needed {
  int begin, end;
  explicit Needed(const Taps& taps) : begin(taps.first.front()), end(taps.first.back() + taps.count.back()) {}
  [[nodiscard]] int size() const { return end - begin; }
};

// Sums rows of `length` floats, the first of which stands for source row `top`, into output row `y`; not clamped.
void sumRows(const std::vector<float>& rows, std::size_t length, int top, const Taps& taps, std::size_t y, std::vector<float>& sums) {
  std::ranges::fill(sums, 0.0f);
  for (int k = 0; k < taps.count[y]; ++k) {
    const float weight = taps.weights[std::size_t(taps.width) * y + std::size_t(k)];
    const float* from = &rows[length * std::size_t(taps.first[y] + k - top)];
    for (std::size_t x = 0; x < length; ++x) sums[x] += weight * from[x];
  }
}

void roundAll(std::span<float> values) {
  for (auto& value : values) value = std::floor(value + 0.5f);
}

void roundRow(const std::vector<float>& sums, float toByte, std::uint8_t* to) {
  for (std::size_t x = 0; x < sums.size(); ++x) {
    if (x % 4 != 3) *to++ = static_cast<std::uint8_t>(std::clamp(sums[x] * toByte, 0.0f, 255.0f) + 0.5f);
  }
}

template <typename T>
Image resampleAny(const std::vector<T>& rgb, int sourceWidth, int sourceHeight, const PixelBox& box, int width, int height,
                  float toByte, const Kernel& kernel) {
  auto across = makeTaps(sourceWidth, box.left, box.right, width, kernel);
  const auto down = makeTaps(sourceHeight, box.top, box.bottom, height, kernel);
  const Needed columns(across), rows(down);
  for (auto& first : across.first) first -= columns.begin;
  // The order in which Pillow 13 filters, found by trying it: it shows where ringing is clamped, at hard edges.
  // The kernels that round between, too, go across first whatever the sizes: to the byte as Pillow 13.
  const bool downFirst = !kernel.bytesBetween && height < sourceHeight &&
                         double(sourceHeight) * width > double(sourceWidth) * height;
  const float full = 255.0f / toByte;
  const auto narrow = std::size_t(width) * 4, wideLength = std::size_t(columns.size()) * 4;
  const auto length = downFirst ? wideLength : narrow;
  std::vector<float> wide(wideLength), middle(length * std::size_t(rows.size())), sums(length), out(narrow);
  for (int y = rows.begin; y < rows.end; ++y) {
    float* to = &middle[length * std::size_t(y - rows.begin)];
    widenRow(&rgb[3 * (std::size_t(y) * std::size_t(sourceWidth) + std::size_t(columns.begin))], columns.size(), downFirst ? to : wide.data());
    if (!downFirst) filterRow(wide.data(), across, full, to);
    if (!downFirst && kernel.bytesBetween) roundAll(std::span(to, narrow));
  }
  Image image{width, height, std::vector<std::uint8_t>(3 * std::size_t(width) * std::size_t(height))};
  for (std::size_t y = 0; y < std::size_t(height); ++y) {
    sumRows(middle, length, rows.begin, down, y, sums);
    if (downFirst) {
      for (auto& value : sums) value = std::clamp(value, 0.0f, full);
      filterRow(sums.data(), across, full, out.data());
    }
    roundRow(downFirst ? out : sums, toByte, &image.rgb[3 * y * std::size_t(width)]);
  }
  return image;
}

}  // namespace

Image resample(const Photo& source, const PixelBox& box, int width, int height) {
  return resampleAny(source.rgb, source.width, source.height, box, width, height, 1.0f / 257.0f,
                     kernelOf(Filter::Lanczos));
}

Image resample(const Image& source, const PixelBox& box, int width, int height, Filter filter) {
  return resampleAny(source.rgb, source.width, source.height, box, width, height, 1.0f, kernelOf(filter));
}

Image turned(const Image& image, int quarterTurns) {
  const int turns = ((quarterTurns % 4) + 4) % 4;
  if (turns == 0) return image;
  const bool swapped = turns != 2;
  Image result{swapped ? image.height : image.width, swapped ? image.width : image.height, {}};
  result.rgb.resize(image.rgb.size());
  const int w = image.width, h = image.height;
  for (int y = 0; y < h; ++y) {
    for (int x = 0; x < w; ++x) {
      const int toX = turns == 1 ? h - 1 - y : turns == 2 ? w - 1 - x : y;
      const int toY = turns == 1 ? x : turns == 2 ? h - 1 - y : w - 1 - x;
      const auto from = 3 * (std::size_t(y) * std::size_t(w) + std::size_t(x));
      std::copy_n(&image.rgb[from], 3, &result.rgb[3 * (std::size_t(toY) * std::size_t(result.width) + std::size_t(toX))]);
    }
  }
  return result;
}

}  // namespace likeness
