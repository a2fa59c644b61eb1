#pragma once
#include <QImage>
#include <QTimer>
#include <QWidget>

#include "core/api/photo.h"

namespace likeness {

/// Shows a photo with the square that is trained, bright, and lets one drag it, pull its corners, zoom it with the
/// wheel or plus and minus, and move it with the arrow keys. The photo itself is never changed.
class CropEditor : public QWidget {
  Q_OBJECT
 public:
  explicit CropEditor(QWidget* parent = nullptr);

  /// `upright` is the photo before the crop's turns; null clears the editor.
  void setPhoto(const QImage& upright, const CropRect& crop);
  [[nodiscard]] CropRect crop() const { return m_crop; }
  void rotate();
  void reset();

  /// Where the photo and the square are drawn.
  [[nodiscard]] QRectF photoRect() const;
  [[nodiscard]] QRectF squareRect() const;
  [[nodiscard]] QSize sizeHint() const override { return {354, 340}; }

 Q_SIGNALS:
  void centreRequested();  ///< by key
  void cropEdited(const likeness::CropRect& crop);  ///< while it is dragged
  /// An edit is over; `before` is the crop when it began.
  void cropCommitted(const likeness::CropRect& before, const likeness::CropRect& after);

 protected:
  void paintEvent(QPaintEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void mouseReleaseEvent(QMouseEvent* event) override;
  void wheelEvent(QWheelEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;

 private:
  enum class Grip { None, Move, TopLeft, TopRight, BottomLeft, BottomRight };
  [[nodiscard]] Grip gripAt(QPointF at) const;
  void pullCorner(QPointF to);
  void edit(const CropRect& crop, bool commitSoon);
  void commit();

  QImage m_upright;
  QImage m_turned;
  CropRect m_crop;
  CropRect m_before;
  bool m_editing = false;
  Grip m_grip = Grip::None;
  QPointF m_last;
  QTimer m_commitTimer;
};

}  // namespace likeness
