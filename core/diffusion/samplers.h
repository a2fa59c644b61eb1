#pragma once
#include <cstdint>

#include "core/api/sampler.h"
#include "core/base/result.h"
#include "core/diffusion/noise_schedule.h"
#include "core/diffusion/sampler_options.h"
#include "core/tensor/torch.h"

namespace likeness {

/// Denoises x to a latent: from pure noise, or from a noised picture with options.strength below 1.
/// Shapes: x [N,C,h,w]. Range: standard normal times initialNoiseSigma(), or startLevel().noised(…). Dtype and device:
/// those of x; fp32 recommended, and coefficients are computed in fp32. Randomness: only options.noise. Threads: pure
/// functions; any.
/// Errors: options out of range throw ErrorException(InvalidArgument) (see checkSamplerOptions).
/// Unless said otherwise they equal diffusers' class, made `from_config` of the model's own scheduler file, whose class
/// may be another: what the file leaves out takes that class's default. A schedule other than Model changes that
/// config as diffusers would be told: `use_karras_sigmas`, `use_exponential_sigmas`, `timestep_spacing="trailing"`.

/// DDIMScheduler. Source: Song et al. 2021 (arXiv:2010.02502), eq. 12 and 16.
/// Schedules that DDIMScheduler doesn't have (karras, exponential, sgm-uniform) are those of sampleEuler, to which DDIM
/// without noise is equal; with eta it is then k-diffusion's sample_euler_ancestral.
[[nodiscard]] torch::Tensor sampleDdim(const Denoiser& model, torch::Tensor x, const NoiseSchedule& schedule,
                                       const SamplerOptions& options);

/// PNDMScheduler: with skip_prk_steps the linear multistep method from the first step (two evaluations there), else
/// three Runge-Kutta steps of four evaluations first. Source: Liu et al. 2022 (arXiv:2202.09778), eq. 9, 12, 13 and
/// algorithm 2. Its coefficients belong to even timesteps: karras, exponential and sgm-uniform are refused.
/// Differs from PNDMScheduler: fewer than four steps skip the Runge-Kutta steps, because there it can't run at all; and
/// started in the middle it makes its first step twice, as from the beginning, because there it skips a timestep.
[[nodiscard]] torch::Tensor samplePlms(const Denoiser& model, torch::Tensor x, const NoiseSchedule& schedule,
                                       const SamplerOptions& options);

/// EulerDiscreteScheduler. Source: Karras et al. 2022 (arXiv:2206.00364), algorithm 1 without its correction.
[[nodiscard]] torch::Tensor sampleEuler(const Denoiser& model, torch::Tensor x, const NoiseSchedule& schedule,
                                        const SamplerOptions& options);

/// EulerAncestralDiscreteScheduler; it has no karras, exponential and sgm-uniform, where this is k-diffusion's
/// sample_euler_ancestral on the levels of sampleEuler. Source: Song et al. 2021 (arXiv:2011.13456), appendix F
/// (ancestral sampling), in σ.
[[nodiscard]] torch::Tensor sampleEulerAncestral(const Denoiser& model, torch::Tensor x, const NoiseSchedule& schedule,
                                                 const SamplerOptions& options);

/// HeunDiscreteScheduler. Source: Karras et al. 2022, algorithm 1.
/// Differs from HeunDiscreteScheduler: keeps zero terminal SNR, which it drops silently; so do dpm2, dpm2-a and lms.
[[nodiscard]] torch::Tensor sampleHeun(const Denoiser& model, torch::Tensor x, const NoiseSchedule& schedule,
                                       const SamplerOptions& options);

/// KDPM2DiscreteScheduler. Source: Lu et al. 2022 (arXiv:2206.00927), algorithm 1 with r₁ = 1/2, on Karras' equation.
[[nodiscard]] torch::Tensor sampleDpm2(const Denoiser& model, torch::Tensor x, const NoiseSchedule& schedule,
                                       const SamplerOptions& options);

/// KDPM2AncestralDiscreteScheduler: dpm2 to a lower level, then noise up to the next.
[[nodiscard]] torch::Tensor sampleDpm2Ancestral(const Denoiser& model, torch::Tensor x, const NoiseSchedule& schedule,
                                                const SamplerOptions& options);

/// k-diffusion's sample_dpmpp_2s_ancestral on the levels of sampleEuler. Source: Lu et al. 2022 (arXiv:2211.01095),
/// algorithm 1 with r = 1/2, to a lower level, then noise up to the next.
[[nodiscard]] torch::Tensor sampleDpmpp2sAncestral(const Denoiser& model, torch::Tensor x,
                                                   const NoiseSchedule& schedule, const SamplerOptions& options);

/// DPMSolverMultistepScheduler, dpmsolver++ of order 2. Source: Lu et al. 2022 (arXiv:2211.01095), algorithm 2.
[[nodiscard]] torch::Tensor sampleDpmpp2m(const Denoiser& model, torch::Tensor x, const NoiseSchedule& schedule,
                                          const SamplerOptions& options);

/// DPMSolverMultistepScheduler, sde-dpmsolver++ of order 2. Source: Lu et al. 2022 (arXiv:2211.01095),
/// SDE-DPM-Solver++(2M).
[[nodiscard]] torch::Tensor sampleDpmpp2mSde(const Denoiser& model, torch::Tensor x, const NoiseSchedule& schedule,
                                             const SamplerOptions& options);

/// k-diffusion's sample_dpmpp_3m_sde on the levels of sampleEuler: the third order of the same solver.
/// Differs from DPMSolverMultistepScheduler of order 3: there a constant of the third-order term has the wrong sign.
[[nodiscard]] torch::Tensor sampleDpmpp3mSde(const Denoiser& model, torch::Tensor x, const NoiseSchedule& schedule,
                                             const SamplerOptions& options);

/// UniPCMultistepScheduler, of the file's order (2 when it says none), predicting x_0. Source: Zhao et al. 2023
/// (arXiv:2302.04867), UniP and UniC in the form for data prediction.
[[nodiscard]] torch::Tensor sampleUniPc(const Denoiser& model, torch::Tensor x, const NoiseSchedule& schedule,
                                        const SamplerOptions& options);

/// LMSDiscreteScheduler, of order 4. Source: Adams-Bashforth on uneven levels, as k-diffusion's sample_lms.
/// Differs from LMSDiscreteScheduler: started in the middle its order grows from 1, as k-diffusion's; there it pairs
/// coefficients of higher order with slopes that it doesn't have.
[[nodiscard]] torch::Tensor sampleLms(const Denoiser& model, torch::Tensor x, const NoiseSchedule& schedule,
                                      const SamplerOptions& options);

/// LCMScheduler, for models that were distilled for it. Source: Luo et al. 2023 (arXiv:2310.04378), algorithm 3.
/// Model and Normal are its own timesteps, whatever the file's spacing; karras and exponential are refused.
[[nodiscard]] torch::Tensor sampleLcm(const Denoiser& model, torch::Tensor x, const NoiseSchedule& schedule,
                                      const SamplerOptions& options);

/// DDPMScheduler. Source: Ho et al. 2020 (arXiv:2006.11239), algorithm 2 with eq. 7 between any two timesteps.
/// Karras, exponential and sgm-uniform as for DDIM, whose eta 1 it is there.
[[nodiscard]] torch::Tensor sampleDdpm(const Denoiser& model, torch::Tensor x, const NoiseSchedule& schedule,
                                       const SamplerOptions& options);

/// One of the above.
[[nodiscard]] torch::Tensor sample(Sampler sampler, const Denoiser& model, torch::Tensor x,
                                   const NoiseSchedule& schedule, const SamplerOptions& options);

/// What is wrong with the options for this sampler and schedule, in one sentence.
[[nodiscard]] Result<void> checkSamplerOptions(Sampler sampler, const NoiseSchedule& schedule,
                                               const SamplerOptions& options);

/// A sentence when the steps won't begin at the end of a schedule with zero terminal SNR, where only that step makes
/// very bright and dark pictures (Lin et al. 2023, section 3.3); else empty.
[[nodiscard]] std::string samplerAdvice(Sampler sampler, const NoiseSchedule& schedule, const SamplerOptions& options);

/// How many times a sampler will evaluate the model: steps, or more (PLMS, and those with two evaluations a step).
[[nodiscard]] std::int64_t modelEvaluations(Sampler sampler, const NoiseSchedule& schedule,
                                            const SamplerOptions& options);

/// What standard normal noise is multiplied by to start from pure noise: 1 for variance-preserving samplers, σ_max or
/// √(σ_max² + 1) for those in σ. Equals init_noise_sigma of diffusers' schedulers.
[[nodiscard]] double initialNoiseSigma(Sampler sampler, const NoiseSchedule& schedule, const SamplerOptions& options);

/// The level at which the first step of the (by options.strength shortened) schedule begins: a picture noised to it is
/// where image-to-image starts.
[[nodiscard]] NoiseLevel startLevel(Sampler sampler, const NoiseSchedule& schedule, const SamplerOptions& options);

}  // namespace likeness
