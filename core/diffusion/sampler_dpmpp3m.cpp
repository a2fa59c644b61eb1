#include <cmath>

#include "core/diffusion/sampler_run.h"
#include "core/diffusion/samplers.h"

namespace likeness {
namespace {

// The data predictions of the last levels and the steps in λ between them; the newest first.
struct History {
  torch::Tensor x0, before, earlier;
  double step = 0, stepBefore = 0;
};

// φ₂ and φ₃ terms: what the exact solution adds for the first and second derivative of x_0 in λ.
torch::Tensor corrected(const torch::Tensor& x, const History& history, double h) {
  const double twice = 2 * h;
  const double phi2 = std::expm1(-twice) / twice + 1;
  const auto slope = (history.x0 - history.before) / (history.step / h);
  if (!history.earlier.defined()) return x + slope * phi2;
  const double phi3 = phi2 / twice - 0.5;
  const double r0 = history.step / h, r1 = history.stepBefore / h;
  const auto slopeBefore = (history.before - history.earlier) / r1;
  const auto first = slope + (slope - slopeBefore) * (r0 / (r0 + r1));
  const auto second = (slope - slopeBefore) / (r0 + r1);
  return x + first * phi2 - second * phi3;
}

}  // namespace

torch::Tensor sampleDpmpp3mSde(const Denoiser& model, torch::Tensor x, const NoiseSchedule& schedule,
                               const SamplerOptions& options) {
  SigmaRun run(Sampler::Dpmpp3mSde, model, schedule, options);
  History history;
  for (std::int64_t i = run.first(); i < run.steps(); ++i) {
    const double from = run.sigma(i), to = run.sigma(i + 1);
    history.earlier = history.before;
    history.before = history.x0;
    history.x0 = run.original(x, i);
    if (to == 0) return run.arrive(history.x0, history.x0, i + 1);
    const double h = std::log(from) - std::log(to);
    x = x * std::exp(-2 * h) - history.x0 * std::expm1(-2 * h);
    if (history.before.defined()) x = corrected(x, history, h);
    x = x + run.noise(i) * (to * std::sqrt(-std::expm1(-2 * h)));
    x = run.arrive(x, history.x0, i + 1);
    history.stepBefore = history.step;
    history.step = h;
  }
  return x;
}

}  // namespace likeness
