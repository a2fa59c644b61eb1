#include "ui/compose/before_after.h"

#include <QApplication>
#include <QDrag>
#include <QKeyEvent>
#include <QMimeData>
#include <QPainter>
#include <QPainterPath>
#include <algorithm>

#include "ui/theme/theme.h"
#include "ui/widgets/dropped_files.h"

namespace likeness {
namespace {

constexpr int kGrip = 16;  ///< how near to the divider the pointer takes hold of it
constexpr double kKeyStep = 0.05;

// Where there is no room for all of it, what stands before the first dot is said.
void paintBadge(QPainter& painter, const QString& text, const QRectF& frame, bool left) {
  painter.setFont(textFont(TextStyle::Small));
  const int most = int(frame.width()) - 4 * kSpace8;
  const bool fits = painter.fontMetrics().horizontalAdvance(text) <= most;
  const auto shown = painter.fontMetrics().elidedText(fits ? text : text.section(QStringLiteral(" · "), 0, 0), Qt::ElideRight, most);
  const QSizeF size(painter.fontMetrics().horizontalAdvance(shown) + 2 * kSpace8, 24);
  const QPointF corner(left ? frame.left() + kSpace8 : frame.right() - kSpace8 - size.width(),
                       frame.bottom() - kSpace8 - size.height());
  const QRectF badge(corner, size);
  painter.setPen(Qt::NoPen);
  painter.setBrush(Theme::colour(Role::Panel));
  painter.drawRoundedRect(badge, 6, 6);
  painter.setPen(Theme::colour(Role::Text));
  painter.drawText(badge, Qt::AlignCenter, shown);
}

}  // namespace

BeforeAfter::BeforeAfter(QWidget* parent) : QWidget(parent), m_beforeCaption(tr("Before")) {
  setObjectName("bigPicture");
  setAccessibleName(tr("The picture, and what the base model made of the same seed"));
  setFocusPolicy(Qt::StrongFocus);
  setMouseTracking(true);
  setMinimumSize(200, 200);
  setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
}

void BeforeAfter::setPicture(const QPixmap& after, const QString& file, const QString& caption) {
  m_after = after;
  m_file = file;
  m_caption = caption;
  m_progress = -1;
  setAccessibleDescription(caption);
  update();
}

void BeforeAfter::setBefore(const QPixmap& before) {
  m_before = before;
  setCursor(Qt::ArrowCursor);
  update();
}

void BeforeAfter::setBeforeCaption(const QString& caption) {
  m_beforeCaption = caption;
  update();
}

void BeforeAfter::setCentred(bool centred) {
  m_centred = centred;
  update();
}

void BeforeAfter::setProgress(double part) {
  m_progress = part;
  update();
}

void BeforeAfter::setEmptyText(const QString& text) {
  m_emptyText = text;
  update();
}

void BeforeAfter::clear() {
  m_after = {};
  m_before = {};
  m_file.clear();
  m_caption.clear();
  m_progress = -1;
  update();
}

void BeforeAfter::setDivider(double divider) {
  const double moved = std::clamp(divider, 0.0, 1.0);
  if (moved == m_divider) return;
  m_divider = moved;
  update();
  Q_EMIT dividerMoved(moved);
}

QRectF BeforeAfter::pictureRect() const {
  const QSizeF room = QSizeF(size()) - QSizeF(2, 2);
  const QSizeF shown = m_after.isNull() ? room : QSizeF(m_after.size()).scaled(room, Qt::KeepAspectRatio);
  return {QPointF(m_centred ? (width() - shown.width()) / 2 : 1, 1), shown};
}

double BeforeAfter::dividerX() const { return pictureRect().left() + pictureRect().width() * m_divider; }

bool BeforeAfter::nearDivider(const QPointF& position) const {
  return hasBefore() && std::abs(position.x() - dividerX()) <= kGrip;
}

void BeforeAfter::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.setRenderHints(QPainter::Antialiasing | QPainter::SmoothPixmapTransform);
  if (!hasPicture()) return paintEmpty(painter);
  const auto frame = pictureRect();
  QPainterPath shape;
  shape.addRoundedRect(frame, kRadiusThumbnail, kRadiusThumbnail);
  painter.setClipPath(shape);
  painter.drawPixmap(frame, m_after, m_after.rect());
  if (hasBefore()) paintDivider(painter, frame);
  paintBadges(painter, frame);
  if (m_progress >= 0) paintProgress(painter, frame);
  painter.setClipping(false);
  painter.setBrush(Qt::NoBrush);
  const bool focused = property("keyboardFocus").toBool();
  painter.setPen(QPen(Theme::colour(focused ? Role::Accent : Role::Line), focused ? 2 : 1));
  painter.drawPath(shape);
}

void BeforeAfter::paintDivider(QPainter& painter, const QRectF& frame) const {
  painter.save();
  painter.setClipRect(QRectF(frame.topLeft(), QPointF(dividerX(), frame.bottom())), Qt::IntersectClip);
  painter.drawPixmap(frame, m_before, m_before.rect());
  painter.restore();
  painter.fillRect(QRectF(dividerX() - 1, frame.top(), 2, frame.height()), Theme::colour(Role::Accent));
  painter.setPen(Qt::NoPen);
  painter.setBrush(Theme::colour(Role::Accent));
  painter.drawEllipse(QPointF(dividerX(), frame.center().y()), 9, 9);
  painter.setPen(QPen(Theme::colour(Role::OnAccent), 1.5));
  for (const double side : {-1.0, 1.0}) {
    const QPointF tip(dividerX() + side * 5, frame.center().y());
    painter.drawLine(tip, tip + QPointF(-side * 2.5, -2.5));
    painter.drawLine(tip, tip + QPointF(-side * 2.5, 2.5));
  }
}

void BeforeAfter::paintProgress(QPainter& painter, const QRectF& frame) const {
  const QRectF line(frame.left(), frame.bottom() - 4, frame.width(), 4);
  QColor ground = Theme::colour(Role::Panel);
  ground.setAlphaF(0.7F);
  painter.fillRect(line, ground);
  painter.fillRect(QRectF(line.topLeft(), QSizeF(line.width() * std::min(1.0, m_progress), line.height())),
                   Theme::colour(Role::Accent));
}

void BeforeAfter::paintBadges(QPainter& painter, const QRectF& frame) const {
  if (!hasBefore()) {
    if (!m_caption.isEmpty()) paintBadge(painter, m_caption, frame, false);
    return;
  }
  const double room = 96;
  if (m_divider * frame.width() > room) {
    paintBadge(painter, m_beforeCaption, QRectF(frame.topLeft(), QPointF(dividerX(), frame.bottom())), true);
  }
  if ((1 - m_divider) * frame.width() > room) {
    paintBadge(painter, m_caption, QRectF(QPointF(dividerX(), frame.top()), frame.bottomRight()), false);
  }
}

void BeforeAfter::paintEmpty(QPainter& painter) const {
  const auto frame = pictureRect();
  painter.setPen(QPen(Theme::colour(Role::Line), 1));
  painter.setBrush(Theme::colour(Role::Sunk));
  painter.drawRoundedRect(frame, kRadiusThumbnail, kRadiusThumbnail);
  painter.setPen(Theme::colour(Role::SoftText));
  painter.setFont(textFont(TextStyle::Body));
  painter.drawText(frame.adjusted(kSpace24, kSpace24, -kSpace24, -kSpace24), Qt::AlignCenter | Qt::TextWordWrap, m_emptyText);
}

void BeforeAfter::mousePressEvent(QMouseEvent* event) {
  if (event->button() != Qt::LeftButton || !hasPicture()) return;
  m_pressed = event->position();
  m_moving = nearDivider(event->position());
}

void BeforeAfter::mouseMoveEvent(QMouseEvent* event) {
  if (m_moving) return setDivider((event->position().x() - pictureRect().left()) / pictureRect().width());
  if (!(event->buttons() & Qt::LeftButton)) {
    return setCursor(nearDivider(event->position()) ? Qt::SplitHCursor : Qt::ArrowCursor);
  }
  const bool far = (event->position() - m_pressed).manhattanLength() >= QApplication::startDragDistance();
  if (far && !m_file.isEmpty()) dragOut();
}

void BeforeAfter::mouseReleaseEvent(QMouseEvent*) { m_moving = false; }

void BeforeAfter::keyPressEvent(QKeyEvent* event) {
  if (!hasBefore()) return QWidget::keyPressEvent(event);
  switch (event->key()) {
    case Qt::Key_Left: return setDivider(m_divider - kKeyStep);
    case Qt::Key_Right: return setDivider(m_divider + kKeyStep);
    case Qt::Key_Home: return setDivider(0);
    case Qt::Key_End: return setDivider(1);
    default: QWidget::keyPressEvent(event);
  }
}

void BeforeAfter::dragOut() {
  auto* drag = new QDrag(this);
  drag->setMimeData(madePictureData({m_file}));
  drag->setPixmap(m_after.scaled(96, 96, Qt::KeepAspectRatio, Qt::SmoothTransformation));
  drag->exec(Qt::CopyAction);
}

}  // namespace likeness
