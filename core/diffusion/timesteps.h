#pragma once
#include <cstdint>
#include <vector>

#include "core/diffusion/noise_schedule_config.h"

namespace likeness {

/// `steps` timesteps in [0, trainTimesteps) of DDIMScheduler and PNDMScheduler, falling.
/// Errors: steps outside 1 … trainTimesteps, or an offset out of range, throws ErrorException(InvalidArgument).
/// Source: Lin et al. 2023 (arXiv:2305.08891), table 2.
/// Differs from diffusers: trailing always gives `steps` values; its floating-point range can give one more, −1.
[[nodiscard]] std::vector<std::int64_t> samplingTimesteps(TimestepSpacing spacing, std::int64_t steps,
                                                          std::int64_t trainTimesteps, std::int64_t stepsOffset);

/// The same of DPMSolverMultistepScheduler, which divides into steps + 1 parts and knows a last timestep below T.
[[nodiscard]] std::vector<std::int64_t> multistepTimesteps(TimestepSpacing spacing, std::int64_t steps,
                                                           std::int64_t trainTimesteps, std::int64_t lastTimestep,
                                                           std::int64_t stepsOffset);

}  // namespace likeness
