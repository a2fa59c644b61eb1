#include "core/data/crop.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace likeness {
namespace {

double orDefault(double value, double fallback) { return std::isfinite(value) ? value : fallback; }

int turnsOf(int quarterTurns) { return ((quarterTurns % 4) + 4) % 4; }

// Width and height after the turns.
std::pair<int, int> turnedSize(int width, int height, int quarterTurns) {
  return turnsOf(quarterTurns) % 2 == 1 ? std::pair(height, width) : std::pair(width, height);
}

// The box before the quarter turns, in pixels of the upright photo.
PixelBox beforeTurns(const PixelBox& box, int width, int height, int turns) {
  switch (turns) {
    case 1: return {box.top, height - box.right, box.bottom, height - box.left};
    case 2: return {width - box.right, height - box.bottom, width - box.left, height - box.top};
    case 3: return {width - box.bottom, box.left, width - box.top, box.right};
    default: return box;
  }
}

}  // namespace

PixelBox cropBox(int width, int height, const CropRect& crop, double aspect) {
  const auto [w, h] = turnedSize(width, height, crop.quarterTurns);
  const double widest = std::min(double(w), h * aspect), highest = std::min(double(h), w / aspect);
  const double side = orDefault(crop.side, 1.0);
  const double wide = std::clamp(side * widest, std::min(1.0, widest), widest);
  const double high = std::clamp(side * highest, std::min(1.0, highest), highest);
  const double left = std::clamp(orDefault(crop.centerX, 0.5) * w - wide / 2, 0.0, w - wide);
  const double top = std::clamp(orDefault(crop.centerY, 0.5) * h - high / 2, 0.0, h - high);
  return {left, top, left + wide, top + high};
}

PixelSquare cropSquare(int width, int height, const CropRect& crop) {
  const double shorter = std::min(width, height);
  const auto box = cropBox(width, height, crop, 1);
  return {box.left, box.top, std::clamp(orDefault(crop.side, 1.0) * shorter, 1.0, shorter)};
}

double croppedAway(int width, int height, const CropRect& crop) {
  const double side = cropSquare(width, height, crop).side;
  return 1 - side * side / (double(width) * height);
}

SquareOrigin boxOrigin(int width, int height, int quarterTurns, const PixelBox& box, int trainedWidth) {
  const auto [wide, high] = turnedSize(width, height, quarterTurns);
  const auto side = box.right - box.left;
  const auto scaled = [&](double pixels) { return static_cast<int>(std::lround(pixels * trainedWidth / side)); };
  return {high, wide, scaled(box.top), scaled(box.left), scaled(wide - box.right)};
}

SquareOrigin squareOrigin(int width, int height, const CropRect& crop, int resolution) {
  return boxOrigin(width, height, crop.quarterTurns, cropBox(width, height, crop, 1), resolution);
}

Image renderBox(const Photo& photo, int quarterTurns, const PixelBox& box, int width, int height) {
  const int turns = turnsOf(quarterTurns);
  auto upright = beforeTurns(box, photo.width, photo.height, turns);
  upright = {std::max(upright.left, 0.0), std::max(upright.top, 0.0), std::min(upright.right, double(photo.width)),
             std::min(upright.bottom, double(photo.height))};
  const auto [wide, high] = turnedSize(width, height, turns);
  return turned(resample(photo, upright, wide, high), turns);
}

Image renderCrop(const Photo& photo, const CropRect& crop, int resolution) {
  return renderBox(photo, crop.quarterTurns, cropBox(photo.width, photo.height, crop, 1), resolution, resolution);
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
