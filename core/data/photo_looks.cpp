#include "core/data/photo_looks.h"

#include <algorithm>
#include <cmath>

#include "core/tensor/random.h"

namespace likeness {
namespace {

// Pillow's weights of ITU-R 601-2 luma, in 65536ths.
int greyOf(const std::uint8_t* rgb) { return (rgb[0] * 19595 + rgb[1] * 38470 + rgb[2] * 7471 + 0x8000) >> 16; }

std::uint8_t blended(int base, int value, double factor) {
  const auto mixed = static_cast<float>(base) + static_cast<float>(factor) * static_cast<float>(value - base);
  return static_cast<std::uint8_t>(std::clamp(mixed, 0.0f, 255.0f));  // cut off, as Pillow does
}

PixelBox jittered(const PixelBox& box, double jitter, const std::vector<double>& numbers) {
  const double scale = 1 - jitter * numbers[0];
  const double wide = (box.right - box.left) * scale, high = (box.bottom - box.top) * scale;
  const double left = box.left + numbers[1] * (box.right - box.left - wide);
  const double top = box.top + numbers[2] * (box.bottom - box.top - high);
  return {left, top, left + wide, top + high};
}

double aspectOf(const PictureSize& size) { return double(size.width) / size.height; }

}  // namespace

std::vector<PictureSize> bucketSizes(int resolution, int multiple) {
  const int area = resolution * resolution, shortest = std::max(resolution / 2 / multiple, 1) * multiple;
  const int longest = 2 * resolution;
  std::vector<PictureSize> sizes;
  for (int width = shortest; width <= longest; width += multiple) {
    const int height = std::min(longest, area / width) / multiple * multiple;
    if (height < shortest) continue;
    for (const auto& size : {PictureSize{width, height}, PictureSize{height, width}}) {
      if (std::ranges::find(sizes, size) == sizes.end()) sizes.push_back(size);
    }
  }
  return sizes;
}

PictureSize bucketFor(double aspect, int resolution, int multiple) {
  PictureSize best{resolution, resolution};
  const auto distance = [&](const PictureSize& size) { return std::abs(std::log(aspectOf(size) / aspect)); };
  for (const auto& size : bucketSizes(resolution, multiple)) {
    const double less = distance(best) - distance(size);
    if (less > 1e-9 || (less > -1e-9 && size.width * size.height > best.width * best.height)) best = size;
  }
  return best;
}

std::vector<Look> photoLooks(int width, int height, const CropRect& crop, const LookOptions& options,
                             std::uint64_t photo) {
  const bool swapped = crop.quarterTurns % 2 != 0;
  const double aspect = swapped ? double(height) / width : double(width) / height;
  const bool jitter = options.cropJitter > 0 || options.colourJitter > 0;
  std::vector<Look> looks;
  for (const int resolution : options.resolutions) {
    const auto size = options.aspectBuckets ? bucketFor(aspect, resolution, options.multiple)
                                            : PictureSize{resolution, resolution};
    const Look plain{cropBox(width, height, crop, aspectOf(size)), crop.quarterTurns, size.width, size.height, {}};
    looks.push_back(plain);
    for (int i = 1; jitter && i < options.jitterLooks; ++i) {
      const auto numbers =
          uniform(6, {options.seed, photo, static_cast<std::uint32_t>(looks.size()), RandomStream::LookShape});
      auto look = plain;
      look.box = jittered(plain.box, options.cropJitter, numbers);
      const auto factor = [&](std::size_t k) { return 1 + options.colourJitter * (2 * numbers[k] - 1); };
      look.colour = {factor(3), factor(4), factor(5)};
      looks.push_back(look);
    }
  }
  return looks;
}

Image renderLook(const Photo& photo, const Look& look) {
  auto image = renderBox(photo, look.quarterTurns, look.box, look.width, look.height);
  changeColours(image, look.colour);
  return image;
}

Image renderMask(const Photo& mask, const Photo& photo, const Look& look) {
  const bool swapped = look.quarterTurns % 2 != 0;
  const double across = swapped ? double(mask.height) / photo.height : double(mask.width) / photo.width;
  const double down = swapped ? double(mask.width) / photo.width : double(mask.height) / photo.height;
  const PixelBox box{look.box.left * across, look.box.top * down, look.box.right * across, look.box.bottom * down};
  return renderBox(mask, look.quarterTurns, box, look.width, look.height);
}

void changeColours(Image& image, const ColourFactors& colour) {
  auto& rgb = image.rgb;
  const auto pixels = rgb.size() / 3;
  if (colour.brightness != 1) {
    for (auto& value : rgb) value = blended(0, value, colour.brightness);
  }
  if (colour.contrast != 1 && pixels > 0) {
    double sum = 0;
    for (std::size_t i = 0; i < pixels; ++i) sum += greyOf(&rgb[3 * i]);
    const int mean = static_cast<int>(sum / static_cast<double>(pixels) + 0.5);
    for (auto& value : rgb) value = blended(mean, value, colour.contrast);
  }
  for (std::size_t i = 0; colour.saturation != 1 && i < pixels; ++i) {
    const int grey = greyOf(&rgb[3 * i]);
    for (std::size_t k = 0; k < 3; ++k) rgb[3 * i + k] = blended(grey, rgb[3 * i + k], colour.saturation);
  }
}

}  // namespace likeness
