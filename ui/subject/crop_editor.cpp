#include "ui/subject/crop_editor.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QPainterPath>
#include <QTransform>
#include <algorithm>
#include <array>
#include <cmath>

#include "ui/subject/crop_geometry.h"
#include "ui/theme/theme.h"
#include "ui/widgets/qimage.h"

namespace likeness {
namespace {

constexpr double kGripReach = 14;
constexpr int kHandle = 10;
constexpr int kCommitAfterMs = 350;  // wheel and keys come in bursts

}  // namespace

CropEditor::CropEditor(QWidget* parent) : QWidget(parent) {
  setObjectName(QStringLiteral("cropEditor"));
  setAccessibleName(tr("Square that is trained"));
  setAccessibleDescription(tr("Arrow keys move it, plus and minus change its size, R turns the photo, C moves it to what stands out"));
  setFocusPolicy(Qt::StrongFocus);
  setMouseTracking(true);
  setMinimumHeight(96);
  setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
  m_commitTimer.setSingleShot(true);
  m_commitTimer.setInterval(kCommitAfterMs);
  connect(&m_commitTimer, &QTimer::timeout, this, &CropEditor::commit);
}

void CropEditor::setPhoto(const QImage& upright, const CropRect& crop) {
  if (m_editing && upright.cacheKey() != m_upright.cacheKey()) commit();
  if (m_editing) return;  // an older answer must not pull the square back under the pointer
  const bool turn = upright.cacheKey() != m_upright.cacheKey() || crop.quarterTurns != m_crop.quarterTurns;
  m_upright = upright;
  m_crop = crop;
  if (turn) m_turned = upright.transformed(QTransform().rotate(90.0 * crop.quarterTurns));
  update();
}

QRectF CropEditor::photoRect() const {
  if (m_turned.isNull()) return {};
  const QSizeF size = QSizeF(m_turned.size()).scaled(QSizeF(width(), height()), Qt::KeepAspectRatio);
  return {(width() - size.width()) / 2, (height() - size.height()) / 2, size.width(), size.height()};
}

QRectF CropEditor::squareRect() const {
  const QRectF photo = photoRect();
  if (photo.isEmpty()) return {};
  const QRectF square = cropSquare(m_crop, m_upright.size());
  const double scale = photo.width() / m_turned.width();
  return {photo.x() + square.x() * scale, photo.y() + square.y() * scale, square.width() * scale,
          square.height() * scale};
}

void CropEditor::rotate() {
  if (m_upright.isNull()) return;
  edit(turnedClockwise(m_crop), false);
  commit();
}

void CropEditor::reset() {
  if (m_upright.isNull()) return;
  edit(CropRect{}, false);
  commit();
}

void CropEditor::edit(const CropRect& crop, bool commitSoon) {
  if (!m_editing) {
    m_editing = true;
    m_before = m_crop;
  }
  if (crop.quarterTurns != m_crop.quarterTurns) {
    m_turned = m_upright.transformed(QTransform().rotate(90.0 * crop.quarterTurns));
  }
  m_crop = crop;
  if (commitSoon) m_commitTimer.start();
  update();
  Q_EMIT cropEdited(m_crop);
}

void CropEditor::commit() {
  m_commitTimer.stop();
  if (!m_editing) return;
  m_editing = false;
  if (!(m_crop == m_before)) Q_EMIT cropCommitted(m_before, m_crop);
}

void CropEditor::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.setRenderHints(QPainter::Antialiasing | QPainter::SmoothPixmapTransform);
  const QRectF photo = photoRect();
  if (photo.isEmpty()) return;
  QPainterPath frame;
  frame.addRoundedRect(photo, kRadiusThumbnail, kRadiusThumbnail);
  painter.setClipPath(frame);
  painter.drawImage(photo, m_turned);
  const QRectF square = squareRect();
  QPainterPath outside;
  outside.addRect(photo);
  outside.addRect(square);
  QColor veil = Theme::colour(Role::Panel);
  veil.setAlphaF(0.6F);
  painter.fillPath(outside, veil);
  painter.setClipping(false);

  painter.setPen(QPen(QColor(255, 255, 255, 120), 1));
  for (const double third : {1.0 / 3, 2.0 / 3}) {
    const double x = std::round(square.x() + square.width() * third) + 0.5;
    const double y = std::round(square.y() + square.height() * third) + 0.5;
    painter.drawLine(QPointF(x, square.top()), QPointF(x, square.bottom()));
    painter.drawLine(QPointF(square.left(), y), QPointF(square.right(), y));
  }
  painter.setBrush(Qt::NoBrush);
  painter.setPen(QPen(Theme::colour(Role::Accent), 2));
  painter.drawRect(square.adjusted(1, 1, -1, -1));
  painter.setBrush(Theme::colour(Role::Panel));
  for (const QPointF& corner : {square.topLeft(), square.topRight(), square.bottomLeft(), square.bottomRight()}) {
    QRectF handle(0, 0, kHandle, kHandle);
    handle.moveCenter(corner);
    const QRectF inside(0, 0, width(), height());
    handle.moveLeft(std::clamp(handle.left(), inside.left() + 1, inside.right() - kHandle - 1));
    handle.moveTop(std::clamp(handle.top(), inside.top() + 1, inside.bottom() - kHandle - 1));
    painter.drawRoundedRect(handle, 3, 3);
  }
  if (property("keyboardFocus").toBool()) {
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(Theme::colour(Role::Accent), 2));
    painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), kRadiusThumbnail, kRadiusThumbnail);
  }
}

CropEditor::Grip CropEditor::gripAt(QPointF at) const {
  const QRectF square = squareRect();
  if (square.isEmpty()) return Grip::None;
  const std::array<std::pair<QPointF, Grip>, 4> corners = {{{square.topLeft(), Grip::TopLeft},
                                                            {square.topRight(), Grip::TopRight},
                                                            {square.bottomLeft(), Grip::BottomLeft},
                                                            {square.bottomRight(), Grip::BottomRight}}};
  for (const auto& [corner, grip] : corners) {
    if ((corner - at).manhattanLength() < kGripReach) return grip;
  }
  return square.contains(at) ? Grip::Move : Grip::None;
}

void CropEditor::mousePressEvent(QMouseEvent* event) {
  if (event->button() != Qt::LeftButton) return;
  commit();
  m_grip = gripAt(event->position());
  m_last = event->position();
}

void CropEditor::mouseMoveEvent(QMouseEvent* event) {
  const QPointF at = event->position();
  if (m_grip == Grip::None) {
    const Grip grip = gripAt(at);
    const bool diagonal = grip == Grip::TopLeft || grip == Grip::BottomRight;
    setCursor(grip == Grip::None   ? Qt::ArrowCursor
              : grip == Grip::Move ? Qt::SizeAllCursor
              : diagonal           ? Qt::SizeFDiagCursor
                                   : Qt::SizeBDiagCursor);
    return;
  }
  const QRectF photo = photoRect();
  if (m_grip == Grip::Move) {
    const QPointF by((at.x() - m_last.x()) / photo.width(), (at.y() - m_last.y()) / photo.height());
    edit(moved(m_crop, m_upright.size(), by), false);
  } else {
    pullCorner(at);
  }
  m_last = at;
}

void CropEditor::mouseReleaseEvent(QMouseEvent* event) {
  if (event->button() != Qt::LeftButton) return;
  m_grip = Grip::None;
  commit();
}

void CropEditor::pullCorner(QPointF to) {
  const QRectF photo = photoRect();
  const QRectF square = squareRect();
  const bool left = m_grip == Grip::TopLeft || m_grip == Grip::BottomLeft;
  const bool top = m_grip == Grip::TopLeft || m_grip == Grip::TopRight;
  // The opposite corner stays where it is; the square may grow as far as the photo reaches from there.
  const QPointF fixed(left ? square.right() : square.left(), top ? square.bottom() : square.top());
  const double roomX = left ? fixed.x() - photo.left() : photo.right() - fixed.x();
  const double roomY = top ? fixed.y() - photo.top() : photo.bottom() - fixed.y();
  const double shorter = std::min(photo.width(), photo.height());
  const double wanted = std::max(std::abs(to.x() - fixed.x()), std::abs(to.y() - fixed.y()));
  const double side = std::clamp(wanted, kSmallestSide * shorter, std::max(kSmallestSide * shorter, std::min(roomX, roomY)));
  CropRect crop = m_crop;
  crop.side = side / shorter;
  crop.centerX = (fixed.x() + (left ? -side : side) / 2 - photo.left()) / photo.width();
  crop.centerY = (fixed.y() + (top ? -side : side) / 2 - photo.top()) / photo.height();
  edit(normalized(crop, m_upright.size()), false);
}

void CropEditor::wheelEvent(QWheelEvent* event) {
  if (m_upright.isNull()) return;
  const double notches = event->angleDelta().y() / 120.0;
  edit(zoomed(m_crop, m_upright.size(), std::pow(0.94, notches)), true);
  event->accept();
}

void CropEditor::keyPressEvent(QKeyEvent* event) {
  if (m_upright.isNull()) return QWidget::keyPressEvent(event);
  const double step = (event->modifiers() & Qt::ShiftModifier) != 0 ? 0.05 : 0.01;
  const QSizeF size = m_upright.size();
  switch (event->key()) {
    case Qt::Key_Left: return edit(moved(m_crop, size, {-step, 0}), true);
    case Qt::Key_Right: return edit(moved(m_crop, size, {step, 0}), true);
    case Qt::Key_Up: return edit(moved(m_crop, size, {0, -step}), true);
    case Qt::Key_Down: return edit(moved(m_crop, size, {0, step}), true);
    case Qt::Key_Plus:
    case Qt::Key_Equal: return edit(zoomed(m_crop, size, 1.05), true);
    case Qt::Key_Minus: return edit(zoomed(m_crop, size, 1 / 1.05), true);
    case Qt::Key_R: return rotate();
    case Qt::Key_C: return centreRequested();
    default: QWidget::keyPressEvent(event);
  }
}

}  // namespace likeness
