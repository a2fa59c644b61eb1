#pragma once
#include <QStyledItemDelegate>

namespace likeness {

/// Paints a tile: the picture filling a rounded square, its badge, a ring when it is chosen, grey when dimmed.
class PictureDelegate : public QStyledItemDelegate {
  Q_OBJECT
 public:
  using QStyledItemDelegate::QStyledItemDelegate;

  /// The tile's side, and the room around it for the ring.
  void setTile(int side) { m_side = side; }
  static constexpr int kRingRoom = 6;
  /// Where the round mark of an item's rectangle is.
  [[nodiscard]] QRect markRect(const QRect& item) const;

  void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
  [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;

 private:
  int m_side = 120;
};

}  // namespace likeness
