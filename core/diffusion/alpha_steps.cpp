#include "core/diffusion/alpha_steps.h"

#include <string>

#include "core/diffusion/sigma_levels.h"
#include "core/diffusion/timesteps.h"

namespace likeness {
namespace {

bool isSpread(SigmaSchedule kind) {
  return kind == SigmaSchedule::Karras || kind == SigmaSchedule::Exponential || kind == SigmaSchedule::SgmUniform;
}

// The levels of the samplers in σ, as ᾱ.
std::vector<AlphaStep> stepsOfSigmas(const NoiseSchedule& schedule, const SamplerOptions& options) {
  const SigmaLevels levels = sigmaLevels(Sampler::Euler, schedule, options);
  const auto alpha = [&](std::int64_t i) { return 1 / (1 + levels.sigma(i) * levels.sigma(i)); };
  std::vector<AlphaStep> steps;
  for (std::int64_t i = 0; i < levels.steps(); ++i) steps.push_back({levels.timestep(i), alpha(i), alpha(i + 1)});
  return steps;
}

// Each step goes to the next timestep, the last one to `end`.
std::vector<AlphaStep> chained(const std::vector<std::int64_t>& timesteps, const NoiseSchedule& schedule, float end) {
  const auto alpha = [&](std::size_t i) {
    return schedule.alphasCumprodTable()[static_cast<std::size_t>(timesteps[i])];
  };
  std::vector<AlphaStep> steps;
  for (std::size_t i = 0; i < timesteps.size(); ++i) {
    const float previous = i + 1 < timesteps.size() ? alpha(i + 1) : end;
    steps.push_back({static_cast<double>(timesteps[i]), alpha(i), previous});
  }
  return steps;
}

// DDIMScheduler goes down by T/steps, whatever the next timestep is.
std::vector<AlphaStep> strided(const std::vector<std::int64_t>& timesteps, const NoiseSchedule& schedule) {
  const auto& table = schedule.alphasCumprodTable();
  const float last = schedule.config().setAlphaToOne.value_or(true) ? 1.0F : table[0];
  const std::int64_t stride = schedule.trainTimesteps() / std::ssize(timesteps);
  std::vector<AlphaStep> steps;
  for (const std::int64_t t : timesteps) {
    const float previous = t >= stride ? table[static_cast<std::size_t>(t - stride)] : last;
    steps.push_back({static_cast<double>(t), table[static_cast<std::size_t>(t)], previous});
  }
  return steps;
}

// Every (T/original)-th timestep is one that the model was distilled at; `steps` of those, evenly.
std::vector<std::int64_t> consistencyTimesteps(const NoiseScheduleConfig& config, std::int64_t steps) {
  const std::int64_t original = config.originalInferenceSteps;
  if (steps < 1 || steps > original || original > config.trainTimesteps) {
    throw ErrorException(Error{ErrorCode::InvalidArgument,
                               "lcm takes between 1 and " +
                                   std::to_string(std::min(original, config.trainTimesteps)) +
                                   " steps with this model. Four to eight are what it was made for."});
  }
  const std::int64_t stride = config.trainTimesteps / original;
  const double skip = static_cast<double>(original) / static_cast<double>(steps);
  std::vector<std::int64_t> timesteps;
  for (std::int64_t i = 0; i < steps; ++i) {
    const auto index = static_cast<std::int64_t>(std::floor(static_cast<double>(i) * skip));
    timesteps.push_back((original - index) * stride - 1);
  }
  return timesteps;
}

std::vector<AlphaStep> consistencySteps(const NoiseSchedule& schedule, const SamplerOptions& options) {
  const auto& config = schedule.config();
  std::vector<std::int64_t> timesteps;
  switch (options.schedule) {
    case SigmaSchedule::Model:
    case SigmaSchedule::Normal:
      timesteps = consistencyTimesteps(config, options.steps);
      break;
    case SigmaSchedule::Trailing:
      timesteps = samplingTimesteps(TimestepSpacing::Trailing, options.steps, config.trainTimesteps, 0);
      break;
    case SigmaSchedule::SgmUniform:
      timesteps = multistepTimesteps(TimestepSpacing::Linspace, options.steps, config.trainTimesteps,
                                     config.trainTimesteps, 0);
      break;
    default:
      refuseUnevenSchedule(Sampler::Lcm, options.schedule);
  }
  return chained(timesteps, schedule, 1.0F);
}

}  // namespace

std::vector<AlphaStep> alphaSteps(Sampler sampler, const NoiseSchedule& schedule, const SamplerOptions& options) {
  if (sampler == Sampler::Lcm) return consistencySteps(schedule, options);
  if (isSpread(options.schedule)) return stepsOfSigmas(schedule, options);
  const auto& config = schedule.config();
  const auto timesteps = samplingTimesteps(spacingOf(options.schedule, config, TimestepSpacing::Leading),
                                           options.steps, config.trainTimesteps, config.stepsOffset);
  return sampler == Sampler::Ddim ? strided(timesteps, schedule) : chained(timesteps, schedule, 1.0F);
}

torch::Tensor originalAt(float alpha, const torch::Tensor& x, const torch::Tensor& output, PredictionType type) {
  const float signal = std::sqrt(alpha), noise = std::sqrt(1 - alpha);
  return type == PredictionType::Epsilon ? (x - output * noise) / signal : x * signal - output * noise;
}

void refuseUnevenSchedule(Sampler sampler, SigmaSchedule schedule) {
  const std::string name = samplerName(sampler);
  throw ErrorException(Error{ErrorCode::InvalidArgument,
                             name + " walks evenly spaced timesteps, so it can't follow the schedule " +
                                 sigmaScheduleName(schedule) +
                                 ". Choose normal or trailing, or another sampler, such as euler."});
}

}  // namespace likeness
