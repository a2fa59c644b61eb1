#pragma once
#include <QListView>

namespace likeness {

class PictureDelegate;
class PictureModel;

/// A grid of pictures: square tiles that fill the width, or one row that scrolls sideways. Only tiles in sight are
/// painted. Arrow keys move, Enter or a double click opens (QListView::activated).
class PictureGrid : public QListView {
  Q_OBJECT
 public:
  explicit PictureGrid(PictureModel* model, QWidget* parent = nullptr);

  /// Tiles are at least this wide; they grow until the row is full. maxColumns 0: as many as fit.
  void setMinimumTile(int side, int maxColumns = 0);
  /// Tiles of exactly this side, in one row.
  void setSingleRow(int side);

  [[nodiscard]] QString currentKey() const;
  void setCurrentKey(const QString& key);
  [[nodiscard]] QStringList selectedKeys() const;
  /// The height that shows all rows at the present width.
  [[nodiscard]] int heightForRows(int rows) const;
  [[nodiscard]] int tile() const { return m_tile; }
  [[nodiscard]] int columns() const { return m_columns; }

 Q_SIGNALS:
  void currentKeyChanged(const QString& key);
  /// A tile's round mark was clicked (PictureItem::mark).
  void markClicked(const QString& key);
  /// The tiles' size changed with the width.
  void arranged();

 protected:
  void resizeEvent(QResizeEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void currentChanged(const QModelIndex& current, const QModelIndex& previous) override;

 private:
  void arrange();

  PictureModel* m_pictures;
  PictureDelegate* m_delegate;
  int m_minimumTile = 120;
  int m_maxColumns = 0;
  int m_tile = 120;
  int m_columns = 1;
  bool m_singleRow = false;
};

}  // namespace likeness
