#pragma once
#include "core/api/train_config.h"
#include "core/diffusion/noise_schedule.h"

namespace likeness {

/// Squared error per sample: the mean over all but the first axis.
/// Shapes: prediction and target [B,C,h,w]; result [B]. Dtype: the result is fp32 whatever the prediction is.
/// Source: Ho et al. 2020 (arXiv:2006.11239), eq. 14.
[[nodiscard]] torch::Tensor perSampleLoss(const torch::Tensor& prediction, const torch::Tensor& target);

/// The loss that a run's options ask for. Per element, with e = prediction − target and δ = δ(t):
///   mse e²;  huber 2δ(√(e² + δ²) − δ);  smooth-l1 2(√(e² + δ²) − δ);
///   δ constant c;  exponential c^(t/T);  snr (1 − c)/(1 + σ)² + c with σ = √((1 − ᾱ)/ᾱ);
/// times the element's own weight, if one is given; then the mean of a sample (with mask_normalize divided by its
/// weights' mean), times its timestep's weight:
///   min-SNR min(SNR, γ)/SNR for epsilon, min(SNR, γ)/(SNR + 1) for v, which zero terminal SNR leaves finite;
///   debiased 1/√min(SNR, 1000) for epsilon, 1/(min(SNR, 1000) + 1) for v; both multiply.
/// A weight is a sample's own: class images have theirs as photos have. Tables are made from the schedule given, so
/// they hold for its betas. Differs from sd-scripts: because a photo without a mask should count as ever, its weights
/// are 1. Shapes: prediction and target [B,C,h,w], timesteps [B] int64; results [B] fp32.
/// Threads: any.
/// Source: Huber: Khrapov et al. 2024 (arXiv:2403.16728), as in sd-scripts; min-SNR: Hang et al. 2023
/// (arXiv:2303.09556), section 3.4; debiased: Yu et al. 2023 (arXiv:2310.08442), as in sd-scripts.
class LossFunction {
 public:
  /// Throws c10::Error for a weight of SNR with epsilon prediction where the schedule's SNR is 0, which is 0/0.
  LossFunction(const TrainConfig& config, const NoiseSchedule& schedule);

  /// `elementWeights`: [B,1,h,w] fp32; undefined: all 1.
  [[nodiscard]] torch::Tensor operator()(const torch::Tensor& prediction, const torch::Tensor& target,
                                         const torch::Tensor& timesteps,
                                         const torch::Tensor& elementWeights = {}) const;
  /// What the timesteps' samples are multiplied by.
  [[nodiscard]] torch::Tensor weights(const torch::Tensor& timesteps) const;
  /// δ(t).
  [[nodiscard]] torch::Tensor huberConstants(const torch::Tensor& timesteps) const;

 private:
  [[nodiscard]] torch::Tensor errors(const torch::Tensor& prediction, const torch::Tensor& target,
                                     const torch::Tensor& timesteps) const;

  LossKind m_kind;
  bool m_normalize;
  torch::Tensor m_weights, m_huber;  // [T] fp32 on the CPU; undefined: all 1, not used
};

/// What one micro-batch adds to a step's loss.
struct DreamBoothLoss {
  torch::Tensor total;     ///< scalar to go backward from: instance + priorWeight · prior
  torch::Tensor instance;  ///< scalar, detached
  torch::Tensor prior;     ///< scalar, detached; undefined without priors
};

/// The prior-preservation loss of a micro-batch whose first `instances` samples are the subject and whose rest are
/// class images (0: all are). Each part is divided by `samplesPerStep`, so that the micro-batches of a step add up to the mean over
/// instances + priorWeight · the mean over priors, however the step is cut up.
/// Shapes: perSample [B]. Source: Ruiz et al. 2023 (arXiv:2208.12242), eq. 2.
/// Differs from kohya's scripts: because the paper adds two means, λ does not change with the share of class images.
[[nodiscard]] DreamBoothLoss dreamBoothLoss(const torch::Tensor& perSample, std::int64_t instances,
                                            std::int64_t samplesPerStep, double priorWeight);

}  // namespace likeness
