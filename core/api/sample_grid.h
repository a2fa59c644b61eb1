#pragma once
#include <string>
#include <vector>

#include "core/api/sample.h"
#include "core/base/result.h"

namespace likeness {

/// Reads "seed=1,2,3; guidance=3,7": one or two axes, each a setting and its values. Values that hold commas or
/// semicolons stand in double quotes; whole numbers may be ranges, "1-5" or "10-50 (+20)".
/// Errors: InvalidArgument for a setting that isn't there (suggesting the nearest), a value that it does not take, more
/// than two axes, or too many cells.
[[nodiscard]] Result<std::vector<GridAxis>> parseGrid(const std::string& text);

/// One cell of a grid: what makes it, and what its axes are there ("guidance 3").
struct GridCell {
  Sample sample;
  std::string column, row;  ///< row is empty with one axis
};

/// The cells row by row: columns are the first axis, rows the second. InvalidArgument when a value does not fit, or
/// when `replace` does not find its first value in a prompt.
[[nodiscard]] Result<std::vector<GridCell>> gridCells(const Sample& sample);

}  // namespace likeness
