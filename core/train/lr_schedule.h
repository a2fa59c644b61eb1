#pragma once
#include <cstdint>

#include "core/api/train_config.h"

namespace likeness {

/// What the learning rates are multiplied by at optimizer step `step` (from 0): rises linearly from 0 over
/// `warmupSteps`, then stays 1, or falls along half a cosine to 0 at `totalSteps`. Pure.
/// Source: the schedules "constant_with_warmup" and "cosine" of diffusers; cosine: Loshchilov and Hutter 2017
/// (arXiv:1608.03983), eq. 5, without restarts.
[[nodiscard]] double lrFactor(LrScheduleKind kind, std::int64_t step, std::int64_t warmupSteps,
                              std::int64_t totalSteps);

}  // namespace likeness
