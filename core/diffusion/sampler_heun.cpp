#include "core/diffusion/sampler_run.h"
#include "core/diffusion/samplers.h"

namespace likeness {

torch::Tensor sampleHeun(const Denoiser& model, torch::Tensor x, const NoiseSchedule& schedule,
                         const SamplerOptions& options) {
  SigmaRun run(Sampler::Heun, model, schedule, options);
  for (std::int64_t i = run.first(); i < run.steps(); ++i) {
    const float from = run.sigma(i), to = run.sigma(i + 1);
    const auto x0 = run.original(x, i);
    const auto slope = (x - x0) / from;
    const auto ahead = run.arrive(x + slope * (to - from), x0, i + 1);
    if (to == 0) return ahead;
    const auto x0Ahead = run.original(ahead, i + 1);
    const auto mean = (slope + (ahead - x0Ahead) / to) / 2;
    x = run.arrive(x + mean * (to - from), x0Ahead, i + 1);
  }
  return x;
}

}  // namespace likeness
