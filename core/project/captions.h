#pragma once
#include <filesystem>
#include <string>

#include "core/base/result.h"

namespace likeness {

/// The text of a caption's file on one line, without spaces around it.
/// Errors: Corrupt if it is empty, no UTF-8 or over 64 kB; those of reading.
[[nodiscard]] Result<std::string> readCaption(const std::filesystem::path& file);

/// Writes a photo's caption where a project keeps it (see captionFile()), atomically; an empty one takes the text file
/// beside the photo away. Errors: InvalidArgument if it couldn't be read again; disk errors.
[[nodiscard]] Result<void> writeCaption(const std::filesystem::path& photo, const std::string& caption);

/// The caption beside a photo, empty if there is none or it can't be read.
[[nodiscard]] std::string captionOrNothing(const std::filesystem::path& photo);

}  // namespace likeness
