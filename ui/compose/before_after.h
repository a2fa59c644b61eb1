#pragma once
#include <QPixmap>
#include <QWidget>

namespace likeness {

/// A picture, large, and where there is one the base model's picture of the same seed beside it: left of a divider
/// stands what the base made, right of it what was learnt. The divider follows the pointer where it is dragged, and
/// the Left and Right keys. Dragging elsewhere drags the picture out as a file.
class BeforeAfter : public QWidget {
  Q_OBJECT
 public:
  explicit BeforeAfter(QWidget* parent = nullptr);

  void setPicture(const QPixmap& after, const QString& file, const QString& caption);
  void setBefore(const QPixmap& before);
  /// What stands on the left side's badge; "Before" unless said.
  void setBeforeCaption(const QString& caption);
  void setEmptyText(const QString& text);
  /// In the middle of the widget instead of at its left.
  void setCentred(bool centred);
  /// How far the picture is made, 0 … 1, as a line along its lower edge; −1: it is finished.
  void setProgress(double part);
  void clear();

  [[nodiscard]] bool hasPicture() const { return !m_after.isNull(); }
  [[nodiscard]] bool hasBefore() const { return !m_before.isNull(); }
  [[nodiscard]] const QPixmap& picture() const { return m_after; }
  [[nodiscard]] const QPixmap& before() const { return m_before; }
  /// Where the divider stands, 0 (all after) … 1 (all before).
  [[nodiscard]] double divider() const { return m_divider; }
  void setDivider(double divider);
  [[nodiscard]] QSize sizeHint() const override { return {384, 384}; }
  /// Where the picture is drawn.
  [[nodiscard]] QRectF pictureRect() const;

 Q_SIGNALS:
  void dividerMoved(double divider);

 protected:
  void paintEvent(QPaintEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void mouseReleaseEvent(QMouseEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;

 private:
  [[nodiscard]] double dividerX() const;
  [[nodiscard]] bool nearDivider(const QPointF& position) const;
  void paintDivider(QPainter& painter, const QRectF& frame) const;
  void paintProgress(QPainter& painter, const QRectF& frame) const;
  void paintBadges(QPainter& painter, const QRectF& frame) const;
  void paintEmpty(QPainter& painter) const;
  void dragOut();

  QPixmap m_after;
  QPixmap m_before;
  QString m_file;
  QString m_caption;
  QString m_emptyText;
  QString m_beforeCaption;
  double m_progress = -1;
  double m_divider = 0.5;
  bool m_centred = false;
  bool m_moving = false;
  QPointF m_pressed;
};

}  // namespace likeness
