#pragma once
#include <QImage>
#include <QPixmap>
#include <QWidget>
#include <optional>

#include "ui/widgets/mask_painting.h"

namespace likeness {

/// A picture on which one paints a mask, shown as a tint. The mask is kept at the picture's full resolution, whatever
/// size it is shown at.
/// Pointer: draws; with the right button or Alt it erases; Shift draws a straight line from where the last one ended;
/// the wheel changes the brush, Ctrl and the wheel enlarge the picture, the middle button moves it. Keys: [ and ]
/// change the brush, E erases, I inverts, Delete clears, Ctrl+Z and Ctrl+Shift+Z take back and forth, arrows move the
/// brush and with Shift draw, Space dabs, + − 0 enlarge, Escape is done.
class MaskCanvas : public QWidget {
  Q_OBJECT
 public:
  explicit MaskCanvas(QWidget* parent = nullptr);

  /// Shows a picture with an empty mask. `fullSize` are the pixels of the mask where they are more than `picture` has.
  void setPicture(const QImage& picture, QSize fullSize = {});
  [[nodiscard]] bool hasPicture() const { return !m_picture.isNull(); }
  [[nodiscard]] QSize fullSize() const { return m_mask.size(); }

  /// Format_Grayscale8, white where it is painted.
  [[nodiscard]] const QImage& mask() const { return m_mask; }
  /// Takes over a mask of any size, as a step that can be taken back.
  void setMask(const QImage& mask);
  [[nodiscard]] bool isBlank() const;

  /// The brush's diameter as a part of the picture's shorter side, 0.005 … 1.
  [[nodiscard]] double brush() const { return m_brush; }
  void setBrush(double part);
  void growBrush(int steps);
  [[nodiscard]] bool isErasing() const { return m_erasing; }
  void setErasing(bool erasing);
  [[nodiscard]] bool canUndo() const { return m_history.canUndo(); }
  [[nodiscard]] bool canRedo() const { return m_history.canRedo(); }
  void undo();
  void redo();
  void clearMask();
  void invert();
  void fitPicture();

  /// Where the picture is drawn; where a point of the widget is in the mask's pixels.
  [[nodiscard]] QRectF pictureRect() const;
  [[nodiscard]] QPointF toMask(QPointF position) const;

 Q_SIGNALS:
  void maskChanged();  ///< painted, cleared, taken back …
  void toolChanged();  ///< brush or erasing
  void doneRequested();

 protected:
  void paintEvent(QPaintEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;
  void changeEvent(QEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void mouseReleaseEvent(QMouseEvent* event) override;
  void wheelEvent(QWheelEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  void leaveEvent(QEvent* event) override;
  bool event(QEvent* event) override;

 private:
  [[nodiscard]] double radius() const;
  void beginStroke(QPointF at, bool erase);
  void strokeTo(QPointF at);
  void endStroke();
  void moveCursor(QPointF by, bool draw);
  bool tool(QKeyEvent* event);
  void changed(const QRect& maskRect);
  void zoomTo(double zoom, QPointF about);
  void renderPicture();
  void renderTint(const QRect& maskRect);
  void paintBrush(QPainter& painter) const;

  QImage m_picture;
  QImage m_mask;
  QPixmap m_shown;  ///< the picture as it is drawn, with device pixels
  QImage m_tint;    ///< of the same size
  MaskHistory m_history;
  double m_brush = 0.08;
  bool m_erasing = false;
  double m_zoom = 1;
  QPointF m_shift;  ///< of the enlarged picture, in widget pixels

  bool m_drawing = false;
  bool m_strokeErases = false;
  bool m_moving = false;
  QImage m_beforeStroke;
  QRect m_strokeRect;
  QPointF m_last;  ///< where the stroke is, in the mask's pixels
  std::optional<QPointF> m_lineEnd;
  std::optional<QPointF> m_pointer;  ///< in the mask's pixels
  QPointF m_grabbed;
};

}  // namespace likeness
