#include "ui/subject/crop_geometry.h"

#include <algorithm>

#include "ui/widgets/qimage.h"

namespace likeness {

CropRect normalized(const CropRect& crop, QSizeF uprightSize) {
  CropRect result = crop;
  result.side = std::clamp(crop.side, kSmallestSide, 1.0);
  const QSizeF size = crop.quarterTurns % 2 != 0 ? uprightSize.transposed() : uprightSize;
  if (size.isEmpty()) return result;
  const QPointF middle = cropSquare(result, uprightSize).center();
  result.centerX = middle.x() / size.width();
  result.centerY = middle.y() / size.height();
  return result;
}

CropRect moved(const CropRect& crop, QSizeF uprightSize, QPointF by) {
  CropRect result = crop;
  result.centerX += by.x();
  result.centerY += by.y();
  return normalized(result, uprightSize);
}

CropRect zoomed(const CropRect& crop, QSizeF uprightSize, double factor) {
  CropRect result = crop;
  result.side *= factor;
  return normalized(result, uprightSize);
}

CropRect turnedClockwise(const CropRect& crop) {
  CropRect result = crop;
  result.quarterTurns = (crop.quarterTurns + 1) % 4;
  result.centerX = 1.0 - crop.centerY;
  result.centerY = crop.centerX;
  return result;
}

}  // namespace likeness
