#include "core/diffusion/sampler_run.h"
#include "core/diffusion/samplers.h"

namespace likeness {

torch::Tensor sampleHeun(const Denoiser& model, torch::Tensor x, const NoiseSchedule& schedule,
                         const SamplerOptions& options) {
  SigmaRun run(Sampler::Heun, model, schedule, options);
  for (std::int64_t i = run.first(); i < run.steps(); ++i) {
    const float from = run.sigma(i), to = run.sigma(i + 1);
    const auto x0 = run.original(x, i);
    const auto expected = eulerStep(x, x0, from, to);
    const auto ahead = run.arrive(expected, x0, i + 1);
    if (to == 0) return ahead;
    const auto x0Ahead = run.original(ahead, i + 1);
    x = run.arrive(expected + slopeChange(ahead, expected, x0Ahead, x0, to) * ((to - from) / 2), x0Ahead, i + 1);
  }
  return x;
}

}  // namespace likeness
