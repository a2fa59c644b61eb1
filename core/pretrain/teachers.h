#pragma once
#include "core/diffusion/noise_schedule.h"
#include "core/model/autoencoder_kl.h"
#include "core/model/clip_text_model.h"
#include "core/model/unet2d_condition_model.h"
#include "core/pretrain/learner.h"
#include "core/train/losses.h"

namespace likeness {

/// B pictures [B,3,H,W] of −1 … 1 and standard normal noise [B,c,h,w] for their latents; fp32.
struct VaeBatch {
  torch::Tensor pixels, posteriorNoise;
};

/// Teaches a VAE, one batch a step; see vae_loss.h. log σ² is clamped to −20 … 4 first, which keeps a fresh encoder's
/// σ finite. The passes are in the stage's precision, losses and latents in fp32.
class VaeTeacher {
 public:
  VaeTeacher(AutoencoderKl vae, const VaeStage& stage);
  PretrainPoint step(const VaeBatch& batch, std::int64_t step);
  [[nodiscard]] Learner& learner() { return m_learner; }

 private:
  AutoencoderKl m_vae;
  VaeStage m_stage;
  Learner m_learner;
};

/// B samples of latent distributions [B,c,h,w] with all that is drawn for them, and their captions' ids [B,L].
struct LatentBatch {
  LatentDistribution latents;  ///< not scaled
  torch::Tensor posteriorNoise, noise, timesteps, ids;
};

/// Teaches text encoder and UNet together to predict the noise in scaled latents (or v, as the schedule says).
/// Source: Rombach et al. 2022 (arXiv:2112.10752), eq. 3, with min-SNR weights.
class UNetTeacher {
 public:
  UNetTeacher(ClipTextModel textEncoder, UNet2DConditionModel unet, const NoiseSchedule& schedule,
              double scalingFactor, const UNetStage& stage);
  PretrainPoint step(const LatentBatch& batch, std::int64_t step);
  [[nodiscard]] Learner& learner() { return m_learner; }

 private:
  ClipTextModel m_textEncoder;
  UNet2DConditionModel m_unet;
  NoiseSchedule m_schedule;
  LossFunction m_loss;
  double m_scale;
  bool m_bf16;
  Learner m_learner;
};

}  // namespace likeness
