#pragma once
#include <cstdint>
#include <filesystem>
#include <optional>
#include <vector>

#include "core/api/project.h"
#include "core/api/train_config.h"
#include "core/base/result.h"
#include "core/sample/applied_loras.h"
#include "core/sample/stable_diffusion.h"
#include "core/train/early_stop.h"
#include "core/train/loss_scale.h"
#include "core/weights/safetensors.h"

namespace likeness {

/// 2 has LoRAs and 3 a new word; checkpoints of whole weights are still written as 1.
inline constexpr int kCheckpointVersion = 3;
/// The LoRA of a checkpoint whose method is lora: a file of sd-scripts' layout in fp32, to be used as any other.
inline constexpr const char* kLoraFile = "lora.safetensors";
/// The vectors of the new word of a checkpoint that has one: a textual-inversion embedding, to be used as any other.
inline constexpr const char* kEmbeddingFile = "embedding.safetensors";

/// What a subject and its class were called in training.
struct SubjectPrompts {
  std::string instance, classes;

  bool operator==(const SubjectPrompts&) const = default;
};

/// What `state.json` of a checkpoint says.
struct CheckpointState {
  std::int64_t step = 0;  ///< optimizer steps done
  TrainConfig config;
  std::string modelIdentity;  ///< of the base that was trained; may be empty
  std::vector<SubjectPrompts> prompts = {{}};  ///< of each subject
  double validationLoss = 0;  ///< at this step; NaN when not measured
  bool textEncoder = false;   ///< the text encoders were trained, so their weights lie here too
  std::optional<LossScale> lossScale = {};     ///< of an fp16 run
  std::vector<ValidatedStep> validations = {};  ///< all of the run so far
  int threads = 0;            ///< intra-op threads: bit-identity holds for the same number only
  std::int64_t photosAtOnce = 0;  ///< of a micro-batch, where memory ran out and it became smaller than batch_size
  bool recompute = false;         ///< gradient checkpointing began for the same reason
  std::string token = {};     ///< the word that has vectors of its own; empty: none has
};

/// `runFolder`/checkpoints and `runFolder`/checkpoints/step-N.
[[nodiscard]] std::filesystem::path checkpointsFolder(const std::filesystem::path& runFolder);
[[nodiscard]] std::filesystem::path checkpointFolder(const std::filesystem::path& runFolder, std::int64_t step);

/// The whole checkpoints of a run, oldest first; `best` is set on the one with the lowest validation loss (on the
/// newest when none was validated). Unfinished and half-deleted ones are left out. No folder: none.
[[nodiscard]] std::vector<CheckpointInfo> listCheckpoints(const std::filesystem::path& runFolder);

/// Errors: NotFound, Corrupt, NewerVersion.
[[nodiscard]] Result<CheckpointState> readCheckpointState(const std::filesystem::path& checkpoint);

/// What a checkpoint's weights are wanted for: pictures get the average of the weights where the run kept one
/// (ema_decay), training goes on with the weights themselves.
enum class WeightsFor { Pictures, Training };

/// Puts a checkpoint's weights into a model opened from the same base, or its LoRA beside or into them (`mode`), for as
/// long as the model lives, and gives it the word that the checkpoint has vectors of. Errors: NotFound, Corrupt, NewerVersion; the model may then hold a part of them.
[[nodiscard]] Result<void> loadTrainedWeights(StableDiffusion& model, const std::filesystem::path& checkpoint,
                                              LoraMode mode = LoraMode::Live, WeightsFor use = WeightsFor::Pictures);

/// Where a checkpoint keeps the average of its weights; there is none without ema_decay.
[[nodiscard]] std::filesystem::path averageFile(const std::filesystem::path& checkpoint);

/// The LoRA that pictures are made with: the averaged one where the run kept an average, else kLoraFile.
[[nodiscard]] std::filesystem::path loraForPictures(const std::filesystem::path& checkpoint);

/// The vectors that pictures are made with, as loraForPictures(); there are none without a token in its state.
[[nodiscard]] std::filesystem::path embeddingForPictures(const std::filesystem::path& checkpoint);

/// What is learnt beside whole weights.
struct LearntTensors {
  std::vector<LoraModule> loras = {}, averageLoras = {};  ///< with method lora; the second with ema_decay
  NamedTensors average = {};                              ///< with ema_decay
  /// Of the new word, for each text encoder; the second with ema_decay.
  std::vector<torch::Tensor> token = {}, averageToken = {};
};

/// Writes `checkpoints/step-N/`: unet.safetensors, if trained text_encoder.safetensors and SDXL's
/// text_encoder_2.safetensors, or kLoraFile alone if the method is lora; kEmbeddingFile if there is a token; optimizer.safetensors; with an average of the
/// weights average.safetensors and its LoRA and vectors; and state.json; whole or not at all. One of the same step is replaced.
[[nodiscard]] Result<CheckpointInfo> writeCheckpoint(const std::filesystem::path& runFolder, const StableDiffusion& model,
                                                     const NamedTensors& optimizer, const CheckpointState& state,
                                                     const LearntTensors& learnt = {});

/// Deletes all but the newest `keep` (at least one), the best by validation and `alsoKeep`. Called after a new one is
/// safe on the disk. What can't be deleted is only logged.
void pruneCheckpoints(const std::filesystem::path& runFolder, std::int64_t keep,
                      const std::filesystem::path& alsoKeep = {});

/// Removes what a killed run left half-written or half-deleted.
void cleanCheckpoints(const std::filesystem::path& runFolder);

}  // namespace likeness
