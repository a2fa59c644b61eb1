#include <cmath>

#include "core/diffusion/sampler_run.h"
#include "core/diffusion/samplers.h"

namespace likeness {
namespace {

// Half-way in log σ.
float middleOf(float from, float to) {
  return std::exp(std::log(from) + (std::log(to) - std::log(from)) * 0.5F);
}

// From step i's σ to `to` with the slope half-way; to 0 with the slope at its beginning, which ends there.
torch::Tensor step(SigmaRun& run, std::int64_t i, const torch::Tensor& x, float to, torch::Tensor& x0) {
  const float from = run.sigma(i);
  x0 = run.original(x, i);
  if (to == 0) return eulerStep(x, x0, from, to);
  const float middle = middleOf(from, to);
  const auto x0Before = x0;
  const auto expected = eulerStep(x, x0, from, middle);
  const auto between = run.arrive(expected, x0, middle);
  x0 = run.original(between, middle);
  return eulerStep(x, x0Before, from, to) + slopeChange(between, expected, x0, x0Before, middle) * (to - from);
}

}  // namespace

torch::Tensor sampleDpm2(const Denoiser& model, torch::Tensor x, const NoiseSchedule& schedule,
                         const SamplerOptions& options) {
  SigmaRun run(Sampler::Dpm2, model, schedule, options);
  for (std::int64_t i = run.first(); i < run.steps(); ++i) {
    torch::Tensor x0;
    x = step(run, i, x, run.sigma(i + 1), x0);
    x = run.arrive(x, x0, i + 1);
  }
  return x;
}

torch::Tensor sampleDpm2Ancestral(const Denoiser& model, torch::Tensor x, const NoiseSchedule& schedule,
                                  const SamplerOptions& options) {
  SigmaRun run(Sampler::Dpm2Ancestral, model, schedule, options);
  for (std::int64_t i = run.first(); i < run.steps(); ++i) {
    const AncestralStep ancestral(run.sigma(i), run.sigma(i + 1));
    torch::Tensor x0;
    x = step(run, i, x, ancestral.down, x0);
    if (ancestral.up > 0) x = x + run.noise(i) * ancestral.up;
    x = run.arrive(x, x0, i + 1);
  }
  return x;
}

}  // namespace likeness
