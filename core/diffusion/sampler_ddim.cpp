#include <cmath>

#include "core/diffusion/samplers.h"
#include "core/diffusion/timesteps.h"

namespace likeness {
namespace {

// One step from ᾱ to ᾱ of the step before it, as multiples of x and of the model's answer.
struct DdimStep {
  float alpha, previous, deviation;  // ᾱ_t, ᾱ_{t−1}, σ_t(η)

  [[nodiscard]] torch::Tensor original(const torch::Tensor& x, const torch::Tensor& output, PredictionType type) const {
    const float signal = std::sqrt(alpha), noise = std::sqrt(1 - alpha);
    return type == PredictionType::Epsilon ? (x - output * noise) / signal : x * signal - output * noise;
  }
  [[nodiscard]] torch::Tensor noise(const torch::Tensor& x, const torch::Tensor& output, PredictionType type) const {
    if (type == PredictionType::Epsilon) return output;
    return output * std::sqrt(alpha) + x * std::sqrt(1 - alpha);
  }
};

DdimStep makeStep(const NoiseSchedule& schedule, std::int64_t t, std::int64_t previous, double eta) {
  const auto& table = schedule.alphasCumprodTable();
  const float last = schedule.config().setAlphaToOne.value_or(true) ? 1.0F : table[0];
  const float alpha = table[static_cast<std::size_t>(t)];
  const float alphaPrevious = previous >= 0 ? table[static_cast<std::size_t>(previous)] : last;
  const float variance = (1 - alphaPrevious) / (1 - alpha) * (1 - alpha / alphaPrevious);
  return {alpha, alphaPrevious, static_cast<float>(eta) * std::sqrt(std::max(variance, 0.0F))};
}

}  // namespace

torch::Tensor sampleDdim(const Denoiser& model, torch::Tensor x, const NoiseSchedule& schedule,
                         const SamplerOptions& options) {
  const auto& config = schedule.config();
  if (!(options.eta >= 0) || options.eta > 1 || (options.eta > 0 && !options.noise)) {
    throw ErrorException(Error{ErrorCode::InvalidArgument, "eta must lie between 0 and 1."});
  }
  const auto timesteps = samplingTimesteps(config.timestepSpacing.value_or(TimestepSpacing::Leading), options.steps,
                                           config.trainTimesteps, config.stepsOffset);
  const std::int64_t stride = config.trainTimesteps / options.steps;
  for (std::int64_t i = 0; i < options.steps; ++i) {
    const std::int64_t t = timesteps[static_cast<std::size_t>(i)];
    const DdimStep step = makeStep(schedule, t, t - stride, options.eta);
    const auto output = model(x, t);
    auto x0 = step.original(x, output, config.predictionType);
    if (config.clipSample.value_or(true)) x0 = x0.clamp(-config.clipSampleRange, config.clipSampleRange);
    const float direction = std::sqrt(std::max(1 - step.previous - step.deviation * step.deviation, 0.0F));
    x = x0 * std::sqrt(step.previous) + step.noise(x, output, config.predictionType) * direction;
    if (options.eta > 0) x = x + options.noise(i) * step.deviation;
    if (options.onStep) options.onStep(i + 1, options.steps, x, x0);
  }
  return x;
}

}  // namespace likeness
