#pragma once
#include <cstdint>

#include "core/diffusion/noise_schedule.h"
#include "core/diffusion/sampler_options.h"
#include "core/diffusion/sigma_levels.h"
#include "core/diffusion/sigma_table.h"

namespace likeness {

/// What every sampler does around its own arithmetic: counts evaluations and calls the hooks of its options.
class SamplerRun {
 public:
  SamplerRun(const SamplerOptions& options, std::int64_t total) : m_options(options), m_total(total) {}

  /// The predicted x_0 that the sampler goes on with.
  [[nodiscard]] torch::Tensor original(torch::Tensor x0, const NoiseLevel& at) const;
  [[nodiscard]] bool editsOriginal() const { return static_cast<bool>(m_options.editOriginal); }
  /// The x that the sampler goes on with after an evaluation that gave x0.
  [[nodiscard]] torch::Tensor arrive(torch::Tensor x, const torch::Tensor& x0, const NoiseLevel& at);
  /// Noise for a step. Errors: options without noise throw ErrorException(InvalidArgument).
  [[nodiscard]] torch::Tensor noise(std::int64_t step) const;

 private:
  const SamplerOptions& m_options;
  std::int64_t m_total, m_done = 0;
};

/// The same for samplers on SigmaLevels, whose steps all look alike: predict x_0 at a level, move to another.
/// x is x_0 + σ ε or, when the levels are variance preserving, that over √(σ² + 1).
class SigmaRun {
 public:
  SigmaRun(Sampler sampler, const Denoiser& model, const NoiseSchedule& schedule, const SamplerOptions& options);

  [[nodiscard]] std::int64_t first() const { return m_levels.first; }
  [[nodiscard]] std::int64_t steps() const { return m_levels.steps(); }
  [[nodiscard]] float sigma(std::int64_t step) const { return m_levels.sigma(step); }
  [[nodiscard]] torch::Tensor noise(std::int64_t step) const { return m_run.noise(step); }

  /// Evaluates the model at a step's beginning, or at any σ, and gives x_0.
  [[nodiscard]] torch::Tensor original(const torch::Tensor& x, std::int64_t step) const;
  [[nodiscard]] torch::Tensor original(const torch::Tensor& x, float sigma) const;
  /// The x to go on with, at a step's beginning (steps() is the end) or at any σ.
  [[nodiscard]] torch::Tensor arrive(torch::Tensor x, const torch::Tensor& x0, std::int64_t step);
  [[nodiscard]] torch::Tensor arrive(torch::Tensor x, const torch::Tensor& x0, float sigma);

 private:
  [[nodiscard]] torch::Tensor evaluate(const torch::Tensor& x, float sigma, double timestep) const;

  const Denoiser& m_model;
  const NoiseScheduleConfig& m_config;
  bool m_clips;
  SigmaLevels m_levels;
  SigmaTable m_table;
  SamplerRun m_run;
};

/// The level of an x on SigmaLevels.
[[nodiscard]] NoiseLevel levelOfSigma(float sigma, double timestep, bool variancePreserving);

/// x at another σ along the direction away from x_0: Euler's step of Karras et al., eq. 1 with their choice σ(t) = t.
/// No difference of large numbers is taken: under zero terminal SNR the first σ is 4096.
[[nodiscard]] torch::Tensor eulerStep(const torch::Tensor& x, const torch::Tensor& x0, float from, float to);

/// How much the slope (x − x_0)/σ at `sigma` differs from that at the step's beginning, whose Euler step led to `expected`
/// there. `x` is `expected` unless it was edited; x0 is what the model says of it, x0Before what it said at the beginning.
[[nodiscard]] torch::Tensor slopeChange(const torch::Tensor& x, const torch::Tensor& expected, const torch::Tensor& x0,
                                        const torch::Tensor& x0Before, float sigma);

/// An ancestral step: down to a lower σ than the next one, then up again with fresh noise.
struct AncestralStep {
  AncestralStep(float from, float to);
  float down, up;
};

}  // namespace likeness
