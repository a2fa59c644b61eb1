#include "core/engine/sample_sheet.h"

#include "core/data/contact_sheet.h"
#include "core/data/picture_file.h"
#include "core/engine/picture_recipe.h"

namespace likeness {

void SampleSheet::checkSize(int width, int height) const {
  constexpr std::int64_t kLargestSide = 16'383, kMargin = 64;  // a WebP's side
  const std::int64_t rows = std::ssize(m_cells) / columns();
  if (columns() * (width + kMargin) <= kLargestSide && rows * (height + kMargin) <= kLargestSide) return;
  throw ErrorException({ErrorCode::InvalidArgument,
                        "The grid's sheet would be larger than " + std::to_string(kLargestSide) +
                            " pixels a side. Give fewer values, or a smaller --size."});
}

std::filesystem::path SampleSheet::write(const SamplePlan& first, std::span<const Image> pictures) const {
  std::vector<std::string> labels, titles;
  for (std::size_t i = 0; i < m_cells.size(); ++i) {
    labels.push_back(m_cells[i].column);
    if (i % static_cast<std::size_t>(columns()) == 0 && !m_cells[i].row.empty()) titles.push_back(m_cells[i].row);
  }
  const auto image = contactSheet(pictures, columns(), labels, titles);
  auto recipe = pictureRecipe(originOf(first, first.sample.seed, {first.sample.seed, 1}, image.width, image.height));
  recipe.full["grid"] = gridJson(m_axes);
  recipe.full.erase("batch");
  const PictureStyle style{first.sample.format, first.sample.quality};
  const auto name = nameOfPrompt(first.options.prompts.front()) + "-grid" + extensionOf(style.format);
  return writePicture(first.out / name, image, recipe, style).value();
}

}  // namespace likeness
