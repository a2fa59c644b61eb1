#pragma once
#include "core/model/autoencoder_kl.h"
#include "core/pretrain/pretrain_config.h"

namespace likeness {

/// Of one batch; scalars, the last three detached.
struct VaeLoss {
  torch::Tensor total, absolute, squared, divergence;
};

/// How far a picture is from the original, and its latents from a standard normal: with d = decoded − pixels
///   |d| + squaredWeight·d² + pyramidWeight·G(d) + klWeight·KL, means over all elements,
/// where G adds, over pyramidLevels sizes of d, each half the last (means of 2 × 2), the means of |∂d/∂y| and |∂d/∂x|
/// (differences of neighbours), which sharpens edges without another network; KL = μ² + σ² − 1 − log σ².
/// Shapes: pixels and decoded [B,3,H,W] fp32. Source: Kingma and Welling 2014 (arXiv:1312.6114) for KL; gradient
/// differences: Mathieu et al. 2016 (arXiv:1511.05440), eq. 6, here at several sizes.
[[nodiscard]] VaeLoss vaeLoss(const torch::Tensor& pixels, const torch::Tensor& decoded,
                              const LatentDistribution& latents, const VaeStage& stage);

}  // namespace likeness
