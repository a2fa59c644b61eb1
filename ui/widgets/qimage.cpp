#include "ui/widgets/qimage.h"

#include <QFile>
#include <QTransform>
#include <algorithm>

namespace likeness {

QImage toQImage(const ImagePtr& image) {
  if (!image || image->width <= 0 || image->height <= 0) return {};
  const auto bytesPerLine = static_cast<qsizetype>(image->width) * 3;
  if (image->rgb.size() < static_cast<std::size_t>(bytesPerLine) * static_cast<std::size_t>(image->height)) return {};
  auto* keep = new ImagePtr(image);
  return QImage(
      image->rgb.data(), image->width, image->height, bytesPerLine, QImage::Format_RGB888,
      [](void* owner) { delete static_cast<ImagePtr*>(owner); }, keep);
}

QRectF cropSquare(const CropRect& crop, QSizeF uprightSize) {
  const QSizeF size = crop.quarterTurns % 2 != 0 ? uprightSize.transposed() : uprightSize;
  const double side = std::clamp(crop.side, 0.0, 1.0) * std::min(size.width(), size.height());
  const double x = std::clamp(crop.centerX * size.width() - side / 2, 0.0, size.width() - side);
  const double y = std::clamp(crop.centerY * size.height() - side / 2, 0.0, size.height() - side);
  return {x, y, side, side};
}

QImage cropped(const QImage& upright, const CropRect& crop) {
  if (upright.isNull()) return {};
  const QRect square = cropSquare(crop, upright.size()).toAlignedRect();
  const QImage turned =
      crop.quarterTurns == 0 ? upright : upright.transformed(QTransform().rotate(90.0 * crop.quarterTurns));
  return turned.copy(square.intersected(turned.rect()));
}

QString toQString(const std::filesystem::path& path) { return QFile::decodeName(path.string().c_str()); }

std::filesystem::path toPath(const QString& path) { return QFile::encodeName(path).toStdString(); }

}  // namespace likeness
