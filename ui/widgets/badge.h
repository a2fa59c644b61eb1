#pragma once
#include <QPainter>
#include <QString>

#include "ui/widgets/labels.h"

namespace likeness {

/// What stands on a picture's lower left corner.
struct BadgeText {
  QString text;
  Tone tone = Tone::Plain;
  QString icon;  ///< of resources/icons, or empty
};

/// Paints the badge at the lower left of `tile`, elided to fit, with the theme's colours.
void paintBadge(QPainter& painter, const QRect& tile, const BadgeText& badge);

}  // namespace likeness
