#pragma once
#include "core/api/job.h"
#include "ui/widgets/picture_model.h"

namespace likeness {

/// A picture model whose tiles drag out as the files that they are. What a tile's recipe says is read when somebody
/// asks: of thousands of pictures few are looked at.
class MadePictures : public PictureModel {
  Q_OBJECT
 public:
  using PictureModel::PictureModel;

  [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
  [[nodiscard]] Qt::ItemFlags flags(const QModelIndex& index) const override;
  [[nodiscard]] QStringList mimeTypes() const override;
  [[nodiscard]] QMimeData* mimeData(const QModelIndexList& indexes) const override;
  [[nodiscard]] Qt::DropActions supportedDragActions() const override { return Qt::CopyAction; }
};

/// The tile of a picture: its file is the key, its recipe's text what is told of it, a star its badge if it has one.
[[nodiscard]] PictureItem tileOf(const PictureInfo& picture, const ImagePtr& image = nullptr);
/// A tile for a picture that is still to come, with what is seen of it so far.
[[nodiscard]] PictureItem emptyTile(int index, const ImagePtr& rough = nullptr);

/// True for the before picture of a pair.
[[nodiscard]] bool isBefore(const PictureInfo& picture);

}  // namespace likeness
