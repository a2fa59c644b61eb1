#include "core/train/lr_schedule.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <stdexcept>

namespace likeness {
namespace {

double halfCosine(double progress) { return 0.5 * (1.0 + std::cos(std::numbers::pi * progress)); }

}  // namespace

double lrFactor(LrScheduleKind kind, std::int64_t step, std::int64_t warmupSteps, std::int64_t totalSteps,
                const LrShape& shape) {
  if (step < warmupSteps) return static_cast<double>(step) / static_cast<double>(warmupSteps);
  const auto span = static_cast<double>(std::max<std::int64_t>(1, totalSteps - warmupSteps));
  const auto progress = std::min(1.0, static_cast<double>(step - warmupSteps) / span);
  switch (kind) {
    case LrScheduleKind::Constant:
      return 1.0;
    case LrScheduleKind::Linear:
      return 1.0 - progress;
    case LrScheduleKind::Cosine:
      return halfCosine(progress);
    case LrScheduleKind::CosineRestarts:
      return progress >= 1.0 ? 0.0 : halfCosine(std::fmod(shape.cycles * progress, 1.0));
    case LrScheduleKind::Polynomial:
      return std::pow(1.0 - progress, shape.power);
    case LrScheduleKind::Rex:
      return (1.0 - progress) / (1.0 - 0.5 * progress);
  }
  throw std::logic_error("unknown learning rate schedule");
}

}  // namespace likeness
