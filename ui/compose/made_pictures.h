#pragma once
#include "core/api/job.h"
#include "ui/widgets/picture_model.h"

namespace likeness {

/// A picture model whose tiles drag out as the files that they are.
class MadePictures : public PictureModel {
  Q_OBJECT
 public:
  using PictureModel::PictureModel;

  [[nodiscard]] Qt::ItemFlags flags(const QModelIndex& index) const override;
  [[nodiscard]] QStringList mimeTypes() const override;
  [[nodiscard]] QMimeData* mimeData(const QModelIndexList& indexes) const override;
  [[nodiscard]] Qt::DropActions supportedDragActions() const override { return Qt::CopyAction; }
};

/// The tile of a picture: its file is the key, its recipe the tool tip.
[[nodiscard]] PictureItem tileOf(const PictureInfo& picture, const ImagePtr& image = nullptr);
/// A tile for a picture that is still to come.
[[nodiscard]] PictureItem emptyTile(int index);

/// True for the before picture of a pair.
[[nodiscard]] bool isBefore(const PictureInfo& picture);
/// The before picture that belongs to `after` (same prompt, settings and seed) among a project's pictures, or null.
[[nodiscard]] const PictureInfo* beforeOf(const PictureInfo& after, const std::vector<PictureInfo>& pictures);

}  // namespace likeness
