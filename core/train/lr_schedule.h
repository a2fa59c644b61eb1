#pragma once
#include <cstdint>

#include "core/api/train_config.h"

namespace likeness {

/// What some schedules have numbers for.
struct LrShape {
  double cycles = 1;  ///< of CosineRestarts
  double power = 1;   ///< of Polynomial
};

/// What the learning rates are multiplied by at optimizer step `step` (from 0): rises linearly from 0 over
/// `warmupSteps`; then, with p the share of what is left until `totalSteps`, stays 1 (constant) or falls to 0: linear
/// 1 − p; cosine ½(1 + cos πp); cosine-restarts ½(1 + cos π(cycles·p mod 1)); polynomial (1 − p)^power; REX
/// (1 − p)/(1 − p/2). Pure.
/// Source: the schedules of these names of diffusers; cosine: Loshchilov and Hutter 2017 (arXiv:1608.03983), eq. 5;
/// REX: Chen et al. 2022 (arXiv:2107.04197), section 4.
/// Differs from diffusers: because the rest of a rate is of no use, polynomial ends at 0, not at 1e-7.
[[nodiscard]] double lrFactor(LrScheduleKind kind, std::int64_t step, std::int64_t warmupSteps, std::int64_t totalSteps,
                              const LrShape& shape = {});

}  // namespace likeness
