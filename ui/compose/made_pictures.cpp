#include "ui/compose/made_pictures.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QMimeData>

#include "ui/compose/recipe.h"
#include "ui/widgets/dropped_files.h"
#include "ui/widgets/qimage.h"

namespace likeness {

QVariant MadePictures::data(const QModelIndex& index, int role) const {
  const auto value = PictureModel::data(index, role);
  const bool words = role == Qt::ToolTipRole || role == Qt::AccessibleTextRole || role == Qt::AccessibleDescriptionRole;
  if (!words || !index.isValid() || index.row() >= rowCount()) return value;
  const auto& item = items()[std::size_t(index.row())];
  if (item.placeholder) return value;
  const auto sample = sampleFromRecipe(item.accessibleText.toStdString());
  const auto told = sample ? recipeInWords(*sample) : QFileInfo(item.file).fileName();
  if (role != Qt::ToolTipRole) return told;
  return QStringLiteral("<qt>%1</qt>").arg(told.toHtmlEscaped().replace('\n', QStringLiteral("<br>")));
}

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
  item.accessibleText = QString::fromStdString(picture.recipe);
  if (picture.favourite) item.badge = {{}, Tone::Accent, QStringLiteral("star_full")};
  return item;
}

PictureItem emptyTile(int index, const ImagePtr& rough) {
  PictureItem item;
  item.key = QStringLiteral("coming-%1").arg(index);
  item.image = toQImage(rough);
  item.placeholder = true;
  item.accessibleText = QCoreApplication::translate("likeness::MadePictures", "A picture in the making");
  return item;
}

// As recipes are written; to read thousands of them for one fact would be felt.
bool isBefore(const PictureInfo& picture) {
  return picture.file.stem().string().rfind("-base") != std::string::npos &&
         picture.recipe.find("\"checkpoint\":null") != std::string::npos;
}

}  // namespace likeness
