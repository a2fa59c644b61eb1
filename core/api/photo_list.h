#pragma once
#include <filesystem>
#include <vector>

#include "core/base/result.h"

namespace likeness {

/// True when the name ends like a picture's, or like one of a camera's raw data.
[[nodiscard]] bool hasPhotoExtension(const std::filesystem::path& file);
[[nodiscard]] bool isRawExtension(const std::filesystem::path& file);

/// The picture files that `paths` name: files as they are, folders by what lies directly in them under a picture's
/// extension, in natural order ("2.jpg" before "10.jpg"), masks of photos (see isMaskName()) left out; without doubles.
/// A camera's card, or its DCIM folder, gives the photos of the folders in DCIM (100CANON, 101CANON, …). Where a camera
/// wrote a photo twice, as its raw data and developed (JPEG or HEIC of the same name beside it), it is taken once, as
/// the camera developed it.
/// Errors: NotFound or PermissionDenied for a path that can't be looked at. Threads: any.
/// Source: the folders' names are those of DCF (JEITA CP-3461).
[[nodiscard]] Result<std::vector<std::filesystem::path>> listPhotoFiles(
    const std::vector<std::filesystem::path>& paths);

}  // namespace likeness
