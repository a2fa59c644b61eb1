#pragma once
#include "core/api/job.h"
#include "core/base/result.h"

namespace likeness {

/// The project that shows the program: the demo photos, written out of the program into its cache, and the
/// embedded base, under a free name among the user's projects. Errors: the disk's.
[[nodiscard]] Result<NewProject> demoProject();

/// The pictures that the demo ends with, beside what the base makes of the same words.
[[nodiscard]] Sample demoPictures(const std::filesystem::path& project);

}  // namespace likeness
