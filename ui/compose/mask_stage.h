#pragma once
#include <QWidget>

class QPushButton;
class QSlider;
class QToolButton;

namespace likeness {

class MaskCanvas;

/// Painting where a picture should change: the picture, large, with the tools beside it.
class MaskStage : public QWidget {
  Q_OBJECT
 public:
  explicit MaskStage(QWidget* parent = nullptr);

  [[nodiscard]] MaskCanvas* canvas() const { return m_canvas; }

 Q_SIGNALS:
  void doneRequested();

 protected:
  void resizeEvent(QResizeEvent* event) override;

 private:
  [[nodiscard]] QWidget* makeTools();
  void hear(QPushButton* invert, QPushButton* done);
  void showTools();
  void fitCanvas();

  MaskCanvas* m_canvas;
  QPushButton* m_brush;
  QPushButton* m_eraser;
  QSlider* m_size;
  QToolButton* m_undo;
  QToolButton* m_redo;
  QPushButton* m_clear;
};

}  // namespace likeness
