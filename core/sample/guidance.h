#pragma once
#include "core/api/train_config.h"
#include "core/diffusion/samplers.h"
#include "core/model/unet2d_condition_model.h"

namespace likeness {

/// Classifier-free guidance: a Denoiser that answers uncond + guidance · (cond − uncond), both from one batched pass.
/// With guidance 1 only the conditional half is computed, and `unconditional` may be undefined.
/// Shapes: conditional, unconditional [N,L,D] for x [N,C,h,w]. Dtype and device: those of the UNet's parameters; with
/// Precision::Bf16 the pass runs under bf16 autocast and the answer is fp32 again. Grad mode: the caller's.
/// Source: Ho and Salimans 2022 (arXiv:2207.12598), eq. 6, in the scale where 1 means no guidance.
[[nodiscard]] Denoiser guidedDenoiser(UNet2DConditionModel unet, torch::Tensor conditional,
                                      torch::Tensor unconditional, double guidance,
                                      Precision precision = Precision::Fp32);

}  // namespace likeness
