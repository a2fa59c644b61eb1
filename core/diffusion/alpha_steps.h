#pragma once
#include <cmath>
#include <cstdint>
#include <vector>

#include "core/diffusion/noise_schedule.h"
#include "core/diffusion/sampler_options.h"

namespace likeness {

/// One step of a sampler that thinks in ᾱ.
struct AlphaStep {
  double timestep;        ///< for the model
  float alpha, previous;  ///< ᾱ at the step's beginning and end

  [[nodiscard]] NoiseLevel level() const { return {timestep, std::sqrt(alpha), std::sqrt(1 - alpha)}; }
};

/// All steps of Ddim, Ddpm or Lcm, the noisiest first; options.strength is not looked at.
/// Errors: steps out of range, or a schedule that the sampler doesn't have, throw ErrorException(InvalidArgument).
[[nodiscard]] std::vector<AlphaStep> alphaSteps(Sampler sampler, const NoiseSchedule& schedule,
                                                const SamplerOptions& options);

/// Where a sampler stands after step i: at the next one's beginning, or clean.
[[nodiscard]] inline NoiseLevel levelAfter(const std::vector<AlphaStep>& steps, std::int64_t i) {
  return i + 1 < std::ssize(steps) ? steps[static_cast<std::size_t>(i + 1)].level() : NoiseLevel{};
}

/// x_0 as the model's answer at an ᾱ implies it, in fp32 coefficients.
[[nodiscard]] torch::Tensor originalAt(float alpha, const torch::Tensor& x, const torch::Tensor& output,
                                       PredictionType type);

/// Throws ErrorException(InvalidArgument): a sampler whose coefficients need even timesteps can't follow a schedule.
[[noreturn]] void refuseUnevenSchedule(Sampler sampler, SigmaSchedule schedule);

}  // namespace likeness
