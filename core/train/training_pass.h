#pragma once
#include "core/api/train_config.h"
#include "core/base/job_control.h"
#include "core/sample/stable_diffusion.h"
#include "core/train/latent_bank.h"
#include "core/train/losses.h"
#include "core/train/text_conditions.h"
#include "core/train/training_draws.h"

namespace likeness {

/// Pictures of the subject, or of its class, with what the model's kind needs to know of them.
struct PictureSet {
  LatentBank latents;
  torch::Tensor sizes;   ///< SDXL: [N,2,6] fp32, the time_ids of each picture, as it is and mirrored; else undefined
  torch::Tensor pixels;  ///< inpainting: [N,3,H,W] fp32, −1 … 1, since each mask makes another picture; else undefined

  [[nodiscard]] std::int64_t size() const { return latents.size(); }
};

/// What a run learns from, ready for the UNet.
struct TrainingMaterial {
  PictureSet instances, priors;
  TextConditions text;  ///< prompt 0: the subject's, prompt 1 (with priors): the class's
  std::int64_t emptyPrompt = -1;  ///< which prompt stands for a dropped caption; −1: none is dropped

  [[nodiscard]] bool withPriors() const { return priors.size() > 0; }
};

/// One micro-batch: noised latents, what they came from, and what else the UNet is told of each.
struct MicroBatch {
  torch::Tensor noisy, target;  ///< [B,C,h,w] fp32
  torch::Tensor timesteps;      ///< [B] int64
  torch::Tensor prompts;        ///< [B] int64
  torch::Tensor sizes;          ///< SDXL: [B,6] fp32, original size, crop, trained size
  torch::Tensor maskChannels;   ///< inpainting: [B,1+C,h,w] fp32, see maskedChannels()
  std::int64_t instances = 0;   ///< the first so many samples show the subject
};

/// Gradient checkpointing in the UNet and the text encoders, on or off.
void setRecompute(const StableDiffusion& model, bool recompute);

/// Computes losses; owns nothing. Threads: one.
class TrainingPass {
 public:
  TrainingPass(StableDiffusion& model, const TrainConfig& config, TrainingMaterial& material, TrainingDraws& draws);

  /// Samples first … first + count − 1 of optimizer step `step`, as many priors beside them.
  [[nodiscard]] MicroBatch assemble(std::int64_t step, std::int64_t first, std::int64_t count);

  /// One loss per sample [B] fp32, in the configured precision; `textEncoderLearns`: with gradients into the text
  /// encoder. Gradients follow the caller's grad mode.
  [[nodiscard]] torch::Tensor losses(const MicroBatch& batch, bool textEncoderLearns);

  /// The validation loss (see train()). No gradients. Control: before each batch.
  [[nodiscard]] double validationLoss(bool textEncoderLearns, JobControl& control);

 private:
  [[nodiscard]] DrawSpace space(bool prior) const;
  [[nodiscard]] torch::Tensor predict(const MicroBatch& batch, bool textEncoderLearns);
  [[nodiscard]] MicroBatch batchOf(const std::vector<TrainingDraw>& draws, std::int64_t instances) const;
  [[nodiscard]] const PictureSet& pictures(bool prior) const {
    return prior ? m_material.priors : m_material.instances;
  }
  void addSizes(MicroBatch& batch, const std::vector<TrainingDraw>& draws) const;
  void addMaskChannels(MicroBatch& batch, const std::vector<TrainingDraw>& draws) const;

  StableDiffusion& m_model;
  const TrainConfig& m_config;
  TrainingMaterial& m_material;
  TrainingDraws& m_draws;
  LossFunction m_loss;
};

}  // namespace likeness
