#include "ui/widgets/badge.h"

#include <QFontMetrics>
#include <algorithm>

#include "ui/theme/icons.h"
#include "ui/theme/theme.h"

namespace likeness {
namespace {

constexpr int kHeight = 24;
constexpr int kIcon = 12;

std::pair<Role, Role> inkAndGround(Tone tone) {
  switch (tone) {
    case Tone::Good: return {Role::Good, Role::Panel};
    case Tone::Warning: return {Role::Warning, Role::WarningGround};
    case Tone::Error: return {Role::Error, Role::ErrorGround};
    case Tone::Accent: return {Role::Accent, Role::AccentTint};
    case Tone::Soft: return {Role::SoftText, Role::Panel};
    case Tone::Plain: break;
  }
  return {Role::Text, Role::Panel};
}

}  // namespace

void paintBadge(QPainter& painter, const QRect& tile, const BadgeText& badge) {
  if (badge.text.isEmpty() && badge.icon.isEmpty()) return;
  const auto [ink, ground] = inkAndGround(badge.tone);
  const QFont font = textFont(TextStyle::Small);
  const QFontMetrics metrics(font);
  const int iconRoom = badge.icon.isEmpty() ? 0 : badge.text.isEmpty() ? kIcon : kIcon + kSpace4;
  const int room = tile.width() - 4 * kSpace8 - iconRoom;
  if (room < 8) return;
  const QString text = metrics.elidedText(badge.text, Qt::ElideRight, room);
  const int width = metrics.horizontalAdvance(text) + iconRoom + 2 * kSpace8;
  const QRect box(tile.left() + kSpace8, tile.bottom() + 1 - kSpace8 - kHeight, width, kHeight);
  painter.save();
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setPen(Qt::NoPen);
  painter.setBrush(Theme::colour(ground));
  painter.drawRoundedRect(box, 6, 6);
  if (!badge.icon.isEmpty()) {
    const qreal ratio = painter.device()->devicePixelRatioF();
    painter.drawPixmap(box.left() + kSpace8, box.top() + (kHeight - kIcon) / 2,
                       themedPixmap(badge.icon, ink, kIcon, ratio));
  }
  painter.setFont(font);
  painter.setPen(Theme::colour(ink));
  painter.drawText(box.adjusted(kSpace8 + iconRoom, 0, 0, 0), Qt::AlignVCenter | Qt::AlignLeft, text);
  painter.restore();
}

}  // namespace likeness
