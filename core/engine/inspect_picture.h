#pragma once
#include <filesystem>

#include "core/api/job.h"
#include "core/base/result.h"

namespace likeness {

/// Says what a picture is and how it was made: our recipe, AUTOMATIC1111's parameters, ComfyUI's graph, whichever it
/// carries. Errors: those of readPhotoHeader.
[[nodiscard]] Result<Inspected> inspectPicture(const std::filesystem::path& path);

}  // namespace likeness
