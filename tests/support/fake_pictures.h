#pragma once
#include <QImage>
#include <QString>
#include <vector>

#include "core/api/photo.h"

namespace likeness {

[[nodiscard]] ImagePtr toImagePtr(const QImage& image);

/// A painted animal in one of several places; `blend` 0 is any dog, 1 the subject. The same numbers, the same picture.
[[nodiscard]] QImage paintScene(int seed, double blend, int size);

/// A photo as the engine would describe it: upright, with a thumbnail, and a finding by simple rules (unreadable, too
/// small, small).
[[nodiscard]] PhotoInfo describePhoto(const std::filesystem::path& file, int resolution);

/// Files and the pictures in folders, as NewProject and AddPhotos take them.
[[nodiscard]] std::vector<std::filesystem::path> expandPhotos(const std::vector<std::filesystem::path>& paths);

/// The pictures of a folder in the order of their names, scaled to size × size; empty when there is no such folder.
[[nodiscard]] std::vector<QImage> readFolder(const QString& folder, int size);

}  // namespace likeness
