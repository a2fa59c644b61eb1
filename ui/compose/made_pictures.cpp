#include "ui/compose/made_pictures.h"

#include <QCoreApplication>
#include <QMimeData>

#include "ui/compose/recipe.h"
#include "ui/widgets/dropped_files.h"
#include "ui/widgets/qimage.h"

namespace likeness {

Qt::ItemFlags MadePictures::flags(const QModelIndex& index) const {
  const auto flags = PictureModel::flags(index);
  return flags & Qt::ItemIsEnabled ? flags | Qt::ItemIsDragEnabled : flags;
}

QStringList MadePictures::mimeTypes() const { return {QStringLiteral("text/uri-list")}; }

QMimeData* MadePictures::mimeData(const QModelIndexList& indexes) const {
  QStringList files;
  for (const auto& index : indexes) files << items()[std::size_t(index.row())].file;
  return madePictureData(files);
}

PictureItem tileOf(const PictureInfo& picture, const ImagePtr& image) {
  PictureItem item;
  item.file = toQString(picture.file);
  item.key = item.file;
  item.image = toQImage(image);
  const auto sample = sampleFromRecipe(picture.recipe);
  item.accessibleText = sample ? recipeInWords(*sample) : toQString(picture.file.filename());
  item.toolTip = QStringLiteral("<qt>%1</qt>").arg(item.accessibleText.toHtmlEscaped().replace('\n', QStringLiteral("<br>")));
  return item;
}

PictureItem emptyTile(int index) {
  PictureItem item;
  item.key = QStringLiteral("coming-%1").arg(index);
  item.placeholder = true;
  item.accessibleText = QCoreApplication::translate("likeness::MadePictures", "A picture in the making");
  return item;
}

bool isBefore(const PictureInfo& picture) {
  const auto stem = picture.file.stem().string();
  const auto mark = stem.rfind("-base");
  if (mark == std::string::npos) return false;
  const auto sample = sampleFromRecipe(picture.recipe);
  return sample && sample->weights == WhichWeights::Base;
}

const PictureInfo* beforeOf(const PictureInfo& after, const std::vector<PictureInfo>& pictures) {
  const auto made = sampleFromRecipe(after.recipe);
  if (!made || made->weights == WhichWeights::Base) return nullptr;
  for (const auto& picture : pictures) {
    if (!isBefore(picture)) continue;
    const auto base = sampleFromRecipe(picture.recipe);
    if (base->prompt == made->prompt && base->negative == made->negative && base->seed == made->seed &&
        base->sampler == made->sampler && base->schedule == made->schedule && base->steps == made->steps && base->guidance == made->guidance &&
        base->width == made->width && base->height == made->height) {
      return &picture;
    }
  }
  return nullptr;
}

}  // namespace likeness
