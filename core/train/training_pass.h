#pragma once
#include <functional>
#include <optional>

#include "core/api/train_config.h"
#include "core/base/job_control.h"
#include "core/sample/stable_diffusion.h"
#include "core/train/caption_tags.h"
#include "core/train/latent_bank.h"
#include "core/train/losses.h"
#include "core/train/text_conditions.h"
#include "core/train/training_draws.h"

namespace likeness {

/// Pictures of the subject, or of its class, with what the model's kind needs to know of them. A photo may have several
/// looks, which lie one after the other.
struct PictureSet {
  LatentBank latents;
  torch::Tensor sizes;  ///< SDXL: [N,2,6] fp32, the time_ids of each look, as it is and mirrored; else undefined
  std::vector<torch::Tensor> pixels = {};  ///< inpainting: of each look [3,H,W] fp32, −1 … 1, since each mask makes
                                           ///< another picture; else empty
  std::vector<torch::Tensor> weights = {};  ///< of each look [1,h,w] fp32: what a latent's error counts; empty: all 1
  std::int64_t looks = 1;                   ///< of each photo
  std::vector<LatentSize> shapes = {};      ///< of each look, where they differ; else empty

  /// Photos.
  [[nodiscard]] std::int64_t size() const { return latents.size() / looks; }
  [[nodiscard]] std::size_t indexOf(const TrainingDraw& draw) const {
    return static_cast<std::size_t>(draw.picture * looks + draw.look);
  }
};

/// One subject, ready for the UNet.
struct SubjectMaterial {
  PictureSet instances, priors;
  PictureSet heldOut = {};                       ///< what the validation loss is of; empty: the photos
  std::vector<std::int64_t> heldOutPrompts = {};  ///< of each
  std::vector<std::int64_t> prompts = {0};   ///< of each photo, or one for all
  std::int64_t classPrompt = 1;
  std::vector<CaptionTags> captions = {};    ///< of each photo, when they are shuffled; else empty
  std::vector<std::int64_t> freeTags = {};   ///< with captions: how many of each are shuffled
  std::int64_t repeats = 1;
  double sampleWeight = 1;  ///< what each of its samples' losses is multiplied by
  double share = 1;         ///< what its losses count in the objective; over all subjects these add up to 1
};

/// What a run learns from.
struct TrainingMaterial {
  std::vector<SubjectMaterial> subjects;
  TextConditions text;
  std::int64_t emptyPrompt = -1;  ///< which prompt stands for a dropped caption; −1: none is dropped
  bool predictsPriors = false;    ///< the base's predictions of the photos stand for class images
  bool weighed = false;           ///< a subject has a sampleWeight other than 1
  bool masked = false;            ///< a photo has a mask of what counts

  [[nodiscard]] bool withPriors() const { return predictsPriors || subjects.front().priors.size() > 0; }
  /// What the photos (or those held out) or the class images of a subject are drawn from.
  [[nodiscard]] const PictureSet& pictures(std::int64_t subject, bool prior, bool heldOut = false) const {
    const auto& one = subjects[static_cast<std::size_t>(subject)];
    if (prior && !predictsPriors) return one.priors;
    return heldOut ? one.heldOut : one.instances;
  }
  /// What a draw is of.
  [[nodiscard]] const PictureSet& pictures(const TrainingDraw& draw, bool prior) const {
    return pictures(draw.subject, prior, draw.heldOut);
  }
};

/// One micro-batch: noised latents of one size, what they came from, and what else the UNet is told of each.
struct MicroBatch {
  torch::Tensor noisy, target;  ///< [B,C,h,w] fp32
  torch::Tensor timesteps;      ///< [B] int64
  torch::Tensor prompts;        ///< [B] int64
  std::vector<torch::Tensor> ownPrompts;  ///< shuffled captions: TextConditions::tokenized(); `prompts` counts in them
  torch::Tensor weights;        ///< [B] fp32, what each loss is multiplied by; undefined: 1
  torch::Tensor sizes;          ///< SDXL: [B,6] fp32, original size, crop, trained size
  torch::Tensor maskChannels;   ///< inpainting: [B,1+C,h,w] fp32, see maskedChannels()
  torch::Tensor elementWeights;  ///< [B,1,h,w] fp32, what each latent's error counts; undefined: 1
  std::int64_t instances = 0;   ///< the first so many samples show the subject
  std::vector<std::uint32_t> lanes = {};  ///< of each sample its place in the step, see CounterDraws
};

/// Gradient checkpointing in the UNet and the text encoders, on or off.
void setRecompute(const StableDiffusion& model, bool recompute);

/// Computes losses; owns nothing. Threads: one.
class TrainingPass {
 public:
  TrainingPass(StableDiffusion& model, const TrainConfig& config, TrainingMaterial& material, TrainingDraws& draws);

  /// Validation then takes as many pictures at a time as with this batch_size, which alters nothing but rounding.
  void takeAtOnce(std::int64_t photos) { m_atOnce = photos; }

  /// Samples first … first + count − 1 of optimizer step `step`, as many priors beside them: one batch for each size
  /// that they have, so one alone as long as all pictures are of one size.
  [[nodiscard]] std::vector<MicroBatch> assemble(std::int64_t step, std::int64_t first, std::int64_t count);

  /// How many prompts the text encoders, while they learn, encode for this batch.
  [[nodiscard]] std::int64_t encodedPrompts(const MicroBatch& batch) const;

  /// With prior_prediction: how to take the LoRAs off the model (false) and put them on again (true).
  void setAdapterSwitch(std::function<void(bool on)> adapters) { m_adapters = std::move(adapters); }

  /// One loss per sample [B] fp32, in the configured precision, times its subject's weight; `textEncoderLearns`: with
  /// gradients into the text encoder. Gradients follow the caller's grad mode.
  [[nodiscard]] torch::Tensor losses(const MicroBatch& batch, bool textEncoderLearns);

  /// The validation loss (see train()). No gradients. Control: before each batch.
  [[nodiscard]] double validationLoss(bool textEncoderLearns, JobControl& control);

 private:
  [[nodiscard]] DrawSpace space(std::int64_t subject, bool prior, bool heldOut = false) const;
  [[nodiscard]] torch::Tensor predict(const MicroBatch& batch, bool textEncoderLearns);
  [[nodiscard]] torch::Tensor predictWith(const MicroBatch& batch, const EncodedPrompts& text);
  [[nodiscard]] torch::Tensor targetOf(const MicroBatch& batch);
  [[nodiscard]] MicroBatch batchOf(const std::vector<TrainingDraw>& draws, std::int64_t instances) const;
  [[nodiscard]] LatentSize sizeOf(const TrainingDraw& draw, bool prior) const;
  [[nodiscard]] double validationLossOf(std::int64_t subject, bool prior, bool textEncoderLearns, JobControl& control);
  void addPrompts(MicroBatch& batch, const std::vector<TrainingDraw>& draws) const;
  void addSizes(MicroBatch& batch, const std::vector<TrainingDraw>& draws) const;
  void addMaskChannels(MicroBatch& batch, const std::vector<TrainingDraw>& draws) const;
  void addElementWeights(MicroBatch& batch, const std::vector<TrainingDraw>& draws) const;

  StableDiffusion& m_model;
  const TrainConfig& m_config;
  TrainingMaterial& m_material;
  TrainingDraws& m_draws;
  LossFunction m_loss;
  std::optional<TextConditions> m_baseText;  ///< with prior_prediction: without LoRAs
  std::function<void(bool on)> m_adapters;
  std::int64_t m_atOnce;
};

}  // namespace likeness
