#pragma once
#include <cstdint>

namespace likeness {

/// The factor on the loss of an fp16 run, so that small gradients don't vanish: halved when a gradient is not finite,
/// in which case the step is left out, and doubled after 2000 good steps in a row. Pure values.
/// Source: Micikevicius et al. 2018 (arXiv:1710.03740), section 3.2; numbers of torch.amp.GradScaler.
struct LossScale {
  static constexpr double kGrowth = 2, kBackoff = 0.5;
  static constexpr std::int64_t kGrowthInterval = 2000;
  /// So many steps in a row are left out before a run gives up: the scale is then below 1, where it can't be the
  /// reason.
  static constexpr std::int64_t kMostSkipped = 24;

  double scale = 65536;
  std::int64_t goodSteps = 0;      ///< since the scale changed
  std::int64_t skipped = 0;        ///< in all
  std::int64_t skippedInARow = 0;

  /// After a step's gradients were looked at.
  void update(bool finite);
  [[nodiscard]] bool hopeless() const { return skippedInARow >= kMostSkipped; }

  bool operator==(const LossScale&) const = default;
};

}  // namespace likeness
