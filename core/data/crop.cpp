#include "core/data/crop.h"

#include <algorithm>
#include <cmath>

#include "core/data/resample.h"

namespace likeness {
namespace {

double orDefault(double value, double fallback) { return std::isfinite(value) ? value : fallback; }

int turnsOf(const CropRect& crop) { return ((crop.quarterTurns % 4) + 4) % 4; }

// The square before the quarter turns, in pixels of the upright photo.
PixelSquare beforeTurns(const PixelSquare& square, int width, int height, int turns) {
  const double far = square.left + square.side, low = square.top + square.side;
  switch (turns) {
    case 1: return {square.top, height - far, square.side};
    case 2: return {width - far, height - low, square.side};
    case 3: return {width - low, square.left, square.side};
    default: return square;
  }
}

}  // namespace

PixelSquare cropSquare(int width, int height, const CropRect& crop) {
  const bool swapped = turnsOf(crop) % 2 == 1;
  const double w = swapped ? height : width, h = swapped ? width : height;
  const double shorter = std::min(w, h);
  const double side = std::clamp(orDefault(crop.side, 1.0) * shorter, 1.0, shorter);
  return {std::clamp(orDefault(crop.centerX, 0.5) * w - side / 2, 0.0, w - side),
          std::clamp(orDefault(crop.centerY, 0.5) * h - side / 2, 0.0, h - side), side};
}

double croppedAway(int width, int height, const CropRect& crop) {
  const double side = cropSquare(width, height, crop).side;
  return 1 - side * side / (double(width) * height);
}

SquareOrigin squareOrigin(int width, int height, const CropRect& crop, int resolution) {
  const bool swapped = turnsOf(crop) % 2 == 1;
  const int wide = swapped ? height : width, high = swapped ? width : height;
  const auto square = cropSquare(width, height, crop);
  const auto scaled = [&](double pixels) { return static_cast<int>(std::lround(pixels * resolution / square.side)); };
  return {high, wide, scaled(square.top), scaled(square.left), scaled(wide - square.left - square.side)};
}

Image renderCrop(const Photo& photo, const CropRect& crop, int resolution) {
  const int turns = turnsOf(crop);
  const auto square = beforeTurns(cropSquare(photo.width, photo.height, crop), photo.width, photo.height, turns);
  const PixelBox box{square.left, square.top, std::min(square.left + square.side, double(photo.width)),
                     std::min(square.top + square.side, double(photo.height))};
  return turned(resample(photo, box, resolution, resolution), turns);
}

Image cropToFill(const Image& picture, int width, int height) {
  if (picture.width == width && picture.height == height) return picture;
  const double scale = std::min(double(picture.width) / width, double(picture.height) / height);
  const double wide = std::min(scale * width, double(picture.width));
  const double high = std::min(scale * height, double(picture.height));
  const double left = (picture.width - wide) / 2, top = (picture.height - high) / 2;
  return resample(picture, {left, top, left + wide, top + high}, width, height);
}

}  // namespace likeness
