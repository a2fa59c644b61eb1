#pragma once
#include <optional>
#include <string>

#include "core/weights/layouts/model_files.h"
#include "core/weights/tensor_source.h"

namespace likeness {

enum class WeightsKind {
  Model,        ///< a Stable Diffusion 1.x, 2.x or XL UNet in CompVis's layout, with or without the other parts
  UNet,         ///< a UNet alone in diffusers' layout
  Vae,
  TextEncoder,
  Lora,
  Embedding,    ///< textual inversion
  ControlNet,
  OtherFamily,  ///< another model family, which this program doesn't run
  Other,
};

struct Recognized {
  WeightsKind kind = WeightsKind::Other;
  std::string name;                   ///< in words: "Stable Diffusion 2.x model", "LoRA in kohya's naming", "FLUX model"
  std::optional<ModelFamily> family = {};  ///< with Model, and where else names, widths or metadata show it
  std::string madeFor = {};  ///< with Lora: family in words, or "a transformer model, …"; empty where nothing shows it
};

/// What a file of weights is, from the names and shapes of its tensors, and of a LoRA also from its metadata.
[[nodiscard]] Recognized recognizeWeights(const TensorSource& file);

/// "vae", "lora", …: the kind in JSON.
[[nodiscard]] const char* kindId(WeightsKind kind);

/// Where the parts lie in a single file; empty prefixes for what is not there.
struct CompvisPrefixes {
  std::optional<std::string> unet, vae, clip, openClip;
};
[[nodiscard]] CompvisPrefixes compvisPrefixes(const TensorSource& file);

/// Whether a tensor's name starts so.
[[nodiscard]] bool hasPrefix(const TensorSource& file, const std::string& prefix);

}  // namespace likeness
