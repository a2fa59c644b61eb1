#include "ui/widgets/mask_canvas.h"

#include <QKeyEvent>
#include <QPainter>
#include <QPainterPath>
#include <algorithm>
#include <cmath>

#include "ui/theme/theme.h"

namespace likeness {
namespace {

constexpr double kSmallestBrush = 0.005;
constexpr double kBrushStep = 1.2;
constexpr double kMostZoom = 16;
constexpr double kTint = 0.55;

}  // namespace

MaskCanvas::MaskCanvas(QWidget* parent) : QWidget(parent) {
  setObjectName(QStringLiteral("maskCanvas"));
  setAccessibleName(tr("Mask"));
  setAccessibleDescription(tr(
      "Paint over what should change. Brackets change the brush, E erases, I inverts, Delete clears, arrows move the "
      "brush, Space paints."));
  setFocusPolicy(Qt::StrongFocus);
  setMouseTracking(true);
  setMinimumSize(200, 200);
  setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
  setCursor(Qt::BlankCursor);
}

void MaskCanvas::setPicture(const QImage& picture, QSize fullSize) {
  m_picture = picture;
  m_mask = QImage(fullSize.isEmpty() ? picture.size() : fullSize, QImage::Format_Grayscale8);
  m_mask.fill(0);
  m_history.clear();
  m_pointer.reset();
  m_lineEnd.reset();
  fitPicture();
  Q_EMIT maskChanged();
}

void MaskCanvas::setMask(const QImage& mask) {
  if (m_mask.isNull() || mask.isNull()) return;
  const QImage before = m_mask;
  m_mask = mask.convertToFormat(QImage::Format_Grayscale8);
  if (m_mask.size() != before.size())
    m_mask = m_mask.scaled(before.size(), Qt::IgnoreAspectRatio, Qt::SmoothTransformation);
  if (m_mask == before) return;
  m_history.add(before, before.rect());
  changed(m_mask.rect());
}

bool MaskCanvas::isBlank() const {
  for (int y = 0; y < m_mask.height(); ++y) {
    const uchar* line = m_mask.constScanLine(y);
    if (std::any_of(line, line + m_mask.width(), [](uchar value) { return value >= 128; })) return false;
  }
  return true;
}

void MaskCanvas::setBrush(double part) {
  const double brush = std::clamp(part, kSmallestBrush, 1.0);
  if (brush == m_brush) return;
  m_brush = brush;
  update();
  Q_EMIT toolChanged();
}

void MaskCanvas::growBrush(int steps) { setBrush(m_brush * std::pow(kBrushStep, steps)); }

void MaskCanvas::setErasing(bool erasing) {
  if (erasing == m_erasing) return;
  m_erasing = erasing;
  update();
  Q_EMIT toolChanged();
}

void MaskCanvas::undo() {
  if (const QRect rect = m_history.undo(m_mask); !rect.isEmpty()) changed(rect);
}

void MaskCanvas::redo() {
  if (const QRect rect = m_history.redo(m_mask); !rect.isEmpty()) changed(rect);
}

void MaskCanvas::clearMask() {
  if (m_mask.isNull() || isBlank()) return;
  m_history.add(m_mask, m_mask.rect());
  m_mask.fill(0);
  changed(m_mask.rect());
}

void MaskCanvas::invert() {
  if (m_mask.isNull()) return;
  m_history.add(m_mask, m_mask.rect());
  invertMask(m_mask);
  changed(m_mask.rect());
}

void MaskCanvas::fitPicture() {
  m_zoom = 1;
  m_shift = {};
  renderPicture();
}

double MaskCanvas::radius() const { return m_brush * std::min(m_mask.width(), m_mask.height()) / 2; }

QRectF MaskCanvas::pictureRect() const {
  const QSizeF room = QSizeF(size()) - QSizeF(2, 2);
  const QSizeF fitted = m_mask.isNull() ? room : QSizeF(m_mask.size()).scaled(room, Qt::KeepAspectRatio);
  return {QPointF(1, 1) + m_shift, fitted * m_zoom};
}

QPointF MaskCanvas::toMask(QPointF position) const {
  const QRectF frame = pictureRect();
  return {(position.x() - frame.left()) / frame.width() * m_mask.width(),
          (position.y() - frame.top()) / frame.height() * m_mask.height()};
}

void MaskCanvas::changed(const QRect& maskRect) {
  renderTint(maskRect);
  update();
  Q_EMIT maskChanged();
}

// ---- painting on the screen

void MaskCanvas::renderPicture() {
  const qreal ratio = devicePixelRatioF();
  // Enlarged, only its fitted size is kept and drawn larger: pixels may be seen then.
  const QSize pixels = (QSizeF(pictureRect().size()) / m_zoom * ratio).toSize().expandedTo({1, 1});
  m_shown = m_picture.isNull()
                ? QPixmap()
                : QPixmap::fromImage(m_picture.scaled(pixels, Qt::IgnoreAspectRatio, Qt::SmoothTransformation));
  m_tint = QImage(pixels, QImage::Format_ARGB32_Premultiplied);
  m_tint.fill(Qt::transparent);
  renderTint(m_mask.rect());
  update();
}

void MaskCanvas::renderTint(const QRect& maskRect) {
  if (m_mask.isNull() || m_tint.isNull()) return;
  const double acrossX = double(m_mask.width()) / m_tint.width();
  const double acrossY = double(m_mask.height()) / m_tint.height();
  const QRect rect = QRectF(maskRect.left() / acrossX - 1, maskRect.top() / acrossY - 1, maskRect.width() / acrossX + 2,
                            maskRect.height() / acrossY + 2)
                         .toAlignedRect()
                         .intersected(m_tint.rect());
  const QColor accent = Theme::colour(Role::Accent);
  const auto sample = [&](double x, double y) {
    return m_mask.constScanLine(
        std::clamp(int(y * acrossY), 0, m_mask.height() - 1))[std::clamp(int(x * acrossX), 0, m_mask.width() - 1)];
  };
  for (int y = rect.top(); y <= rect.bottom(); ++y) {
    auto* line = reinterpret_cast<QRgb*>(m_tint.scanLine(y));
    for (int x = rect.left(); x <= rect.right(); ++x) {
      // Four points a pixel: enough for an edge that doesn't flicker where the mask is much larger.
      const int sum = sample(x + 0.25, y + 0.25) + sample(x + 0.75, y + 0.25) + sample(x + 0.25, y + 0.75) +
                      sample(x + 0.75, y + 0.75);
      const double alpha = kTint * sum / (4 * 255.0);
      line[x] = qPremultiply(qRgba(accent.red(), accent.green(), accent.blue(), int(alpha * 255 + 0.5)));
    }
  }
}

void MaskCanvas::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.setRenderHints(QPainter::Antialiasing | QPainter::SmoothPixmapTransform);
  const QRectF frame = pictureRect().intersected(QRectF(rect()).adjusted(1, 1, -1, -1));
  QPainterPath shape;
  shape.addRoundedRect(frame, kRadiusThumbnail, kRadiusThumbnail);
  painter.setClipPath(shape);
  painter.fillPath(shape, Theme::colour(Role::Sunk));
  if (!m_shown.isNull()) {
    painter.drawPixmap(pictureRect(), m_shown, m_shown.rect());
    painter.drawImage(pictureRect(), m_tint, m_tint.rect());
  }
  if (m_pointer && isEnabled()) paintBrush(painter);
  painter.setClipping(false);
  painter.setBrush(Qt::NoBrush);
  const bool focused = property("keyboardFocus").toBool();
  painter.setPen(QPen(Theme::colour(focused ? Role::Accent : Role::Line), focused ? 2 : 1));
  painter.drawPath(shape);
}

// Two rings, so that one of them is seen on any picture.
void MaskCanvas::paintBrush(QPainter& painter) const {
  const QRectF frame = pictureRect();
  const double scale = frame.width() / m_mask.width();
  const QPointF centre = frame.topLeft() + *m_pointer * scale;
  const double ring = std::max(2.0, radius() * scale);
  painter.setBrush(Qt::NoBrush);
  painter.setPen(QPen(Qt::black, 1, m_erasing || m_strokeErases ? Qt::DashLine : Qt::SolidLine));
  painter.drawEllipse(centre, ring + 0.5, ring + 0.5);
  painter.setPen(QPen(Qt::white, 1, m_erasing || m_strokeErases ? Qt::DashLine : Qt::SolidLine));
  painter.drawEllipse(centre, ring - 0.5, ring - 0.5);
}

void MaskCanvas::resizeEvent(QResizeEvent*) { fitPicture(); }

void MaskCanvas::changeEvent(QEvent* event) {
  QWidget::changeEvent(event);
  if (event->type() == QEvent::PaletteChange) renderTint(m_mask.rect());
}

void MaskCanvas::leaveEvent(QEvent*) {
  if (m_drawing) return;
  m_pointer.reset();
  update();
}

// ---- strokes

void MaskCanvas::beginStroke(QPointF at, bool erase) {
  m_drawing = true;
  m_strokeErases = erase;
  m_beforeStroke = m_mask;
  m_strokeRect = {};
  m_last = at;
  strokeTo(at);
}

void MaskCanvas::strokeTo(QPointF at) {
  const QRect rect = paintLine(m_mask, m_last, at, radius(), m_strokeErases);
  m_strokeRect |= rect;
  m_last = at;
  renderTint(rect);
  update();
}

void MaskCanvas::endStroke() {
  if (!m_drawing) return;
  m_drawing = false;
  m_strokeErases = false;
  m_lineEnd = m_last;
  m_history.add(m_beforeStroke, m_strokeRect);
  m_beforeStroke = {};
  Q_EMIT maskChanged();
}

void MaskCanvas::mousePressEvent(QMouseEvent* event) {
  if (!hasPicture()) return;
  if (event->button() == Qt::MiddleButton) {
    m_moving = true;
    m_grabbed = event->position() - m_shift;
    return;
  }
  if (m_drawing || (event->button() != Qt::LeftButton && event->button() != Qt::RightButton)) return;
  const QPointF at = toMask(event->position());
  m_pointer = at;
  const bool other = event->button() == Qt::RightButton || (event->modifiers() & Qt::AltModifier);
  const bool line = (event->modifiers() & Qt::ShiftModifier) && m_lineEnd;
  beginStroke(line ? *m_lineEnd : at, m_erasing != other);
  if (line) strokeTo(at);
}

void MaskCanvas::mouseMoveEvent(QMouseEvent* event) {
  if (!hasPicture()) return;
  if (m_moving) {
    m_shift = event->position() - m_grabbed;
    return update();
  }
  m_pointer = toMask(event->position());
  if (m_drawing) strokeTo(*m_pointer);
  update();
}

void MaskCanvas::mouseReleaseEvent(QMouseEvent* event) {
  if (event->button() == Qt::MiddleButton) {
    m_moving = false;
    return;
  }
  endStroke();
}

void MaskCanvas::wheelEvent(QWheelEvent* event) {
  const double notches = (event->angleDelta().y() != 0 ? event->angleDelta().y() : event->angleDelta().x()) / 120.0;
  if (event->modifiers() & Qt::ControlModifier) {
    zoomTo(m_zoom * std::pow(1.25, notches), event->position());
  } else {
    setBrush(m_brush * std::pow(kBrushStep, notches));
  }
  event->accept();
}

void MaskCanvas::zoomTo(double zoom, QPointF about) {
  const QPointF at = toMask(about);
  m_zoom = std::clamp(zoom, 1.0, kMostZoom);
  if (m_zoom == 1) m_shift = {};
  const QRectF frame = pictureRect();
  const double scale = frame.width() / m_mask.width();
  if (m_zoom > 1) m_shift += about - (frame.topLeft() + at * scale);
  update();
}

// ---- keys

bool MaskCanvas::event(QEvent* event) {
  // The page's own shortcuts must not take what this widget knows itself.
  if (event->type() == QEvent::ShortcutOverride) {
    auto* keys = static_cast<QKeyEvent*>(event);
    if (keys->matches(QKeySequence::Undo) || keys->matches(QKeySequence::Redo) || keys->key() == Qt::Key_Delete) {
      event->accept();
      return true;
    }
  }
  return QWidget::event(event);
}

void MaskCanvas::moveCursor(QPointF by, bool draw) {
  if (!m_pointer) m_pointer = QPointF(m_mask.width() / 2.0, m_mask.height() / 2.0);
  const QPointF from = *m_pointer;
  m_pointer = QPointF(std::clamp(from.x() + by.x(), 0.0, double(m_mask.width())),
                      std::clamp(from.y() + by.y(), 0.0, double(m_mask.height())));
  if (draw) {
    beginStroke(from, m_erasing);
    strokeTo(*m_pointer);
    endStroke();
  }
  update();
}

bool MaskCanvas::tool(QKeyEvent* event) {
  if (event->matches(QKeySequence::Undo)) return undo(), true;
  if (event->matches(QKeySequence::Redo)) return redo(), true;
  switch (event->key()) {
    case Qt::Key_BracketLeft:
      return growBrush(-1), true;
    case Qt::Key_BracketRight:
      return growBrush(1), true;
    case Qt::Key_E:
      return setErasing(!m_erasing), true;
    case Qt::Key_B:
      return setErasing(false), true;
    case Qt::Key_I:
      return invert(), true;
    case Qt::Key_Delete:
    case Qt::Key_Backspace:
      return clearMask(), true;
    case Qt::Key_Escape:
    case Qt::Key_Return:
    case Qt::Key_Enter:
      return Q_EMIT doneRequested(), true;
    case Qt::Key_Plus:
    case Qt::Key_Equal:
      return zoomTo(m_zoom * 1.25, rect().center()), true;
    case Qt::Key_Minus:
      return zoomTo(m_zoom / 1.25, rect().center()), true;
    case Qt::Key_0:
      return fitPicture(), true;
    default:
      return false;
  }
}

void MaskCanvas::keyPressEvent(QKeyEvent* event) {
  if (!hasPicture()) return QWidget::keyPressEvent(event);
  if (tool(event)) return;
  const bool draw = event->modifiers() & Qt::ShiftModifier;
  const double step = std::max(1.0, radius() / 2);
  switch (event->key()) {
    case Qt::Key_Left:
      return moveCursor({-step, 0}, draw);
    case Qt::Key_Right:
      return moveCursor({step, 0}, draw);
    case Qt::Key_Up:
      return moveCursor({0, -step}, draw);
    case Qt::Key_Down:
      return moveCursor({0, step}, draw);
    case Qt::Key_Space:
      return moveCursor({0, 0}, true);
    default:
      QWidget::keyPressEvent(event);
  }
}

}  // namespace likeness
