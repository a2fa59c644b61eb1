#pragma once
#include <QPointF>
#include <QSizeF>

#include "core/api/photo.h"

namespace likeness {

/// The smallest square that can be chosen, as a fraction of the photo's shorter side.
constexpr double kSmallestSide = 0.1;

/// The same square with its middle where it really is after being moved inside the photo, and its side in range.
[[nodiscard]] CropRect normalized(const CropRect& crop, QSizeF uprightSize);
/// Moved by fractions of the turned photo's width and height.
[[nodiscard]] CropRect moved(const CropRect& crop, QSizeF uprightSize, QPointF by);
/// Larger (factor > 1) or smaller around its middle.
[[nodiscard]] CropRect zoomed(const CropRect& crop, QSizeF uprightSize, double factor);
/// Turned a quarter clockwise together with the photo: the same part stays chosen.
[[nodiscard]] CropRect turnedClockwise(const CropRect& crop);

}  // namespace likeness
