#pragma once
#include <optional>

#include "core/diffusion/samplers.h"
#include "core/model/unet2d_condition_model.h"

namespace likeness {

/// What a UNet is told of N pictures beside their latents and the time.
struct UNetConditions {
  torch::Tensor text;                           ///< [N,L,D]
  std::optional<AddedConditions> added = {};    ///< SDXL: pooled text and sizes

  /// Those of pictures first … first + count − 1; of a single one, `count` times that.
  [[nodiscard]] UNetConditions rows(std::int64_t first, std::int64_t count) const;
};

struct GuidanceOptions {
  double scale = 1.0;    ///< 1: no guidance
  double rescale = 0.0;  ///< how far the answer's deviation is brought back to the conditional one's, 0 … 1
  torch::ScalarType computeIn = torch::kFloat32;  ///< bf16 or fp16: by autocast, of a UNet of fp32 parameters
  /// Inpainting UNets: mask and masked picture [N,1+C,h,w], put behind the latents; else undefined.
  torch::Tensor extraChannels = {};
};

/// Classifier-free guidance: a Denoiser that answers uncond + scale · (cond − uncond), both from one batched pass.
/// With scale 1 only the conditional half is computed, and `unconditional` may be empty.
/// Shapes: x [N,C,h,w], conditions of N pictures, both with the same L. Dtype and device: x of any, computed in the
/// UNet's parameters' dtype or, under autocast, in `computeIn`; the answer has x's. Grad mode: the caller's.
/// Source: Ho and Salimans 2022 (arXiv:2207.12598), eq. 6, in the scale where 1 means no guidance; rescaling: Lin et al.
/// 2023 (arXiv:2305.08891), section 3.4, eq. 14 to 16.
[[nodiscard]] Denoiser guidedDenoiser(UNet2DConditionModel unet, const UNetConditions& conditional,
                                      const UNetConditions& unconditional, const GuidanceOptions& options);

/// Takes the overexposure back that guidance brings, most of all with zero terminal SNR: gives the guided answer the
/// standard deviation of the conditional one, picture by picture, and mixes the two.
/// Shapes: guided, conditional [N,C,h,w]. Range: rescale 0 (as guided) … 1; the paper uses 0.7.
/// Source: Lin et al. 2023 (arXiv:2305.08891), eq. 15 and 16; equals diffusers' rescale_noise_cfg.
[[nodiscard]] torch::Tensor rescaleGuidance(const torch::Tensor& guided, const torch::Tensor& conditional,
                                            double rescale);

}  // namespace likeness
