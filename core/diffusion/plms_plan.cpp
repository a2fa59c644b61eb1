#include "core/diffusion/plms_plan.h"

#include "core/diffusion/alpha_steps.h"
#include "core/diffusion/sigma_levels.h"
#include "core/diffusion/timesteps.h"

namespace likeness {

PlmsPlan makePlmsPlan(const NoiseScheduleConfig& config, const SamplerOptions& options) {
  if (options.schedule == SigmaSchedule::Karras || options.schedule == SigmaSchedule::Exponential ||
      options.schedule == SigmaSchedule::SgmUniform) {
    refuseUnevenSchedule(Sampler::Plms, options.schedule);
  }
  // Falling; PNDMScheduler keeps the same list rising.
  auto base = samplingTimesteps(spacingOf(options.schedule, config, TimestepSpacing::Leading), options.steps,
                                config.trainTimesteps, config.stepsOffset);
  base.erase(base.begin(), base.begin() + firstStep(options));
  PlmsPlan plan{{}, 0, config.trainTimesteps / options.steps};
  if (config.skipPrkSteps || std::ssize(base) < PlmsPlan::kOrder) {
    // The second timestep comes twice: the first step is made again with the mean of both ends' noise.
    plan.timesteps.push_back(base[0]);
    if (base.size() > 1) plan.timesteps.push_back(base[1]);
    plan.timesteps.insert(plan.timesteps.end(), base.begin() + 1, base.end());
    return plan;
  }
  // Each Runge-Kutta step looks at its start, twice at its middle, and at its end.
  for (std::size_t k = 0; k + 1 < PlmsPlan::kOrder; ++k) {
    const std::int64_t middle = base[k + 1] + plan.stride / 2;
    for (const std::int64_t t : {base[k], middle, middle, base[k + 1]}) plan.timesteps.push_back(t);
  }
  plan.rungeKutta = std::ssize(plan.timesteps);
  plan.timesteps.insert(plan.timesteps.end(), base.begin() + PlmsPlan::kOrder - 1, base.end());
  return plan;
}

}  // namespace likeness
