#pragma once
#include <QAbstractListModel>
#include <QCache>
#include <QHash>
#include <QImage>
#include <vector>

#include "ui/widgets/badge.h"

namespace likeness {

class ImageLoader;

/// One tile of a picture grid.
struct PictureItem {
  QString key;         ///< stable and unique; the file's path unless there is a reason
  QString file;        ///< read when the tile is first shown and `image` is null; may be empty
  QImage image;        ///< shown as it is when not null
  BadgeText badge;
  QString toolTip;
  QString accessibleText;
  bool dimmed = false;       ///< grey and faint, as rejected ones are
  bool placeholder = false;  ///< an empty tile: still to come
  QString invitation = {};   ///< a dashed tile with these words instead of a picture ("first line\nsmall line")
  QString mark = {};         ///< icon of a round button shown under the pointer; PictureGrid::markClicked tells of it

  bool operator==(const PictureItem& other) const;
};

/// The tiles of a grid, in order. Files are read in the background when the view asks for them, and the newest
/// few hundred megabytes of them are kept, so thousands of tiles scroll smoothly. Threads: the window's.
class PictureModel : public QAbstractListModel {
  Q_OBJECT
 public:
  enum DataRole {
    KeyRole = Qt::UserRole + 1,
    BadgeRole,
    ToneRole,
    BadgeIconRole,
    DimmedRole,
    PlaceholderRole,
    InvitationRole,
    MarkRole
  };

  explicit PictureModel(QObject* parent = nullptr);

  /// Replaces the tiles, telling views the smallest change: selection and scrolling stay where rows stay.
  void setItems(std::vector<PictureItem> items);
  [[nodiscard]] const std::vector<PictureItem>& items() const { return m_items; }
  /// The row of a key, −1 when there is none.
  [[nodiscard]] int rowOf(const QString& key) const;
  [[nodiscard]] QString keyOf(int row) const;
  /// Keeps a picture for a file that is known already, so that it need not be read.
  void putImage(const QString& file, const QImage& image);

  [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
  [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
  [[nodiscard]] Qt::ItemFlags flags(const QModelIndex& index) const override;
  /// The picture of a row if it is known already, else null (and it is asked for).
  [[nodiscard]] QImage imageAt(int row) const;

 private:
  [[nodiscard]] QImage imageOf(const PictureItem& item) const;
  void loaded(const QString& file, const QImage& image);
  void indexRows();

  std::vector<PictureItem> m_items;
  QHash<QString, int> m_rows;
  QMultiHash<QString, int> m_fileRows;
  ImageLoader* m_loader;
  mutable QCache<QString, QImage> m_cache;  ///< cost in KiB
};

}  // namespace likeness
