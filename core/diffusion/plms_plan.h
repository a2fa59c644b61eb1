#pragma once
#include <cstdint>
#include <vector>

#include "core/diffusion/noise_schedule_config.h"
#include "core/diffusion/sampler_options.h"

namespace likeness {

/// The timesteps of all evaluations of samplePlms; the first `rungeKutta` of them belong to Runge-Kutta steps.
struct PlmsPlan {
  static constexpr std::int64_t kOrder = 4;

  std::vector<std::int64_t> timesteps;
  std::int64_t rungeKutta = 0;
  std::int64_t stride = 0;
};

/// Errors: steps or strength out of range, or an uneven schedule, throw ErrorException(InvalidArgument).
[[nodiscard]] PlmsPlan makePlmsPlan(const NoiseScheduleConfig& config, const SamplerOptions& options);

}  // namespace likeness
