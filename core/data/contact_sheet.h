#pragma once
#include <span>
#include <string>
#include <vector>

#include "core/api/image.h"

namespace likeness {

/// Lays pictures out on a grid, row by row, on a light ground with margins. Each cell is as large as the largest
/// picture; smaller ones are centred, none is scaled. `labels` (may be empty, or one for each picture) stand under
/// the pictures, shortened to the cell's width, other characters than ASCII as "?"; without a font on the machine they
/// are left out.
[[nodiscard]] Image contactSheet(std::span<const Image> pictures, int columns, std::span<const std::string> labels = {});

/// The same with `rowTitles` above the rows: one for each row, may be empty.
[[nodiscard]] Image contactSheet(std::span<const Image> pictures, int columns, std::span<const std::string> labels,
                                 std::span<const std::string> rowTitles);

}  // namespace likeness
