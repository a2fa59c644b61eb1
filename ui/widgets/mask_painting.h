#pragma once
#include <QImage>
#include <deque>

namespace likeness {

/// Paints a line with round ends into a mask (Format_Grayscale8): white, or black when erasing, its edge soft over one
/// pixel. Positions and radius are pixels of the mask, pixel centres at halves. Returns the rectangle that may have
/// changed.
QRect paintLine(QImage& mask, QPointF from, QPointF to, double radius, bool erase);

/// Black becomes white.
void invertMask(QImage& mask);

/// What can be taken back of a mask: each step keeps the rectangle that it changed, as it was before; the oldest steps
/// go when they take too much memory.
class MaskHistory {
 public:
  void clear();
  /// Remembers that `rect` of the mask was changed; `before` is the whole mask as it was.
  void add(const QImage& before, const QRect& rect);
  /// Takes a step back or forth; returns the rectangle that changed, empty when there is none.
  QRect undo(QImage& mask);
  QRect redo(QImage& mask);
  [[nodiscard]] bool canUndo() const { return !m_done.empty(); }
  [[nodiscard]] bool canRedo() const { return !m_undone.empty(); }

 private:
  struct Step {
    QRect rect;
    QImage other;  ///< what `rect` holds on the other side of the step
  };
  static void swap(QImage& mask, Step& step);

  std::deque<Step> m_done, m_undone;
  qsizetype m_bytes = 0;
};

}  // namespace likeness
