#include "core/data/contact_sheet.h"

#include <OpenImageIO/imagebuf.h>
#include <OpenImageIO/imagebufalgo.h>

#include <algorithm>
#include <array>
#include <filesystem>

namespace likeness {
namespace {

constexpr int kMargin = 12;
constexpr std::array<float, 3> kGround = {0.96f, 0.96f, 0.95f};
constexpr std::array<float, 3> kInk = {0.13f, 0.13f, 0.15f};

// A font of the machine, or empty.
const std::string& fontFile() {
  static const std::string kFound = [] {
    constexpr std::array kCandidates = {
        "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf", "/usr/share/fonts/truetype/liberation/LiberationSans-Regular.ttf",
        "/usr/share/fonts/truetype/noto/NotoSans-Regular.ttf", "/usr/share/fonts/dejavu-sans-fonts/DejaVuSans.ttf",
        "/usr/share/fonts/TTF/DejaVuSans.ttf", "C:/Windows/Fonts/segoeui.ttf", "/System/Library/Fonts/Helvetica.ttc"};
    std::error_code ignored;
    for (const auto* candidate : kCandidates) {
      if (std::filesystem::exists(candidate, ignored)) return std::string(candidate);
    }
    return std::string();
  }();
  return kFound;
}

int textWidth(const std::string& text, int size) {
  const auto roi = OIIO::ImageBufAlgo::text_size(text, size, fontFile());
  return roi.defined() ? roi.width() : 0;
}

// OpenImageIO 2.4 draws characters beyond ASCII as others; a question mark is honest.
std::string drawable(const std::string& text) {
  std::string ascii;
  for (const unsigned char byte : text) {
    if (byte < 0x80) ascii += static_cast<char>(byte < 0x20 ? ' ' : byte);
    else if ((byte & 0xc0) != 0x80) ascii += '?';
  }
  return ascii;
}

// Cuts characters off the end until the text fits.
std::string fitted(std::string text, int size, int width) {
  if (textWidth(text, size) <= width) return text;
  while (!text.empty()) {
    text.pop_back();
    if (textWidth(text + "...", size) <= width) return text + "...";
  }
  return text;
}

// Where things lie on the sheet.
struct Grid {
  int columns = 1, rows = 1;
  int cellWidth = 1, cellHeight = 1;
  int textSize = 12;
  int labelHeight = 0, titleHeight = 0;

  [[nodiscard]] int rowHeight() const { return titleHeight + cellHeight + labelHeight + kMargin; }
  [[nodiscard]] int width() const { return kMargin + columns * (cellWidth + kMargin); }
  [[nodiscard]] int height() const { return kMargin + rows * rowHeight(); }
  [[nodiscard]] int left(int column) const { return kMargin + column * (cellWidth + kMargin); }
  [[nodiscard]] int top(int row) const { return kMargin + row * rowHeight(); }
};

Grid makeGrid(std::span<const Image> pictures, int columns, bool labels, bool titles) {
  Grid grid;
  const int count = static_cast<int>(pictures.size());
  grid.columns = std::clamp(columns, 1, std::max(1, count));
  grid.rows = std::max(1, (count + grid.columns - 1) / grid.columns);
  for (const auto& picture : pictures) {
    grid.cellWidth = std::max(grid.cellWidth, picture.width);
    grid.cellHeight = std::max(grid.cellHeight, picture.height);
  }
  grid.textSize = std::clamp(grid.cellWidth / 14, 9, 20);
  if (labels) grid.labelHeight = grid.textSize * 3 / 2;
  if (titles) grid.titleHeight = grid.textSize * 2;
  return grid;
}

void write(OIIO::ImageBuf& sheet, const std::string& text, int x, int baseline, int size, int width) {
  OIIO::ImageBufAlgo::render_text(sheet, x, baseline, fitted(drawable(text), size, width), size, fontFile(), kInk);
}

}  // namespace

Image contactSheet(std::span<const Image> pictures, int columns, std::span<const std::string> labels) {
  return contactSheet(pictures, columns, labels, {});
}

Image contactSheet(std::span<const Image> pictures, int columns, std::span<const std::string> labels,
                   std::span<const std::string> rowTitles) {
  const bool canWrite = !fontFile().empty();
  const auto grid = makeGrid(pictures, columns, canWrite && !labels.empty(), canWrite && !rowTitles.empty());
  OIIO::ImageBuf sheet(OIIO::ImageSpec(grid.width(), grid.height(), 3, OIIO::TypeUInt8));
  OIIO::ImageBufAlgo::fill(sheet, kGround);
  for (int i = 0; i < static_cast<int>(pictures.size()); ++i) {
    const auto& picture = pictures[std::size_t(i)];
    const int column = i % grid.columns, row = i / grid.columns;
    const int x = grid.left(column) + (grid.cellWidth - picture.width) / 2;
    const int y = grid.top(row) + grid.titleHeight + (grid.cellHeight - picture.height) / 2;
    sheet.set_pixels(OIIO::ROI(x, x + picture.width, y, y + picture.height), OIIO::TypeUInt8, picture.rgb.data());
    if (grid.labelHeight > 0 && std::size_t(i) < labels.size()) {
      const int baseline = grid.top(row) + grid.titleHeight + grid.cellHeight + grid.textSize + 2;
      write(sheet, labels[std::size_t(i)], grid.left(column), baseline, grid.textSize, grid.cellWidth);
    }
  }
  for (int row = 0; grid.titleHeight > 0 && row < std::min<int>(grid.rows, int(rowTitles.size())); ++row) {
    write(sheet, rowTitles[std::size_t(row)], kMargin, grid.top(row) + grid.textSize * 5 / 4, grid.textSize * 5 / 4,
          grid.width() - 2 * kMargin);
  }
  Image image{grid.width(), grid.height(), std::vector<std::uint8_t>(std::size_t(grid.width()) * std::size_t(grid.height()) * 3)};
  sheet.get_pixels(OIIO::ROI(0, image.width, 0, image.height), OIIO::TypeUInt8, image.rgb.data());
  return image;
}

}  // namespace likeness
