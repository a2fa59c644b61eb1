#pragma once
#include <filesystem>
#include <string>
#include <vector>

#include "core/api/photo.h"
#include "core/engine/job_context.h"

namespace likeness {

/// What photos that are to come into a project look like.
[[nodiscard]] std::vector<PhotoInfo> examine(const std::vector<std::filesystem::path>& files, int resolution,
                                             JobContext& context);

/// True if a photo can't even be shown; one that is merely too small stands in a project with its finding.
[[nodiscard]] bool isUnreadable(const PhotoInfo& photo);
[[nodiscard]] Error unusable(const PhotoInfo& photo);

/// The photos in these files and folders. Throws NotFound if something was named and no photo is in it.
[[nodiscard]] std::vector<std::filesystem::path> findPhotoFiles(const std::vector<std::filesystem::path>& given);

/// Warns of what is found in the photos of one subject; throws for one that can't be read.
void warnOfPhotos(const std::vector<std::filesystem::path>& files, int resolution, JobContext& context);

/// "1 photo", "3 photos".
[[nodiscard]] std::string countText(std::size_t count);

}  // namespace likeness
