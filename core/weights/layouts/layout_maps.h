#pragma once
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/weights/layouts/key_map.h"
#include "core/weights/tensor_source.h"

namespace likeness {

/// Whether a file has a tensor of this name.
using HasName = std::function<bool(const std::string&)>;
[[nodiscard]] inline HasName namesOf(const TensorSource& source) {
  return [&source](const std::string& name) { return source.has(name); };
}

/// What decides a UNet's names: its levels, the finest first.
struct UNetLayout {
  struct Level {
    std::int64_t layers = 0;  ///< resnets of the down block; the up block has one more
    bool downAttention = false;
    bool upAttention = false;
  };
  std::vector<Level> levels;
};

/// The layout that the names show, without their prefix; no levels where there is no UNet of this kind.
[[nodiscard]] UNetLayout unetLayoutOfCompvis(const HasName& has);
[[nodiscard]] UNetLayout unetLayoutOfDiffusers(const HasName& has);

/// Names within `model.diffusion_model.` and within `unet/`.
/// Source: the module lists of CompVis's openaimodel.py and diffusers' UNet2DConditionModel: a down block is its
/// resnets, each with its attention, then the downsampler, one entry of input_blocks each; an up block's upsampler
/// stands behind resnet and attention of its last entry of output_blocks.
[[nodiscard]] KeyMap unetKeyMap(const UNetLayout& layout);

/// What decides an autoencoder's names.
struct VaeLayout {
  std::int64_t levels = 0;
  std::int64_t layers = 0;  ///< resnets of an encoder's level; the decoder has one more
};
[[nodiscard]] VaeLayout vaeLayoutOfCompvis(const HasName& has);
[[nodiscard]] VaeLayout vaeLayoutOfDiffusers(const HasName& has);

/// Names within `first_stage_model.` and within `vae/`. CompVis counts the decoder's levels from the finest.
[[nodiscard]] KeyMap vaeKeyMap(const VaeLayout& layout);

/// Layers of a text encoder with OpenCLIP's names, and with transformers' (with the prefix text_model.).
[[nodiscard]] std::int64_t openClipLayers(const HasName& has);
[[nodiscard]] std::int64_t clipLayers(const HasName& has);

/// Names within `cond_stage_model.transformer.` or `conditioner.embedders.0.transformer.` and within `text_encoder/`.
[[nodiscard]] KeyMap clipKeyMap();

/// Names within `cond_stage_model.model.` and `text_encoder/` (SD 2), or `conditioner.embedders.1.model.` and
/// `text_encoder_2/` (SDXL), for the first `layers` layers; `projection`: with text_projection.
[[nodiscard]] KeyMap openClipKeyMap(std::int64_t layers, bool projection);

/// The name of a tensor's exponential moving average in CompVis's layout; `name` is whole.
[[nodiscard]] std::string emaName(const std::string& name);

}  // namespace likeness
