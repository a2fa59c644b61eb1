#include <cmath>

#include "core/diffusion/sampler_run.h"
#include "core/diffusion/samplers.h"

namespace likeness {
namespace {

// The exact solution between two σ if x_0 stays what it is: Lu et al. 2022, proposition 4.1 in σ, where λ = −log σ.
torch::Tensor solve(const torch::Tensor& x, const torch::Tensor& x0, float from, float to) {
  const float ratio = to / from;
  return x * ratio - x0 * (ratio - 1);
}

}  // namespace

torch::Tensor sampleDpmpp2sAncestral(const Denoiser& model, torch::Tensor x, const NoiseSchedule& schedule,
                                     const SamplerOptions& options) {
  SigmaRun run(Sampler::Dpmpp2sAncestral, model, schedule, options);
  for (std::int64_t i = run.first(); i < run.steps(); ++i) {
    const float from = run.sigma(i);
    const AncestralStep step(from, run.sigma(i + 1));
    auto x0 = run.original(x, i);
    if (step.down == 0) {
      x = eulerStep(x, x0, from, step.down);
    } else {
      const float middle = std::sqrt(from * step.down);  // half-way in log σ
      const auto between = run.arrive(solve(x, x0, from, middle), x0, middle);
      x0 = run.original(between, middle);
      x = solve(x, x0, from, step.down);
    }
    if (step.up > 0) x = x + run.noise(i) * step.up;
    x = run.arrive(x, x0, i + 1);
  }
  return x;
}

}  // namespace likeness
