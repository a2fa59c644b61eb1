#include "ui/widgets/picture_delegate.h"

#include <QPainter>
#include <QPainterPath>
#include <QPixmapCache>

#include "ui/theme/icons.h"
#include "ui/theme/theme.h"
#include "ui/widgets/badge.h"
#include "ui/widgets/picture_model.h"

namespace likeness {
namespace {

/// The picture filling a square of `pixels`, its middle kept; scaled once and remembered.
QPixmap fill(const QImage& image, int pixels, bool grey) {
  const QString key = QStringLiteral("likeness-tile/%1/%2/%3").arg(image.cacheKey()).arg(pixels).arg(grey);
  QPixmap pixmap;
  if (QPixmapCache::find(key, &pixmap)) return pixmap;
  QImage scaled = image.scaled(pixels, pixels, Qt::KeepAspectRatioByExpanding, Qt::SmoothTransformation);
  scaled = scaled.copy((scaled.width() - pixels) / 2, (scaled.height() - pixels) / 2, pixels, pixels);
  if (grey) scaled = scaled.convertToFormat(QImage::Format_Grayscale8).convertToFormat(QImage::Format_RGB32);
  pixmap = QPixmap::fromImage(scaled);
  QPixmapCache::insert(key, pixmap);
  return pixmap;
}

void paintRing(QPainter& painter, const QRectF& tile) {
  painter.setBrush(Qt::NoBrush);
  painter.setPen(QPen(Theme::colour(Role::Accent), 2.5));
  painter.drawRoundedRect(tile.adjusted(-2.75, -2.75, 2.75, 2.75), kRadiusThumbnail + 2, kRadiusThumbnail + 2);
}

void paintInvitation(QPainter& painter, const QRect& tile, const QString& words) {
  painter.setBrush(Qt::NoBrush);
  painter.setPen(QPen(Theme::colour(Role::Line), 2, Qt::DashLine));
  painter.drawRoundedRect(QRectF(tile).adjusted(1, 1, -1, -1), kRadiusThumbnail, kRadiusThumbnail);
  painter.setPen(Theme::colour(Role::SoftText));
  painter.setFont(textFont(TextStyle::Body));
  const QRect room = tile.adjusted(kSpace12, 0, -kSpace12, 0);
  const int middle = room.center().y();
  painter.drawText(QRect(room.left(), middle - 22, room.width(), 20), Qt::AlignCenter, words.section(u'\n', 0, 0));
  painter.setFont(textFont(TextStyle::Small));
  painter.drawText(QRect(room.left(), middle + 2, room.width(), 36), Qt::AlignHCenter | Qt::AlignTop | Qt::TextWordWrap,
                   words.section(u'\n', 1));
}

void paintMark(QPainter& painter, const QRect& place, const QString& icon) {
  painter.setPen(QPen(Theme::colour(Role::Line), 1));
  painter.setBrush(Theme::colour(Role::Panel));
  painter.drawEllipse(QRectF(place).adjusted(0.5, 0.5, -0.5, -0.5));
  painter.drawPixmap(place.center() - QPoint(6, 6), themedPixmap(icon, Role::Text, 13, painter.device()->devicePixelRatioF()));
}

}  // namespace

QRect PictureDelegate::markRect(const QRect& item) const {
  constexpr int kMark = 28;
  return {item.left() + kRingRoom + m_side - kMark - 6, item.top() + kRingRoom + 6, kMark, kMark};
}

void PictureDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const {
  const QRect tile(option.rect.topLeft() + QPoint(kRingRoom, kRingRoom), QSize(m_side, m_side));
  const QString invitation = index.data(PictureModel::InvitationRole).toString();
  const bool dimmed = index.data(PictureModel::DimmedRole).toBool();
  const QImage image = index.data(Qt::DecorationRole).value<QImage>();
  painter->save();
  painter->setRenderHint(QPainter::Antialiasing);
  const bool focused = (option.state & QStyle::State_HasFocus) != 0;
  if (!invitation.isEmpty()) {
    paintInvitation(*painter, tile, invitation);
    if (focused) paintRing(*painter, tile);
    painter->restore();
    return;
  }
  QPainterPath shape;
  shape.addRoundedRect(tile, kRadiusThumbnail, kRadiusThumbnail);
  painter->fillPath(shape, Theme::colour(Role::Sunk));
  if (!image.isNull()) {
    painter->setOpacity(dimmed ? 0.35 : 1.0);
    const qreal ratio = painter->device()->devicePixelRatioF();
    QBrush brush(fill(image, static_cast<int>(m_side * ratio), dimmed));
    brush.setTransform(QTransform::fromTranslate(tile.x(), tile.y()).scale(1 / ratio, 1 / ratio));
    painter->fillPath(shape, brush);
    painter->setOpacity(1.0);
  }
  painter->setBrush(Qt::NoBrush);
  painter->setPen(QPen(Theme::colour(Role::Line), 1));
  painter->drawRoundedRect(QRectF(tile).adjusted(0.5, 0.5, -0.5, -0.5), kRadiusThumbnail, kRadiusThumbnail);
  paintBadge(*painter, tile,
             {index.data(PictureModel::BadgeRole).toString(),
              static_cast<Tone>(index.data(PictureModel::ToneRole).toInt()),
              index.data(PictureModel::BadgeIconRole).toString()});
  const QString mark = index.data(PictureModel::MarkRole).toString();
  if (!mark.isEmpty() && (option.state & QStyle::State_MouseOver) != 0) paintMark(*painter, markRect(option.rect), mark);
  if ((option.state & QStyle::State_Selected) != 0 || focused) paintRing(*painter, tile);
  painter->restore();
}

QSize PictureDelegate::sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const {
  return {m_side + 2 * kRingRoom, m_side + 2 * kRingRoom};
}

}  // namespace likeness
