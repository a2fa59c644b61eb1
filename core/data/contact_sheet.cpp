#include "core/data/contact_sheet.h"

#include <algorithm>
#include <array>
#include <filesystem>

#include "core/data/picture_codec.h"

namespace likeness {
namespace {

constexpr int kMargin = 12;
constexpr std::array<std::uint8_t, 3> kGround = {245, 245, 242};
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
  auto* codec = pictureCodec().value();
  if (codec->textWidth(text, size, fontFile()) <= width) return text;
  while (!text.empty()) {
    text.pop_back();
    if (codec->textWidth(text + "...", size, fontFile()) <= width) return text + "...";
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

void write(Image& sheet, const std::string& text, int x, int baseline, int size, int width) {
  pictureCodec().value()->drawText(sheet, x, baseline, fitted(drawable(text), size, width), size, fontFile(), kInk);
}

Image emptySheet(int width, int height) {
  Image sheet{width, height, std::vector<std::uint8_t>(std::size_t(width) * std::size_t(height) * 3)};
  for (std::size_t i = 0; i < sheet.rgb.size(); ++i) sheet.rgb[i] = kGround[i % 3];
  return sheet;
}

void paste(Image& sheet, const Image& picture, int x, int y) {
  const auto row = std::size_t(picture.width) * 3;
  for (int line = 0; line < picture.height; ++line) {
    const auto at = (std::size_t(y + line) * std::size_t(sheet.width) + std::size_t(x)) * 3;
    std::copy_n(&picture.rgb[std::size_t(line) * row], row, &sheet.rgb[at]);
  }
}

}  // namespace

Image contactSheet(std::span<const Image> pictures, int columns, std::span<const std::string> labels) {
  return contactSheet(pictures, columns, labels, {});
}

Image contactSheet(std::span<const Image> pictures, int columns, std::span<const std::string> labels,
                   std::span<const std::string> rowTitles) {
  const bool canWrite = !fontFile().empty();
  const auto grid = makeGrid(pictures, columns, canWrite && !labels.empty(), canWrite && !rowTitles.empty());
  Image sheet = emptySheet(grid.width(), grid.height());
  for (int i = 0; i < static_cast<int>(pictures.size()); ++i) {
    const auto& picture = pictures[std::size_t(i)];
    const int column = i % grid.columns, row = i / grid.columns;
    const int x = grid.left(column) + (grid.cellWidth - picture.width) / 2;
    const int y = grid.top(row) + grid.titleHeight + (grid.cellHeight - picture.height) / 2;
    paste(sheet, picture, x, y);
    if (grid.labelHeight > 0 && std::size_t(i) < labels.size()) {
      const int baseline = grid.top(row) + grid.titleHeight + grid.cellHeight + grid.textSize + 2;
      write(sheet, labels[std::size_t(i)], grid.left(column), baseline, grid.textSize, grid.cellWidth);
    }
  }
  for (int row = 0; grid.titleHeight > 0 && row < std::min<int>(grid.rows, int(rowTitles.size())); ++row) {
    write(sheet, rowTitles[std::size_t(row)], kMargin, grid.top(row) + grid.textSize * 5 / 4, grid.textSize * 5 / 4,
          grid.width() - 2 * kMargin);
  }
  return sheet;
}

}  // namespace likeness
