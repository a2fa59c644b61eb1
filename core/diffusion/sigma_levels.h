#pragma once
#include <cstdint>
#include <vector>

#include "core/diffusion/noise_schedule.h"
#include "core/diffusion/sampler_options.h"

namespace likeness {

/// The noise levels that a sampler in σ or a multistep one walks down, the noisiest first.
struct SigmaLevels {
  std::vector<double> timesteps;  ///< one a step, for the model
  std::vector<float> sigmas;      ///< σ/√ᾱ, one more: where the last step ends
  std::int64_t first = 0;         ///< the step to begin with, by the strength
  bool variancePreserving = false;
  double initialNoiseSigma = 1;

  [[nodiscard]] std::int64_t steps() const { return std::ssize(timesteps); }
  [[nodiscard]] float sigma(std::int64_t step) const { return sigmas[static_cast<std::size_t>(step)]; }
  [[nodiscard]] double timestep(std::int64_t step) const { return timesteps[static_cast<std::size_t>(step)]; }
};

/// The levels of Dpmpp2m, Dpmpp2mSde and UniPc (whole timesteps, variance preserving) and of all samplers in σ; those
/// of Euler for any other.
/// Errors: steps or strength out of range throw ErrorException(InvalidArgument).
/// Source: Karras et al. 2022 (arXiv:2206.00364), eq. 5 with ρ = 7; spacings: Lin et al. 2023 (arXiv:2305.08891),
/// table 2. They equal set_timesteps of diffusers' schedulers; sgm-uniform is that of the Stability AI repository and
/// AUTOMATIC1111.
[[nodiscard]] SigmaLevels sigmaLevels(Sampler sampler, const NoiseSchedule& schedule, const SamplerOptions& options);

/// The steps that a strength leaves out: diffusers' get_timesteps of image-to-image.
/// Errors: a strength outside (0, 1], or that leaves no step, throws ErrorException(InvalidArgument).
[[nodiscard]] std::int64_t firstStep(const SamplerOptions& options);

/// How the timesteps are spaced: as `kind` wants, the config says, or else `standard`.
[[nodiscard]] TimestepSpacing spacingOf(SigmaSchedule kind, const NoiseScheduleConfig& config,
                                        TimestepSpacing standard);

}  // namespace likeness
