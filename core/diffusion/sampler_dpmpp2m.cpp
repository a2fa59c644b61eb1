#include <cmath>

#include "core/diffusion/log_snr_level.h"
#include "core/diffusion/sampler_run.h"
#include "core/diffusion/samplers.h"

namespace likeness {
namespace {

// One step of DPM-Solver++(2M): x from one level to the next, from the data predictions there and, for the second
// order, at the level before.
struct Multistep {
  LogSnrLevel from, to;
  bool secondOrder;
  float ratio;  // of the last two steps in λ
  bool heun;

  // Algorithm 2 of Lu et al.
  [[nodiscard]] torch::Tensor ode(const torch::Tensor& x, const torch::Tensor& x0, const torch::Tensor& before) const {
    const float h = to.lambda - from.lambda;
    const float weight = to.alpha * (std::exp(-h) - 1);
    auto next = x * (to.sigma / from.sigma) - x0 * weight;
    if (!secondOrder) return next;
    const auto slope = (x0 - before) * (1 / ratio);
    return heun ? next + slope * (to.alpha * ((std::exp(-h) - 1) / h + 1)) : next - slope * (0.5F * weight);
  }

  // The same for the diffusion SDE, which decays twice as fast; the noise is added by noiseWeight().
  [[nodiscard]] torch::Tensor sde(const torch::Tensor& x, const torch::Tensor& x0, const torch::Tensor& before) const {
    const float h = to.lambda - from.lambda;
    const float weight = to.alpha * (1 - std::exp(-2 * h));
    auto next = x * (to.sigma / from.sigma * std::exp(-h)) + x0 * weight;
    if (!secondOrder) return next;
    const auto slope = (x0 - before) * (1 / ratio);
    return heun ? next + slope * (to.alpha * ((1 - std::exp(-2 * h)) / (-2 * h) + 1)) : next + slope * (0.5F * weight);
  }
  [[nodiscard]] float noiseWeight() const {
    return to.sigma * std::sqrt(1 - std::exp(-2 * (to.lambda - from.lambda)));
  }
};

torch::Tensor sampleMultistep(Sampler sampler, const Denoiser& model, torch::Tensor x, const NoiseSchedule& schedule,
                              const SamplerOptions& options) {
  const auto& config = schedule.config();
  SigmaRun run(sampler, model, schedule, options);
  const std::int64_t steps = run.steps();
  torch::Tensor before;
  for (std::int64_t i = run.first(); i < steps; ++i) {
    const LogSnrLevel from(run.sigma(i)), to(run.sigma(i + 1));
    const bool firstOrderEnd =
        config.eulerAtFinal || (config.lowerOrderFinal && steps < 15) || config.finalSigma == FinalSigma::Zero;
    const bool secondOrder = i > run.first() && !(i == steps - 1 && firstOrderEnd);
    const float ratio =
        secondOrder ? (from.lambda - LogSnrLevel(run.sigma(i - 1)).lambda) / (to.lambda - from.lambda) : 0;
    const Multistep step{from, to, secondOrder, ratio, config.heunSolver};
    const auto x0 = run.original(x, i);
    if (sampler == Sampler::Dpmpp2m) {
      x = step.ode(x, x0, before);
    } else {
      x = step.sde(x, x0, before);
      if (to.sigma > 0) x = x + run.noise(i) * step.noiseWeight();
    }
    before = x0;
    x = run.arrive(x, x0, i + 1);
  }
  return x;
}

}  // namespace

torch::Tensor sampleDpmpp2m(const Denoiser& model, torch::Tensor x, const NoiseSchedule& schedule,
                            const SamplerOptions& options) {
  return sampleMultistep(Sampler::Dpmpp2m, model, std::move(x), schedule, options);
}

torch::Tensor sampleDpmpp2mSde(const Denoiser& model, torch::Tensor x, const NoiseSchedule& schedule,
                               const SamplerOptions& options) {
  return sampleMultistep(Sampler::Dpmpp2mSde, model, std::move(x), schedule, options);
}

}  // namespace likeness
