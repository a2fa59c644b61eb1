#pragma once
#include <QImage>
#include <QString>
#include <filesystem>

#include "core/api/photo.h"

namespace likeness {

/// A QImage that shares the picture's memory and keeps it alive. Null for a null or inconsistent picture.
[[nodiscard]] QImage toQImage(const ImagePtr& image);

/// The square that a crop cuts out of an upright photo, in pixels of the turned picture.
[[nodiscard]] QRectF cropSquare(const CropRect& crop, QSizeF uprightSize);

/// The upright photo, turned and cut as the crop says. For thumbnails; what is trained comes from CropRendered.
[[nodiscard]] QImage cropped(const QImage& upright, const CropRect& crop);

/// Paths cross as std::filesystem::path, texts as UTF-8.
[[nodiscard]] QString toQString(const std::filesystem::path& path);
[[nodiscard]] std::filesystem::path toPath(const QString& path);

}  // namespace likeness
