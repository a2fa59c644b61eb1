#include "core/diffusion/sampler_run.h"

#include <algorithm>
#include <cmath>

#include "core/diffusion/samplers.h"

namespace likeness {

torch::Tensor SamplerRun::original(torch::Tensor x0, const NoiseLevel& at) const {
  return m_options.editOriginal ? m_options.editOriginal(x0, at) : std::move(x0);
}

torch::Tensor SamplerRun::arrive(torch::Tensor x, const torch::Tensor& x0, const NoiseLevel& at) {
  if (m_options.editLatents) x = m_options.editLatents(x, at);
  ++m_done;
  if (m_options.onStep) m_options.onStep(m_done, m_total, x, x0);
  return x;
}

torch::Tensor SamplerRun::noise(std::int64_t step) const {
  if (!m_options.noise) throw ErrorException(Error{ErrorCode::InvalidArgument, "This sampler needs a noise source."});
  return m_options.noise(step);
}

SigmaRun::SigmaRun(Sampler sampler, const Denoiser& model, const NoiseSchedule& schedule,
                   const SamplerOptions& options)
    : m_model(model),
      m_config(schedule.config()),
      // HeunDiscreteScheduler alone of them clips.
      m_clips(sampler == Sampler::Heun && m_config.clipSample.value_or(false)),
      m_levels(sigmaLevels(sampler, schedule, options)),
      m_table(schedule),
      m_run(options, modelEvaluations(sampler, schedule, options)) {}

torch::Tensor SigmaRun::original(const torch::Tensor& x, std::int64_t step) const {
  return evaluate(x, sigma(step), m_levels.timestep(step));
}

torch::Tensor SigmaRun::original(const torch::Tensor& x, float sigma) const {
  return evaluate(x, sigma, m_table.timestepOf(sigma));
}

torch::Tensor SigmaRun::evaluate(const torch::Tensor& x, float sigma, double timestep) const {
  const auto level = levelOfSigma(sigma, timestep, m_levels.variancePreserving);
  const bool epsilon = m_config.predictionType == PredictionType::Epsilon;
  if (m_levels.variancePreserving) {
    const auto output = m_model(x, timestep);
    return m_run.original(
        epsilon ? (x - output * level.noise) / level.signal : x * level.signal - output * level.noise, level);
  }
  const float scale = std::sqrt(sigma * sigma + 1);
  const auto output = m_model(x / scale, timestep);
  auto x0 = epsilon ? x - output * sigma : output * (-sigma / scale) + x / (sigma * sigma + 1);
  if (m_clips) x0 = x0.clamp(-m_config.clipSampleRange, m_config.clipSampleRange);
  return m_run.original(std::move(x0), level);
}

torch::Tensor SigmaRun::arrive(torch::Tensor x, const torch::Tensor& x0, std::int64_t step) {
  const bool end = step == steps();
  return m_run.arrive(std::move(x), x0,
                      end ? NoiseLevel{}
                          : levelOfSigma(sigma(step), m_levels.timestep(step), m_levels.variancePreserving));
}

torch::Tensor SigmaRun::arrive(torch::Tensor x, const torch::Tensor& x0, float sigma) {
  return m_run.arrive(std::move(x), x0,
                      levelOfSigma(sigma, m_table.timestepOf(sigma), m_levels.variancePreserving));
}

NoiseLevel levelOfSigma(float sigma, double timestep, bool variancePreserving) {
  if (!variancePreserving) return {timestep, 1, sigma};
  const float alpha = 1 / std::sqrt(sigma * sigma + 1);
  return {timestep, alpha, sigma * alpha};
}

torch::Tensor eulerStep(const torch::Tensor& x, const torch::Tensor& x0, float from, float to) {
  return x0 + (x - x0) * (to / from);
}

torch::Tensor slopeChange(const torch::Tensor& x, const torch::Tensor& expected, const torch::Tensor& x0,
                          const torch::Tensor& x0Before, float sigma) {
  return ((x - expected) - (x0 - x0Before)) / sigma;
}

AncestralStep::AncestralStep(float from, float to) {
  // Both squares add up to that of `to`. k-diffusion takes `down` from that, a difference of nearly equal numbers.
  const double high = from, low = to;
  up = static_cast<float>(low * std::sqrt((high - low) * (high + low)) / high);
  down = static_cast<float>(low * low / high);
}

}  // namespace likeness
