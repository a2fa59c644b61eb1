#include <algorithm>
#include <cmath>

#include "core/diffusion/samplers.h"
#include "core/diffusion/timesteps.h"

namespace likeness {
namespace {

// The last ᾱ under zero terminal SNR: small, but its σ is finite (the smallest fp16 number, as diffusers takes).
constexpr float kSmallestAlpha = 0x1p-24F;

// σ/√ᾱ at each of the steps' ends, the last one where sampling stops, and the timesteps for the model.
struct MultistepPlan {
  std::vector<std::int64_t> timesteps;
  std::vector<float> sigmas;  // one more than timesteps
};

std::vector<float> allSigmas(const NoiseSchedule& schedule) {
  auto table = schedule.alphasCumprodTable();
  if (schedule.config().rescaleBetasZeroSnr) table.back() = kSmallestAlpha;
  for (float& value : table) value = std::sqrt((1 - value) / value);
  return table;
}

// The first timestep, from the end, whose half log-SNR is not below the clip.
std::int64_t lastTimestep(const NoiseScheduleConfig& config, const std::vector<float>& sigmas) {
  const auto tooNoisy = [&](float sigma) { return -std::log(sigma) < static_cast<float>(config.lambdaMinClipped); };
  return config.trainTimesteps - std::count_if(sigmas.begin(), sigmas.end(), tooNoisy);
}

// Timestep of a σ by linear interpolation in log σ.
std::int64_t timestepOfSigma(double sigma, const std::vector<float>& sigmas) {
  const auto above = std::upper_bound(sigmas.begin(), sigmas.end(), sigma,
                                      [](double value, float entry) { return value < static_cast<double>(entry); });
  const auto low = std::clamp<std::int64_t>(above - sigmas.begin() - 1, 0, std::ssize(sigmas) - 2);
  const double from = std::log(sigmas[static_cast<std::size_t>(low)]);
  const double to = std::log(sigmas[static_cast<std::size_t>(low + 1)]);
  const double weight = std::clamp((from - std::log(std::max(sigma, 1e-10))) / (from - to), 0.0, 1.0);
  return static_cast<std::int64_t>(
      std::nearbyint((1 - weight) * static_cast<double>(low) + weight * static_cast<double>(low + 1)));
}

// Karras et al. 2022 (arXiv:2206.00364), eq. 5 with ρ = 7.
void spaceLikeKarras(MultistepPlan& plan, const std::vector<float>& all, std::int64_t steps) {
  const double rho = 7.0;
  const double largest = std::pow(all.back(), 1 / rho), smallest = std::pow(all.front(), 1 / rho);
  for (std::int64_t i = 0; i < steps; ++i) {
    const double ramp = steps > 1 ? static_cast<double>(i) / static_cast<double>(steps - 1) : 0.0;
    const double sigma = std::pow(largest + ramp * (smallest - largest), rho);
    plan.sigmas.push_back(static_cast<float>(sigma));
    plan.timesteps.push_back(timestepOfSigma(sigma, all));
  }
}

MultistepPlan makePlan(const NoiseSchedule& schedule, std::int64_t steps) {
  const auto& config = schedule.config();
  const auto all = allSigmas(schedule);
  MultistepPlan plan;
  const auto timesteps =
      multistepTimesteps(config.timestepSpacing.value_or(TimestepSpacing::Linspace), steps, config.trainTimesteps,
                         lastTimestep(config, all), config.stepsOffset);
  if (config.karrasSigmas) {
    spaceLikeKarras(plan, all, steps);
  } else {
    plan.timesteps = timesteps;
    for (const std::int64_t t : timesteps) plan.sigmas.push_back(all[static_cast<std::size_t>(t)]);
  }
  plan.sigmas.push_back(config.finalSigma == FinalSigma::Zero ? 0.0F : all.front());
  return plan;
}

// √ᾱ, √(1 − ᾱ) and half the log-SNR at a σ.
struct Level {
  explicit Level(float sigma)
      : alpha(1 / std::sqrt(sigma * sigma + 1)),
        sigma(sigma * alpha),
        lambda(std::log(alpha) - std::log(this->sigma)) {}
  float alpha, sigma, lambda;
};

// Algorithm 2 of Lu et al.: x at `to` from x at `from` and the data predictions there and, for the second order, at
// the level before it.
torch::Tensor advance(const torch::Tensor& x, const Level& from, const Level& to, const torch::Tensor& x0,
                      const Level* before, const torch::Tensor& x0Before, bool heun) {
  const float h = to.lambda - from.lambda;
  const float weight = to.alpha * (std::exp(-h) - 1);
  auto next = x * (to.sigma / from.sigma) - x0 * weight;
  if (before == nullptr) return next;
  const float r = (from.lambda - before->lambda) / h;
  const auto slope = (x0 - x0Before) * (1 / r);
  return heun ? next + slope * (to.alpha * ((std::exp(-h) - 1) / h + 1)) : next - slope * (0.5F * weight);
}

}  // namespace

torch::Tensor sampleDpmpp2m(const Denoiser& model, torch::Tensor x, const NoiseSchedule& schedule,
                            const SamplerOptions& options) {
  const auto& config = schedule.config();
  const MultistepPlan plan = makePlan(schedule, options.steps);
  const std::int64_t steps = std::ssize(plan.timesteps);
  torch::Tensor previous;
  for (std::int64_t i = 0; i < steps; ++i) {
    const auto at = [&](std::int64_t k) { return Level(plan.sigmas[static_cast<std::size_t>(k)]); };
    const Level from = at(i), to = at(i + 1);
    const auto output = model(x, plan.timesteps[static_cast<std::size_t>(i)]);
    const auto x0 = config.predictionType == PredictionType::Epsilon ? (x - output * from.sigma) / from.alpha
                                                                     : x * from.alpha - output * from.sigma;
    const bool firstOrderEnd = config.eulerAtFinal || (config.lowerOrderFinal && steps < 15) ||
                               config.finalSigma == FinalSigma::Zero;
    const bool firstOrder = i == 0 || (i == steps - 1 && firstOrderEnd);
    const Level before = at(std::max<std::int64_t>(i - 1, 0));
    x = advance(x, from, to, x0, firstOrder ? nullptr : &before, previous, config.heunSolver);
    previous = x0;
    if (options.onStep) options.onStep(i + 1, steps, x, x0);
  }
  return x;
}

}  // namespace likeness
