#pragma once
#include <cmath>
#include <vector>

#include "core/diffusion/samplers.h"
#include "tests/numerics/diffusion_fixtures.h"

/// One case of the sampler fixtures, run with our sampler.
struct SamplerCase {
  const DiffusionFixtures& fixtures;
  const likeness::Json& entry;

  [[nodiscard]] likeness::Sampler sampler() const {
    return likeness::parseSampler(entry["sampler"].get<std::string>()).value();
  }
  [[nodiscard]] likeness::NoiseSchedule schedule() const { return DiffusionFixtures::schedule(fixtures.config(entry)); }
  /// The options without callbacks, but with the reference's noise.
  [[nodiscard]] likeness::SamplerOptions options() const {
    likeness::SamplerOptions options;
    options.steps = entry["steps"];
    options.eta = entry["eta"];
    options.strength = entry["strength"];
    options.schedule = likeness::parseSigmaSchedule(entry["schedule"].get<std::string>()).value();
    const auto noise = fixtures.tensor("step_noise");
    options.noise = [noise](std::int64_t step) { return noise[step]; };
    return options;
  }
};

/// What a sampler did: the timesteps that the model was asked at, x after each evaluation, and what it was told.
struct Trajectory {
  std::vector<double> timesteps;
  std::vector<torch::Tensor> x;
  std::vector<std::int64_t> totals;
  torch::Tensor last;
};

/// The script's ToyModel: a bounded nonlinear denoiser.
inline torch::Tensor toyModel(const DiffusionFixtures& fixtures, const torch::Tensor& x, double t) {
  const auto wave = std::cos(t / 100.0);
  const auto bias = (fixtures.tensor("bias").to(x.dtype()) * wave).view({1, -1, 1, 1});
  return torch::tanh(torch::conv2d(x, fixtures.tensor("weight").to(x.dtype()), {}, 1, 1) + bias);
}

inline Trajectory runCase(const SamplerCase& one) {
  Trajectory result;
  const auto& fixtures = one.fixtures;
  const auto schedule = one.schedule();
  auto options = one.options();
  const auto start = fixtures.tensor("start");
  const auto original = fixtures.tensor("original");
  options.onStep = [&](std::int64_t done, std::int64_t total, const torch::Tensor& x, const torch::Tensor&) {
    if (done != std::ssize(result.x) + 1) throw std::logic_error("evaluations are not counted up");
    result.totals.push_back(total);
    result.x.push_back(x);
  };
  if (one.entry["masked"].get<bool>()) {
    const auto mask = fixtures.tensor("mask");
    options.editLatents = [=](const torch::Tensor& x, const likeness::NoiseLevel& at) {
      return mask * x + (1 - mask) * at.noised(original, start);
    };
  }
  const likeness::Denoiser model = [&](const torch::Tensor& x, double t) {
    result.timesteps.push_back(t);
    return toyModel(fixtures, x, t);
  };
  const auto x = options.strength < 1
                     ? likeness::startLevel(one.sampler(), schedule, options).noised(original, start)
                     : start * likeness::initialNoiseSigma(one.sampler(), schedule, options);
  result.last = likeness::sample(one.sampler(), model, x, schedule, options);
  return result;
}

/// Ours and the reference's states side by side: k-diffusion tells x once a step, we do after each evaluation.
inline std::vector<torch::Tensor> statesLike(const Trajectory& ours, std::int64_t count) {
  if (std::ssize(ours.x) == count) return ours.x;
  std::vector<torch::Tensor> states;
  for (std::size_t i = 1; i < ours.x.size(); i += 2) states.push_back(ours.x[i]);
  states.push_back(ours.x.back());
  return states;
}

/// The largest difference of any state, relative to that state's largest value where that is above 1 (in σ, x begins
/// as large as σ_max); infinite when the numbers of states differ.
inline double deviation(const Trajectory& ours, const torch::Tensor& theirs) {
  const auto states = statesLike(ours, theirs.size(0));
  if (std::ssize(states) != theirs.size(0)) return std::numeric_limits<double>::infinity();
  double worst = 0;
  for (std::int64_t i = 0; i < theirs.size(0); ++i) {
    const double size = std::max(1.0, theirs[i].abs().max().item<double>());
    worst = std::max(worst, largestDifference(states[static_cast<std::size_t>(i)], theirs[i]) / size);
  }
  return worst;
}
