#pragma once
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/diffusion/noise_schedule.h"
#include "core/tensor/torch.h"

namespace likeness {

/// The model as a sampler sees it: its raw answer (noise or v, by the schedule) to x [N,C,h,w] at a timestep, after
/// guidance. Same shape as x.
using Denoiser = std::function<torch::Tensor(const torch::Tensor& x, std::int64_t timestep)>;

enum class Sampler { Ddim, Plms, Dpmpp2m };

/// What a sampler is told beside model, start and schedule.
struct SamplerOptions {
  std::int64_t steps = 25;
  double eta = 0.0;  ///< DDIM only: 0 is deterministic, 1 has the variance of DDPM
  /// Standard normal noise in the shape of x for a step (0-based); called only when eta > 0, where it must be set.
  std::function<torch::Tensor(std::int64_t step)> noise = {};
  /// Called after each model evaluation: how many are done, of how many; x after it; x_0 as predicted by it. May throw
  /// to stop.
  std::function<void(std::int64_t done, std::int64_t total, const torch::Tensor& x, const torch::Tensor& x0)> onStep =
      {};
};

/// Denoises x from pure noise to a latent.
/// Shapes: x [N,C,h,w], standard normal (times initialNoiseSigma). Dtype and device: those of x; fp32 recommended, and
/// coefficients are computed in fp32. Randomness: only options.noise. Threads: pure functions; any.
/// Errors: options out of range throw ErrorException(InvalidArgument).
/// All equal diffusers' class of the same name made `from_config` of the model's own scheduler file, whose class may be
/// another: what the file leaves out takes that class's default.

/// DDIMScheduler. Source: Song et al. 2021 (arXiv:2010.02502), eq. 12 and 16.
[[nodiscard]] torch::Tensor sampleDdim(const Denoiser& model, torch::Tensor x, const NoiseSchedule& schedule,
                                       const SamplerOptions& options);

/// PNDMScheduler: with skip_prk_steps the linear multistep method from the first step (two evaluations there), else
/// three Runge-Kutta steps of four evaluations first. Source: Liu et al. 2022 (arXiv:2202.09778), eq. 9, 12, 13 and
/// algorithm 2.
/// Differs from PNDMScheduler: fewer than four steps skip the Runge-Kutta steps, because there it can't run at all.
[[nodiscard]] torch::Tensor samplePlms(const Denoiser& model, torch::Tensor x, const NoiseSchedule& schedule,
                                       const SamplerOptions& options);

/// DPMSolverMultistepScheduler, dpmsolver++ of order 2. Source: Lu et al. 2022 (arXiv:2211.01095), algorithm 2.
[[nodiscard]] torch::Tensor sampleDpmpp2m(const Denoiser& model, torch::Tensor x, const NoiseSchedule& schedule,
                                          const SamplerOptions& options);

/// One of the above.
[[nodiscard]] torch::Tensor sample(Sampler sampler, const Denoiser& model, torch::Tensor x,
                                   const NoiseSchedule& schedule, const SamplerOptions& options);

/// How many times a sampler will evaluate the model for so many steps (PLMS: more than steps).
[[nodiscard]] std::int64_t modelEvaluations(Sampler sampler, const NoiseSchedule& schedule, std::int64_t steps);

/// What standard normal noise is multiplied by to start: 1 for all three (variance-preserving processes).
[[nodiscard]] double initialNoiseSigma(Sampler sampler, const NoiseSchedule& schedule);

/// "ddim", "plms", "dpmpp-2m"; anything else is InvalidArgument, suggesting the nearest.
[[nodiscard]] Result<Sampler> parseSampler(std::string_view name);
[[nodiscard]] const char* samplerName(Sampler sampler);
[[nodiscard]] const std::vector<std::string>& samplerNames();

}  // namespace likeness
