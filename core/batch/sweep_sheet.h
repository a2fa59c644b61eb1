#pragma once
#include <filesystem>
#include <vector>

#include "core/batch/sweep_table.h"

namespace likeness {

/// Where the pictures of a prompt of a run are made, and those that are there by seed.
[[nodiscard]] std::filesystem::path promptFolder(const Sweep& sweep, const SweepTrial& trial, std::size_t prompt);
[[nodiscard]] std::vector<std::filesystem::path> picturesOf(const Sweep& sweep, const SweepTrial& trial,
                                                            std::size_t prompt);

/// Writes sheet.png (and sheet-2.png, … where one would be larger than pictures can be): a row a run in the order of
/// `rows`, the same prompts and seeds in each. Answers with the files; none where no run has pictures.
/// Errors: those of reading the pictures and writing.
[[nodiscard]] Result<std::vector<std::filesystem::path>> writeSweepSheets(const Sweep& sweep,
                                                                          const std::vector<SweepRow>& rows);

}  // namespace likeness
