#pragma once
#include <QImage>
#include <filesystem>
#include <optional>

namespace likeness {

/// Writes a mask as a PNG into a folder, named by what it holds, so that the same mask is one file; returns the file.
/// Recipes name it, so it stays. Nothing when the folder can't be written.
[[nodiscard]] std::optional<std::filesystem::path> saveMask(const QImage& mask, const std::filesystem::path& folder);

}  // namespace likeness
