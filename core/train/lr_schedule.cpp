#include "core/train/lr_schedule.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace likeness {

double lrFactor(LrScheduleKind kind, std::int64_t step, std::int64_t warmupSteps, std::int64_t totalSteps) {
  if (step < warmupSteps) return static_cast<double>(step) / static_cast<double>(warmupSteps);
  if (kind == LrScheduleKind::Constant) return 1.0;
  const auto span = static_cast<double>(std::max<std::int64_t>(1, totalSteps - warmupSteps));
  const auto progress = std::min(1.0, static_cast<double>(step - warmupSteps) / span);
  return 0.5 * (1.0 + std::cos(std::numbers::pi * progress));
}

}  // namespace likeness
