#include "ui/training/preview_tile.h"

#include <QLocale>
#include <QPainter>
#include <QPainterPath>

#include "ui/theme/theme.h"

namespace likeness {

PreviewTile::PreviewTile(std::int64_t step, QWidget* parent) : QAbstractButton(parent), m_step(step) {
  setObjectName(QStringLiteral("previewTile%1").arg(step));
  setCursor(Qt::PointingHandCursor);
  setFocusPolicy(Qt::TabFocus);
  resize(sizeHint());
  tell();
}

void PreviewTile::tell() {
  setAccessibleName(m_best ? tr("Preview at step %1, the best checkpoint").arg(m_step)
                           : tr("Preview at step %1").arg(m_step));
}

void PreviewTile::setPicture(const QImage& picture) {
  m_picture = picture;
  update();
}

void PreviewTile::setBest(bool best) {
  m_best = best;
  tell();
  update();
}

void PreviewTile::setMarked(bool marked) {
  m_marked = marked;
  update();
}

QString PreviewTile::caption() const {
  const auto step = QLocale().toString(qlonglong(m_step));
  return m_best ? step + QStringLiteral(" ★") : step;
}

void PreviewTile::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.setRenderHints(QPainter::Antialiasing | QPainter::SmoothPixmapTransform);
  const QRectF frame = QRectF(0, 0, kSide, kSide).adjusted(2, 2, -2, -2);
  QPainterPath shape;
  shape.addRoundedRect(frame, kRadiusControl, kRadiusControl);
  painter.fillPath(shape, Theme::colour(Role::Sunk));
  if (!m_picture.isNull()) {
    painter.save();
    painter.setClipPath(shape);
    painter.drawImage(frame, m_picture);
    painter.restore();
  }
  const bool strong = m_marked || m_best || property("keyboardFocus").toBool();
  painter.setPen(QPen(Theme::colour(strong ? Role::Accent : Role::Line), strong ? 2 : 1));
  painter.drawPath(shape);
  painter.setFont(textFont(TextStyle::Small));
  painter.setPen(Theme::colour(m_best ? Role::Text : Role::SoftText));
  painter.drawText(QRect(0, kSide, kSide, kCaption), Qt::AlignHCenter | Qt::AlignBottom, caption());
}

void PreviewTile::enterEvent(QEnterEvent* event) {
  QAbstractButton::enterEvent(event);
  Q_EMIT hovered(true);
}

void PreviewTile::leaveEvent(QEvent* event) {
  QAbstractButton::leaveEvent(event);
  Q_EMIT hovered(false);
}

}  // namespace likeness
