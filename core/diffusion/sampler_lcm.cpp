#include <cmath>

#include "core/diffusion/alpha_steps.h"
#include "core/diffusion/sampler_run.h"
#include "core/diffusion/samplers.h"

namespace likeness {
namespace {

// What the consistency function takes of x_0 and of x itself, so that it is the identity at t = 0 (Song et al. 2023,
// arXiv:2303.01469, eq. 5 and appendix C, with σ_data = 0.5).
struct Boundary {
  explicit Boundary(double scaledTimestep) {
    constexpr double kData = 0.5;
    const double square = scaledTimestep * scaledTimestep + kData * kData;
    ofX = kData * kData / square;
    ofOriginal = scaledTimestep / std::sqrt(square);
  }
  double ofX, ofOriginal;
};

}  // namespace

torch::Tensor sampleLcm(const Denoiser& model, torch::Tensor x, const NoiseSchedule& schedule,
                        const SamplerOptions& options) {
  const auto& config = schedule.config();
  const auto steps = alphaSteps(Sampler::Lcm, schedule, options);
  SamplerRun run(options, modelEvaluations(Sampler::Lcm, schedule, options));
  for (std::int64_t i = firstStep(options); i < std::ssize(steps); ++i) {
    const AlphaStep& step = steps[static_cast<std::size_t>(i)];
    auto predicted = originalAt(step.alpha, x, model(x, step.timestep), config.predictionType);
    if (config.clipSample.value_or(false)) {
      predicted = predicted.clamp(-config.clipSampleRange, config.clipSampleRange);
    }
    const Boundary boundary(step.timestep * config.timestepScaling);
    const auto x0 = run.original(predicted * boundary.ofOriginal + x * boundary.ofX, step.level());
    const bool last = i + 1 == std::ssize(steps);
    x = last ? x0 : x0 * std::sqrt(step.previous) + run.noise(i) * std::sqrt(1 - step.previous);
    x = run.arrive(x, x0, levelAfter(steps, i));
  }
  return x;
}

}  // namespace likeness
