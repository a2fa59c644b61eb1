#pragma once
#include <filesystem>
#include <string>
#include <vector>

#include "core/api/image.h"
#include "core/api/train_config.h"
#include "core/base/job_control.h"
#include "core/base/result.h"
#include "core/data/crop.h"
#include "core/sample/stable_diffusion.h"
#include "core/train/checkpoint.h"
#include "core/train/token_vectors.h"
#include "core/train/train_observer.h"
#include "core/train/training_draws.h"

namespace likeness {

/// One subject: its photos, cut and scaled as they are trained, and the images of its class.
struct TrainingSubject {
  std::vector<Image> instances;   ///< with several looks of each photo, these one after the other
  std::vector<Image> priors;      ///< may be empty when priorWeight is 0, and with prior_prediction
  std::string instancePrompt;     ///< "a photo of sks dog"
  std::string classPrompt;        ///< "a photo of a dog"
  std::string identifierToken;    ///< stands for its mark ([V], [V2], …) in preview prompts
  /// Where each picture was cut from, which SDXL is told; empty: each is a whole picture of the trained size.
  std::vector<SquareOrigin> instanceOrigins = {}, priorOrigins = {};
  std::string classNoun = {};  ///< what a new word starts as without token_init
  std::vector<std::string> captions = {};  ///< of each photo, "" where it has none; empty: none has
  double weight = 1;                       ///< how much it counts beside the others
  std::int64_t repeats = 1;                ///< how often it is shown while the others are shown once
  std::int64_t looks = 1;                  ///< of each photo
  std::vector<Image> heldOut = {};         ///< what the validation loss is of; empty: of the photos
  std::vector<SquareOrigin> heldOutOrigins = {};
  std::vector<std::string> heldOutCaptions = {};
  std::vector<Image> masks = {};           ///< of each look, white where it counts, without pixels where all does; or
                                           ///< empty: none has one

  [[nodiscard]] std::size_t photos() const { return instances.size() / static_cast<std::size_t>(looks); }
};

/// What is learnt: one subject or several.
struct TrainingSet {
  std::vector<TrainingSubject> subjects;

  [[nodiscard]] std::size_t photos() const;
  [[nodiscard]] std::size_t classImages() const;  ///< those that subjects of one class share count once
  [[nodiscard]] std::vector<std::string> tokens() const;
  [[nodiscard]] std::vector<SubjectPrompts> prompts() const;
};

/// One DreamBooth run.
struct TrainJob {
  TrainConfig config;
  TrainingSet set;
  std::filesystem::path runFolder;          ///< checkpoints are written under it
  std::filesystem::path resumeFrom;         ///< a checkpoint's folder to go on from, or empty
  std::filesystem::path cacheFolder;        ///< encoded pictures and prompts are kept under it; empty: in memory only
  std::string modelIdentity;                ///< see modelIdentity(); a checkpoint of another base is refused
  TrainingDraws* draws = nullptr;           ///< null: CounterDraws(config)
  std::int64_t stopAfter = 0;               ///< ends there with a checkpoint, under the same schedule; 0: never
};

/// How a run ended.
struct TrainOutcome {
  std::int64_t firstStep = 0;
  std::int64_t lastStep = 0;  ///< steps done in all
  CheckpointInfo checkpoint;  ///< the last one
  std::string endedEarly = {};  ///< why before its last step, in a sentence: see early_stop; else empty
};

/// Teaches `model`, a Stable Diffusion of any family, the subject: each step minimises
///   mean over instances ‖target − f(z_t, t, c)‖² + λ · mean over priors ‖target − f(z_t, t, c_class)‖²
/// (mean squared per element, one loss per sample; the two means are added, both halves in one batched pass), for UNet
/// and, until their stop step, text encoders, with the gradient of a step divided by its number of samples, clipped
/// over all trained parameters, and the optimizer of the options (see optimizer.h). Losses, noise and timesteps are as
/// the options ask (losses.h, training_noise.h, draw_timestep.h). With ema_decay previews, validation and the model in
/// the end have the average of the weights. The VAE is frozen; its posterior is cached and sampled anew each time,
/// mirrored pictures have latents of their own.
/// With textual-inversion, and beside a LoRA if token_vectors asks for it, the identifier token of the only subject
/// becomes a word of the model (StableDiffusion::embeddings) whose vectors learn; see token_vectors.h.
/// SDXL is told each picture's original size, crop and trained size. Differs from diffusers'
/// train_dreambooth_lora_sdxl.py: because a class image is no cut of a photo, it has its own size and crop there, not
/// those of a photo.
/// An inpainting UNet gets a mask and the masked picture beside (see maskedChannels()); the loss is over the whole
/// picture, as in diffusers' research_projects/dreambooth_inpaint. Its previews and prior images are made under a full
/// mask.
/// The validation loss is that objective, the plain square whatever the loss is, so that runs can be compared, on draws
/// that training never sees: posterior means, unmirrored, 4 evenly
/// spaced timesteps with fixed noise (and masks) for each of up to 8 instances and 8 priors of each subject. Unless
/// validate_on says otherwise it has no photos of its own (3–5 photos can't spare any), so it measures how well the
/// subject is learnt and the class is kept, not generality.
/// Steps count from 0; metrics, previews and checkpoints are named by the steps done, with 0 for before the first.
/// Control: looked at before each micro-batch, denoising step and picture. A stop writes a checkpoint, then answers
/// Cancelled. JobRequest::Preview and JobRequest::Checkpoint are honoured after the step in hand.
/// Randomness: job.draws; everything else is deterministic, so a run resumed from any checkpoint ends with weights
/// bit-identical to the unbroken run's, on the same machine with the same number of threads (which is kept).
/// Dtype and device: weights, loss and optimizer fp32 on the model's device; the passes in config.precision.
/// Threads: one; sets the grad mode for its own duration. On every return the model's parameters need no gradient; on
/// success it has the trained weights.
/// Errors: InvalidArgument (no photos, no priors though priorWeight > 0, values out of range), NotFinite when a loss or
/// gradient is NaN or infinite (before it reaches the weights; the sentence names the last checkpoint), Cancelled,
/// Corrupt, disk errors; c10::Error from Torch.
/// Source: Ruiz et al. 2023 (arXiv:2208.12242), eq. 2; AdamW: Loshchilov and Hutter 2019 (arXiv:1711.05101), alg. 2.
[[nodiscard]] Result<TrainOutcome> train(StableDiffusion& model, const TrainJob& job, JobControl& control,
                                         TrainObserver& observer);

/// Notes in a run's folder how many threads it began with, unless that is noted already. train() does it; whoever makes
/// the folder a run in another way does it before, so that a run killed at any moment goes on with as many.
[[nodiscard]] Result<void> noteThreads(const std::filesystem::path& runFolder);

/// The word of a run that learns one: its first subject's.
[[nodiscard]] NewWord wordOf(const TrainJob& job);

/// What is wrong with the job for this model, in one sentence; nothing is computed.
[[nodiscard]] Result<void> checkTrainJob(const StableDiffusion& model, const TrainJob& job);

/// A sentence where the learning rate is far above what a UNet of so many parameters stands (the defaults are for whole
/// weights of the small embedded base), or too low for a LoRA on so small a one; else empty. train() says it before the first step.
[[nodiscard]] std::string learningRateAdvice(std::int64_t parameters, const TrainConfig& config);

/// The pixels of the trained square: config.resolution, or the model's own; a multiple of the model's size multiple.
[[nodiscard]] Result<int> trainedResolution(const StableDiffusion& model, const TrainConfig& config);

}  // namespace likeness
