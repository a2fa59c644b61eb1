#pragma once
#include <filesystem>
#include <span>
#include <vector>

#include "core/api/image.h"
#include "core/api/sample_grid.h"
#include "core/engine/sample_plan.h"

namespace likeness {

/// The sheet of a grid: every cell's picture under what its column is, rows under theirs.
class SampleSheet {
 public:
  SampleSheet(std::vector<GridAxis> axes, std::vector<GridCell> cells)
      : m_axes(std::move(axes)), m_cells(std::move(cells)) {}

  /// Throws ErrorException (InvalidArgument) when the sheet of such pictures would be too large to be a picture.
  void checkSize(int width, int height) const;

  /// Writes the sheet beside the pictures, which are in the order of the cells, and answers with its file. Its recipe is
  /// that of `first`, the plan of the first cell, with the axes: it makes the whole grid again.
  [[nodiscard]] std::filesystem::path write(const SamplePlan& first, std::span<const Image> pictures) const;

 private:
  [[nodiscard]] int columns() const { return static_cast<int>(m_axes.front().values.size()); }

  std::vector<GridAxis> m_axes;
  std::vector<GridCell> m_cells;
};

}  // namespace likeness
