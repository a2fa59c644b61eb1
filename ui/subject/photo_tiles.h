#pragma once
#include <QCoreApplication>
#include <QHash>
#include <vector>

#include "core/api/project.h"
#include "ui/widgets/picture_model.h"

namespace likeness {

/// Makes the tiles of photos: the chosen square of each, with a badge of one or two words and the sentence as tool tip.
class PhotoTiles {
  Q_DECLARE_TR_FUNCTIONS(likeness::PhotoTiles)
 public:
  /// One tile a photo, one for each file that is still being looked at, and an invitation to drop more as the last.
  [[nodiscard]] std::vector<PictureItem> tilesOf(const std::vector<PhotoInfo>& photos,
                                                 const std::vector<std::filesystem::path>& coming = {});

 private:
  struct Square {
    ImagePtr thumbnail;
    CropRect crop;
    QImage image;
  };
  [[nodiscard]] QImage squareOf(const QString& key, const PhotoInfo& photo);

  QHash<QString, Square> m_squares;  ///< so that an edit of one photo leaves the others' pictures alone
};

/// The badge of a finding.
[[nodiscard]] BadgeText badgeOf(const PhotoFinding& finding);
/// The tone of a finding's sentence.
[[nodiscard]] Tone toneOf(FindingLevel level);

}  // namespace likeness
