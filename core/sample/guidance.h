#pragma once
#include "core/api/train_config.h"
#include "core/diffusion/samplers.h"
#include "core/model/unet2d_condition_model.h"

namespace likeness {

/// Classifier-free guidance: a Denoiser that answers uncond + guidance · (cond − uncond), both from one batched pass.
/// With guidance 1 only the conditional half is computed, and `unconditional` may be undefined.
/// Shapes: conditional, unconditional [N,L,D] for x [N,C,h,w]. Dtype and device: those of the UNet's parameters; with
/// Precision::Bf16 the pass runs under bf16 autocast and the answer is fp32 again. Grad mode: the caller's.
/// `rescale` goes on to rescaleGuidance().
/// Source: Ho and Salimans 2022 (arXiv:2207.12598), eq. 6, in the scale where 1 means no guidance.
[[nodiscard]] Denoiser guidedDenoiser(UNet2DConditionModel unet, torch::Tensor conditional,
                                      torch::Tensor unconditional, double guidance,
                                      Precision precision = Precision::Fp32, double rescale = 0.0);

/// Takes the overexposure back that guidance brings, most of all with zero terminal SNR: gives the guided answer the
/// standard deviation of the conditional one, picture by picture, and mixes the two.
/// Shapes: guided, conditional [N,C,h,w]. Range: rescale 0 (as guided) … 1; the paper uses 0.7.
/// Source: Lin et al. 2023 (arXiv:2305.08891), eq. 15 and 16; equals diffusers' rescale_noise_cfg.
[[nodiscard]] torch::Tensor rescaleGuidance(const torch::Tensor& guided, const torch::Tensor& conditional,
                                            double rescale);

}  // namespace likeness
