#include "ui/widgets/mask_painting.h"

#include <algorithm>
#include <cmath>
#include <cstring>

namespace likeness {
namespace {

constexpr qsizetype kMostBytes = 256 << 20;

// The distance of a point to the line between two.
double distanceToLine(QPointF point, QPointF from, QPointF along, double lengthSquared) {
  const QPointF offset = point - from;
  const double at = lengthSquared > 0 ? std::clamp(QPointF::dotProduct(offset, along) / lengthSquared, 0.0, 1.0) : 0;
  const QPointF apart = offset - along * at;
  return std::hypot(apart.x(), apart.y());
}

}  // namespace

QRect paintLine(QImage& mask, QPointF from, QPointF to, double radius, bool erase) {
  const double reach = radius + 1;
  const QRectF around = QRectF(from, to).normalized().adjusted(-reach, -reach, reach, reach);
  const QRect rect = around.toAlignedRect().intersected(mask.rect());
  const QPointF along = to - from;
  const double lengthSquared = QPointF::dotProduct(along, along);
  for (int y = rect.top(); y <= rect.bottom(); ++y) {
    uchar* line = mask.scanLine(y);
    for (int x = rect.left(); x <= rect.right(); ++x) {
      const double distance = distanceToLine({x + 0.5, y + 0.5}, from, along, lengthSquared);
      const double cover = std::clamp(radius + 0.5 - distance, 0.0, 1.0);
      if (cover <= 0) continue;
      const auto paint = static_cast<uchar>(std::lround(255 * cover));
      line[x] = erase ? std::min(line[x], static_cast<uchar>(255 - paint)) : std::max(line[x], paint);
    }
  }
  return rect;
}

void invertMask(QImage& mask) { mask.invertPixels(); }

void MaskHistory::clear() {
  m_done.clear();
  m_undone.clear();
  m_bytes = 0;
}

void MaskHistory::add(const QImage& before, const QRect& rect) {
  if (rect.isEmpty()) return;
  for (const Step& step : m_undone) m_bytes -= step.other.sizeInBytes();
  m_undone.clear();
  m_done.push_back({rect, before.copy(rect)});
  m_bytes += m_done.back().other.sizeInBytes();
  while (m_bytes > kMostBytes && m_done.size() > 1) {
    m_bytes -= m_done.front().other.sizeInBytes();
    m_done.pop_front();
  }
}

QRect MaskHistory::undo(QImage& mask) {
  if (m_done.empty()) return {};
  swap(mask, m_done.back());
  m_undone.push_back(std::move(m_done.back()));
  m_done.pop_back();
  return m_undone.back().rect;
}

QRect MaskHistory::redo(QImage& mask) {
  if (m_undone.empty()) return {};
  swap(mask, m_undone.back());
  m_done.push_back(std::move(m_undone.back()));
  m_undone.pop_back();
  return m_done.back().rect;
}

void MaskHistory::swap(QImage& mask, Step& step) {
  const QImage now = mask.copy(step.rect);
  const auto bytes = static_cast<std::size_t>(step.rect.width());
  for (int y = 0; y < step.rect.height(); ++y) {
    std::memcpy(mask.scanLine(step.rect.top() + y) + step.rect.left(), step.other.constScanLine(y), bytes);
  }
  step.other = now;
}

}  // namespace likeness
