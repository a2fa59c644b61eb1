#include "core/pretrain/picture_store.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "core/data/picture_file.h"
#include "core/data/resample.h"

namespace likeness {
namespace {

// Out of `count`, by a number of [0, 1).
int choose(double number, int count) { return std::min(count - 1, static_cast<int>(number * count)); }

Image scaledTo(const Image& image, int left, int top, int side, int size) {
  const PixelBox box{double(left), double(top), double(left + side), double(top + side)};
  return resample(image, box, size, size, Filter::Bicubic);
}

Image cut(const Image& image, int left, int top, int side) {
  Image out{side, side, std::vector<std::uint8_t>(static_cast<std::size_t>(side) * side * 3)};
  for (int y = 0; y < side; ++y) {
    const auto* from = image.rgb.data() + (static_cast<std::size_t>(top + y) * image.width + left) * 3;
    std::copy_n(from, static_cast<std::size_t>(side) * 3, out.rgb.data() + static_cast<std::size_t>(y) * side * 3);
  }
  return out;
}

Image squareOf(const Image& image, int left, int top, int side, int size) {
  return side == size ? cut(image, left, top, side) : scaledTo(image, left, top, side, size);
}

void mirror(Image& image) {
  for (int y = 0; y < image.height; ++y) {
    auto* row = image.rgb.data() + static_cast<std::size_t>(y) * image.width * 3;
    for (int x = 0; x < image.width / 2; ++x) {
      std::swap_ranges(row + 3 * x, row + 3 * x + 3, row + 3 * (image.width - 1 - x));
    }
  }
}

void changeGains(Image& image, std::span<const double> numbers) {
  for (std::size_t i = 0; i < image.rgb.size(); ++i) {
    const auto gain = 0.7 + 0.6 * numbers[i % 3];
    image.rgb[i] = static_cast<std::uint8_t>(std::clamp(std::lround(gain * image.rgb[i]), 0l, 255l));
  }
}

}  // namespace

PictureStore::PictureStore(std::vector<std::filesystem::path> files, int shorterSide, std::size_t bytes)
    : m_files(std::move(files)), m_shorterSide(shorterSide), m_left(bytes), m_kept(m_files.size()) {}

ImagePtr PictureStore::at(std::int64_t index) {
  auto& kept = m_kept[static_cast<std::size_t>(index)];
  if (kept) return kept;
  auto image = readPicture(m_files[static_cast<std::size_t>(index)]).value();
  const auto shorter = std::min(image.width, image.height);
  if (shorter > m_shorterSide) {
    const auto factor = static_cast<double>(m_shorterSide) / shorter;
    const auto reduced = [&](int side) {
      return std::max(m_shorterSide, static_cast<int>(std::lround(factor * side)));
    };
    const PixelBox all{0, 0, double(image.width), double(image.height)};
    image = resample(image, all, reduced(image.width), reduced(image.height));
  }
  auto picture = std::make_shared<const Image>(std::move(image));
  if (picture->rgb.size() <= m_left) {
    m_left -= picture->rgb.size();
    kept = picture;
  }
  return picture;
}

Image middleSquare(const Image& image, int size) {
  const auto side = std::min(image.width, image.height);
  return squareOf(image, (image.width - side) / 2, (image.height - side) / 2, side, size);
}

Image randomSquare(const Image& image, int size, bool scaled, std::span<const double> numbers) {
  constexpr std::array kTimes = {1, 1, 2, 3};
  const auto times = scaled ? kTimes.at(static_cast<std::size_t>(choose(numbers[0], 4))) : 1;
  const auto side = std::min({size * times, image.width, image.height});
  const auto left = choose(numbers[1], image.width - side + 1), top = choose(numbers[2], image.height - side + 1);
  auto square = squareOf(image, left, top, side, size);
  if (numbers[3] < 0.5) mirror(square);
  if (scaled && numbers[4] < 0.3) changeGains(square, numbers.subspan(5, 3));
  return square;
}

}  // namespace likeness
