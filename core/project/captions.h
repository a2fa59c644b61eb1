#pragma once
#include <filesystem>
#include <string>

#include "core/base/result.h"

namespace likeness {

/// The text of a caption's file on one line, without spaces around it.
/// Errors: Corrupt if it is empty, no UTF-8 or over 64 kB; those of reading.
[[nodiscard]] Result<std::string> readCaption(const std::filesystem::path& file);

}  // namespace likeness
