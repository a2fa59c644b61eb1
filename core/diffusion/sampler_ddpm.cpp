#include <cmath>

#include "core/diffusion/alpha_steps.h"
#include "core/diffusion/sampler_run.h"
#include "core/diffusion/samplers.h"

namespace likeness {

torch::Tensor sampleDdpm(const Denoiser& model, torch::Tensor x, const NoiseSchedule& schedule,
                         const SamplerOptions& options) {
  const auto& config = schedule.config();
  const auto steps = alphaSteps(Sampler::Ddpm, schedule, options);
  SamplerRun run(options, modelEvaluations(Sampler::Ddpm, schedule, options));
  for (std::int64_t i = firstStep(options); i < std::ssize(steps); ++i) {
    const AlphaStep& step = steps[static_cast<std::size_t>(i)];
    auto x0 = originalAt(step.alpha, x, model(x, step.timestep), config.predictionType);
    if (config.clipSample.value_or(true)) x0 = x0.clamp(-config.clipSampleRange, config.clipSampleRange);
    x0 = run.original(x0, step.level());
    // Ho et al., eq. 7, with α_t and β_t of the whole way between the two timesteps.
    const float alpha = step.alpha / step.previous, beta = 1 - alpha;
    const float ofOriginal = std::sqrt(step.previous) * beta / (1 - step.alpha);
    const float ofX = std::sqrt(alpha) * (1 - step.previous) / (1 - step.alpha);
    x = x0 * ofOriginal + x * ofX;
    const float variance = (1 - step.previous) / (1 - step.alpha) * beta;
    if (variance > 0) x = x + run.noise(i) * std::sqrt(variance);
    x = run.arrive(x, x0, levelAfter(steps, i));
  }
  return x;
}

}  // namespace likeness
