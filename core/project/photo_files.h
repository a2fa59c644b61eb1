#pragma once
#include <filesystem>
#include <string>
#include <vector>

#include "core/base/result.h"

namespace likeness {

/// A plain file name (see isPlainFileName) made of a path's, which no file in any of `folders` has: "a.jpg", "a-2.jpg".
[[nodiscard]] std::string freeFileName(const std::filesystem::path& source,
                                       const std::vector<std::filesystem::path>& folders);

/// Copies a file's bytes to `target`, which must not exist; whole or not at all.
[[nodiscard]] Result<void> copyFileAtomically(const std::filesystem::path& source, const std::filesystem::path& target);

/// Renames within a project; `target` must not exist.
[[nodiscard]] Result<void> moveFile(const std::filesystem::path& source, const std::filesystem::path& target);

}  // namespace likeness
