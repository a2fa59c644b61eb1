#pragma once
#include <cstdint>
#include <functional>

#include "core/api/sampler.h"
#include "core/tensor/torch.h"

namespace likeness {

/// The model as a sampler sees it: its raw answer (noise or v, by the schedule) to x [N,C,h,w] at a timestep, after
/// guidance. Same shape as x. Range: x as the model was trained, at √ᾱ x_0 + √(1 − ᾱ) ε; the timestep lies in
/// [0, trainTimesteps − 1] and need not be whole.
using Denoiser = std::function<torch::Tensor(const torch::Tensor& x, double timestep)>;

/// How a sampler's x is made of picture and noise at one moment: x = signal · x_0 + noise · ε. Variance-preserving
/// samplers have signal² + noise² = 1, those in σ have signal 1 and noise σ.
struct NoiseLevel {
  double timestep = 0;  ///< what the model is told there
  double signal = 1;
  double noise = 0;

  /// x_0 with this much noise. Shapes: both [N,C,h,w]. Equals add_noise of diffusers' schedulers.
  [[nodiscard]] torch::Tensor noised(const torch::Tensor& x0, const torch::Tensor& normal) const {
    return x0 * signal + normal * noise;
  }
};

/// What a sampler is told beside model, start and schedule.
struct SamplerOptions {
  std::int64_t steps = 25;
  double eta = 0.0;  ///< DDIM only: 0 is deterministic, 1 has the variance of DDPM
  /// Standard normal noise in the shape of x for a step (0-based, counted over the whole schedule whatever `strength`
  /// is); called at most once a step, and only by samplers that are random, where it must be set.
  std::function<torch::Tensor(std::int64_t step)> noise = {};
  /// Called after each model evaluation: how many are done, of how many; x after it; x_0 as predicted by it. May throw
  /// to stop.
  std::function<void(std::int64_t done, std::int64_t total, const torch::Tensor& x, const torch::Tensor& x0)> onStep =
      {};
  SigmaSchedule schedule = SigmaSchedule::Model;
  /// How much of the schedule is walked, as in image-to-image: the last int(steps · strength) steps of it. Start from
  /// startLevel(…).noised(picture, noise) then. In (0, 1].
  double strength = 1.0;
  /// Called after each model evaluation with the x_0 that it predicts and the level of the x it was asked about; the
  /// sampler goes on with the answer in its place.
  std::function<torch::Tensor(const torch::Tensor& x0, const NoiseLevel& at)> editOriginal = {};
  /// Called when a model evaluation has led to a new x, with the level that this x has ({0, 1, 0} at the very end); the
  /// sampler goes on with the answer in its place. To keep a known part of a picture (inpainting), answer
  /// mask · x + (1 − mask) · at.noised(known, noise), as diffusers does. Where a step takes two evaluations the first
  /// one's x only serves the second.
  std::function<torch::Tensor(const torch::Tensor& x, const NoiseLevel& at)> editLatents = {};
};

}  // namespace likeness
