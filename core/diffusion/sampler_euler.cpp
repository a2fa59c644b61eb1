#include "core/diffusion/sampler_run.h"
#include "core/diffusion/samplers.h"

namespace likeness {

torch::Tensor sampleEuler(const Denoiser& model, torch::Tensor x, const NoiseSchedule& schedule,
                          const SamplerOptions& options) {
  SigmaRun run(Sampler::Euler, model, schedule, options);
  for (std::int64_t i = run.first(); i < run.steps(); ++i) {
    const auto x0 = run.original(x, i);
    x = run.arrive(eulerStep(x, x0, run.sigma(i), run.sigma(i + 1)), x0, i + 1);
  }
  return x;
}

torch::Tensor sampleEulerAncestral(const Denoiser& model, torch::Tensor x, const NoiseSchedule& schedule,
                                   const SamplerOptions& options) {
  SigmaRun run(Sampler::EulerAncestral, model, schedule, options);
  for (std::int64_t i = run.first(); i < run.steps(); ++i) {
    const AncestralStep step(run.sigma(i), run.sigma(i + 1));
    const auto x0 = run.original(x, i);
    x = eulerStep(x, x0, run.sigma(i), step.down);
    if (step.up > 0) x = x + run.noise(i) * step.up;
    x = run.arrive(x, x0, i + 1);
  }
  return x;
}

}  // namespace likeness
