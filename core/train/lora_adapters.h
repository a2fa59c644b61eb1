#pragma once
#include <memory>
#include <string>
#include <vector>

#include "core/api/train_config.h"
#include "core/model/layers.h"
#include "core/sample/stable_diffusion.h"
#include "core/weights/lora.h"

namespace likeness {

/// A LoRA that a run trains beside one layer: down, up and, for DoRA, magnitude ask for gradients.
struct TrainedAdapter {
  LoraTarget target;
  std::shared_ptr<AdaptableLayerImpl> layer;
  std::shared_ptr<LowRankChange> change;
};

/// True if the configuration asks for a LoRA beside this layer. UNet, but for parts that lora_block_ranks or
/// block_learning_rates have at 0: queries, keys, values and outputs of attention; with attention-ff also the
/// feed-forward layers; with linear every linear map, 1×1 convolutions among them, as in sd-scripts. Larger convolutions
/// of residual blocks and samplers get one where lora_conv_rank is not 0. Text encoders: the same of their layers, linear
/// as attention-ff; not SDXL's text_projection.
[[nodiscard]] bool getsLora(const LoraTarget& target, const TrainConfig& config);

/// How many numbers the LoRAs of a run have.
[[nodiscard]] std::int64_t loraNumbers(const StableDiffusion& model, const TrainConfig& config);

/// Makes the LoRAs of a run that starts, and attaches them for as long as the model lives: down uniform in
/// ±1/√(inputs · kernel area), up 0, magnitude the norm of each output's weights, so that they change nothing yet.
/// Text encoders get theirs if text_encoder_learning_rate is not 0.
/// Dtype and device: fp32 on the weight's device. Randomness: a function of seed and layer alone.
/// Source: PEFT's LoraLayer.reset_lora_parameters (Kaiming's with a = √5); DoRA: see LowRankChange.
[[nodiscard]] std::vector<TrainedAdapter> attachLoras(const StableDiffusion& model, const TrainConfig& config);

/// From here on it is as it is: nothing of it asks for gradients.
void freeze(const TrainedAdapter& adapter);

/// The same as modules of a LoRA file; shares the tensors.
[[nodiscard]] std::vector<LoraModule> modulesOf(const std::vector<TrainedAdapter>& adapters);

/// scale · ‖up·down‖, the root of the sum of squares, of a change without a middle matrix.
[[nodiscard]] double changeNorm(const LowRankChange& change);

/// Puts the numbers of a checkpoint's LoRA into those of its run.
/// Errors: those of openLora(); Corrupt, naming the file, if it has other layers or shapes.
[[nodiscard]] Result<void> loadLoras(const std::vector<TrainedAdapter>& adapters, const StableDiffusion& model,
                                     const std::filesystem::path& file);

}  // namespace likeness
