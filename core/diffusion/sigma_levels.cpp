#include "core/diffusion/sigma_levels.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "core/diffusion/sigma_table.h"
#include "core/diffusion/timesteps.h"

namespace likeness {
namespace {

enum class Shape { Even, Karras, Exponential, SgmUniform };

Shape shapeOf(SigmaSchedule kind, const NoiseScheduleConfig& config) {
  switch (kind) {
    case SigmaSchedule::Model:
      if (config.karrasSigmas) return Shape::Karras;
      return config.exponentialSigmas ? Shape::Exponential : Shape::Even;
    case SigmaSchedule::Karras:
      return Shape::Karras;
    case SigmaSchedule::Exponential:
      return Shape::Exponential;
    case SigmaSchedule::SgmUniform:
      return Shape::SgmUniform;
    case SigmaSchedule::Normal:
    case SigmaSchedule::Trailing:
      return Shape::Even;
  }
  throw std::logic_error("unknown schedule");
}

// `steps` values of σ from the largest to the smallest, even in σ^(1/ρ) or in log σ.
std::vector<double> spread(Shape shape, double largest, double smallest, std::int64_t steps) {
  constexpr double kRho = 7.0;
  const auto warp = [&](double sigma) { return shape == Shape::Karras ? std::pow(sigma, 1 / kRho) : std::log(sigma); };
  const auto unwarp = [&](double value) { return shape == Shape::Karras ? std::pow(value, kRho) : std::exp(value); };
  const double from = warp(largest), to = warp(smallest);
  std::vector<double> sigmas;
  for (std::int64_t i = 0; i < steps; ++i) {
    const double ramp = steps > 1 ? static_cast<double>(i) / static_cast<double>(steps - 1) : 0.0;
    sigmas.push_back(unwarp(from + ramp * (to - from)));
  }
  return sigmas;
}

// The first timestep, from the end, whose half log-SNR is not below the clip.
std::int64_t lastTimestep(const NoiseScheduleConfig& config, const std::vector<float>& sigmas) {
  const auto tooNoisy = [&](float sigma) { return -std::log(sigma) < static_cast<float>(config.lambdaMinClipped); };
  return config.trainTimesteps - std::count_if(sigmas.begin(), sigmas.end(), tooNoisy);
}

// What DPMSolverMultistepScheduler and UniPCMultistepScheduler set: whole timesteps, and σ from the table's ends where
// it is spread.
SigmaLevels multistepLevels(Sampler sampler, const NoiseSchedule& schedule, const SamplerOptions& options) {
  const auto& config = schedule.config();
  const SigmaTable table(schedule);
  const Shape shape = shapeOf(options.schedule, config);
  const bool uniPc = sampler == Sampler::UniPc;
  const std::int64_t last = uniPc ? config.trainTimesteps : lastTimestep(config, table.all());
  const auto spacing = shape == Shape::SgmUniform
                           ? TimestepSpacing::Linspace
                           : spacingOf(options.schedule, config, TimestepSpacing::Linspace);
  SigmaLevels levels;
  levels.variancePreserving = true;
  const auto even = multistepTimesteps(spacing, options.steps, config.trainTimesteps, last, config.stepsOffset);
  if (shape == Shape::Karras || shape == Shape::Exponential) {
    const double largest = config.sigmaMax.value_or(table.all().back());
    const double smallest = config.sigmaMin.value_or(table.all().front());
    // They round Karras' timesteps, but cut the fractions of the others off.
    const bool round = shape == Shape::Karras && (uniPc || config.betaSchedule != BetaSchedule::SquaredcosCapV2);
    for (const double sigma : spread(shape, largest, smallest, options.steps)) {
      const double t = table.timestepOf(sigma);
      levels.sigmas.push_back(static_cast<float>(sigma));
      levels.timesteps.push_back(round ? std::nearbyint(t) : std::trunc(t));
    }
  } else {
    for (const std::int64_t t : even) {
      levels.timesteps.push_back(static_cast<double>(t));
      levels.sigmas.push_back(table.all()[static_cast<std::size_t>(t)]);
    }
  }
  levels.sigmas.push_back(config.finalSigma == FinalSigma::Zero ? 0.0F : table.all().front());
  return levels;
}

// Even timesteps of the schedulers in σ, which keep the fractions of linspace.
std::vector<double> evenTimesteps(TimestepSpacing spacing, const NoiseScheduleConfig& config, std::int64_t steps) {
  std::vector<double> values;
  for (const std::int64_t t : samplingTimesteps(spacing, steps, config.trainTimesteps, config.stepsOffset)) {
    values.push_back(static_cast<double>(t));
  }
  if (spacing != TimestepSpacing::Linspace) return values;
  const auto last = static_cast<double>(config.trainTimesteps - 1);
  for (std::int64_t i = 0; i < steps; ++i) {
    const double ramp = steps > 1 ? static_cast<double>(steps - 1 - i) / static_cast<double>(steps - 1) : 0.0;
    values[static_cast<std::size_t>(i)] = static_cast<double>(static_cast<float>(ramp * last));
  }
  return values;
}

void fillSgmUniform(SigmaLevels& levels, const SigmaTable& table, std::int64_t steps, std::int64_t trainTimesteps) {
  const auto last = static_cast<double>(trainTimesteps - 1);
  for (std::int64_t i = 0; i < steps; ++i) {
    const double t = last * static_cast<double>(steps - i) / static_cast<double>(steps);
    levels.timesteps.push_back(t);
    levels.sigmas.push_back(static_cast<float>(table.atInLog(t)));
  }
}

// What EulerDiscreteScheduler and its like set: fractional timesteps, and σ between those of the even timesteps' ends
// where it is spread.
SigmaLevels karrasLevels(Sampler sampler, const NoiseSchedule& schedule, const SamplerOptions& options) {
  const auto& config = schedule.config();
  const SigmaTable table(schedule);
  const Shape shape = shapeOf(options.schedule, config);
  const auto spacing = spacingOf(options.schedule, config, TimestepSpacing::Linspace);
  SigmaLevels levels;
  levels.timesteps = evenTimesteps(spacing, config, options.steps);
  for (const double t : levels.timesteps) levels.sigmas.push_back(static_cast<float>(table.at(t)));
  if (shape != Shape::Even) {
    const double largest = config.sigmaMax.value_or(levels.sigmas.front());
    const double smallest = config.sigmaMin.value_or(levels.sigmas.back());
    levels.timesteps.clear();
    levels.sigmas.clear();
    if (shape == Shape::SgmUniform) {
      fillSgmUniform(levels, table, options.steps, config.trainTimesteps);
    } else {
      // KDPM2DiscreteScheduler and its ancestral twin alone round Karras' timesteps.
      const bool round = shape == Shape::Karras && (sampler == Sampler::Dpm2 || sampler == Sampler::Dpm2Ancestral);
      for (const double sigma : spread(shape, largest, smallest, options.steps)) {
        const double t = table.timestepOf(sigma);
        levels.sigmas.push_back(static_cast<float>(sigma));
        levels.timesteps.push_back(round ? std::nearbyint(t) : t);
      }
    }
  }
  const double largest = *std::max_element(levels.sigmas.begin(), levels.sigmas.end());
  const bool leading = spacing == TimestepSpacing::Leading && shape != Shape::SgmUniform;
  levels.initialNoiseSigma = leading ? std::sqrt(largest * largest + 1) : largest;
  // EulerDiscreteScheduler alone of them knows another end.
  const bool stopsAbove = sampler == Sampler::Euler && config.finalSigma == FinalSigma::SigmaMin;
  levels.sigmas.push_back(stopsAbove ? table.all().front() : 0.0F);
  return levels;
}

[[noreturn]] void refuse(const std::string& sentence) {
  throw ErrorException(Error{ErrorCode::InvalidArgument, sentence});
}

}  // namespace

TimestepSpacing spacingOf(SigmaSchedule kind, const NoiseScheduleConfig& config, TimestepSpacing standard) {
  return kind == SigmaSchedule::Trailing ? TimestepSpacing::Trailing : config.timestepSpacing.value_or(standard);
}

std::int64_t firstStep(const SamplerOptions& options) {
  if (!(options.strength > 0) || options.strength > 1) refuse("The strength must lie above 0 and at most at 1.");
  const auto left = static_cast<std::int64_t>(static_cast<double>(options.steps) * options.strength);
  if (options.steps > 0 && left < 1) {
    refuse("So low a strength leaves no step of " + std::to_string(options.steps) +
           " to take. Raise the strength or the number of steps.");
  }
  return std::max<std::int64_t>(options.steps - left, 0);
}

SigmaLevels sigmaLevels(Sampler sampler, const NoiseSchedule& schedule, const SamplerOptions& options) {
  const bool multistep =
      sampler == Sampler::Dpmpp2m || sampler == Sampler::Dpmpp2mSde || sampler == Sampler::UniPc;
  SigmaLevels levels =
      multistep ? multistepLevels(sampler, schedule, options) : karrasLevels(sampler, schedule, options);
  levels.first = firstStep(options);
  return levels;
}

}  // namespace likeness
