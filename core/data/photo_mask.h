#pragma once
#include <filesystem>

#include "core/data/photo_reader.h"

namespace likeness {

/// Reads a photo's mask, which says what of it is learnt: white parts are, black ones aren't. Of any size, but of the
/// photo's shape up to 2 %.
/// Errors: those of readPhoto(); InvalidArgument for another shape, naming both sizes.
[[nodiscard]] Result<Photo> readMask(const std::filesystem::path& file, const Photo& photo);

}  // namespace likeness
