#include <algorithm>
#include <cmath>

#include "core/diffusion/alpha_steps.h"
#include "core/diffusion/sampler_run.h"
#include "core/diffusion/samplers.h"

namespace likeness {
namespace {

// The noise at ᾱ as the model's answer implies it, or as an edited x_0 does.
torch::Tensor noiseAt(float alpha, const torch::Tensor& x, const torch::Tensor& output, PredictionType type) {
  if (type == PredictionType::Epsilon) return output;
  return output * std::sqrt(alpha) + x * std::sqrt(1 - alpha);
}
torch::Tensor noiseBeside(float alpha, const torch::Tensor& x, const torch::Tensor& x0) {
  return (x - x0 * std::sqrt(alpha)) / std::sqrt(1 - alpha);
}

// σ_t(η), Song et al., eq. 16.
float deviation(const AlphaStep& step, double eta) {
  const float variance = (1 - step.previous) / (1 - step.alpha) * (1 - step.alpha / step.previous);
  return static_cast<float>(eta) * std::sqrt(std::max(variance, 0.0F));
}

}  // namespace

torch::Tensor sampleDdim(const Denoiser& model, torch::Tensor x, const NoiseSchedule& schedule,
                         const SamplerOptions& options) {
  checkSamplerOptions(Sampler::Ddim, schedule, options).value();
  const auto& config = schedule.config();
  const auto type = config.predictionType;
  const auto steps = alphaSteps(Sampler::Ddim, schedule, options);
  SamplerRun run(options, modelEvaluations(Sampler::Ddim, schedule, options));
  for (std::int64_t i = firstStep(options); i < std::ssize(steps); ++i) {
    const AlphaStep& step = steps[static_cast<std::size_t>(i)];
    const auto output = model(x, step.timestep);
    auto x0 = originalAt(step.alpha, x, output, type);
    if (config.clipSample.value_or(true)) x0 = x0.clamp(-config.clipSampleRange, config.clipSampleRange);
    x0 = run.original(x0, step.level());
    const auto noise =
        run.editsOriginal() ? noiseBeside(step.alpha, x, x0) : noiseAt(step.alpha, x, output, type);
    const float sigma = deviation(step, options.eta);
    const float direction = std::sqrt(std::max(1 - step.previous - sigma * sigma, 0.0F));
    x = x0 * std::sqrt(step.previous) + noise * direction;
    if (options.eta > 0) x = x + run.noise(i) * sigma;
    x = run.arrive(x, x0, levelAfter(steps, i));
  }
  return x;
}

}  // namespace likeness
