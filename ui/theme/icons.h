#pragma once
#include <QIcon>
#include <QString>

#include "ui/theme/tokens.h"

namespace likeness {

/// An icon of resources/icons, drawn in a role's colour of the scheme that is shown at the moment of painting, so it
/// needs no attention when the scheme changes. Disabled icons are drawn at 40 %.
[[nodiscard]] QIcon themedIcon(const QString& name, Role role = Role::Text);

/// The same as a pixmap for painters; `size` in device-independent pixels.
[[nodiscard]] QPixmap themedPixmap(const QString& name, Role role, int size, qreal devicePixelRatio);

}  // namespace likeness
