#pragma once
#include "core/tensor/torch.h"

namespace likeness {

/// Squared error per sample: the mean over all but the first axis.
/// Shapes: prediction and target [B,C,h,w]; result [B]. Dtype: the result is fp32 whatever the prediction is.
/// Source: Ho et al. 2020 (arXiv:2006.11239), eq. 14.
[[nodiscard]] torch::Tensor perSampleLoss(const torch::Tensor& prediction, const torch::Tensor& target);

/// What one micro-batch adds to a step's loss.
struct DreamBoothLoss {
  torch::Tensor total;     ///< scalar to go backward from: instance + priorWeight · prior
  torch::Tensor instance;  ///< scalar, detached
  torch::Tensor prior;     ///< scalar, detached; undefined without priors
};

/// The prior-preservation loss of a micro-batch whose first `instances` samples are the subject and whose rest are
/// class images. Each part is divided by `samplesPerStep`, so that the micro-batches of a step add up to the mean over
/// instances + priorWeight · the mean over priors, however the step is cut up.
/// Shapes: perSample [B]. Source: Ruiz et al. 2023 (arXiv:2208.12242), eq. 2.
/// Differs from kohya's scripts: because the paper adds two means, λ does not change with the share of class images.
[[nodiscard]] DreamBoothLoss dreamBoothLoss(const torch::Tensor& perSample, std::int64_t instances,
                                            std::int64_t samplesPerStep, double priorWeight);

}  // namespace likeness
