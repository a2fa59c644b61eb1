#pragma once
#include <filesystem>
#include <span>

#include "core/weights/lora.h"

namespace likeness {

/// How a LoRA file is laid out.
enum class LoraLayout {
  Kohya,      ///< sd-scripts: read by AUTOMATIC1111, Forge, ComfyUI, InvokeAI, sd-scripts, OneTrainer and diffusers
  Diffusers,  ///< diffusers with PEFT: `pytorch_lora_weights.safetensors`
};

struct LoraWriteOptions {
  LoraLayout layout = LoraLayout::Kohya;
  torch::ScalarType dtype = torch::kFloat16;
  /// Added to what the file says by itself (ss_network_*, ss_base_model_version, modelspec.*, hashes), and wins over it.
  Metadata metadata = {};
};

/// Writes a LoRA, whole or not at all, always with each module's α. The same content gives the same bytes.
/// Kohya: tensors in options.dtype but α, which is fp32 so that none is rounded; UNet modules are called as in the
/// original code for XL, as in diffusers else, which is what sd-scripts does. `sshs_model_hash` and `sshs_legacy_hash`
/// are those of sd-scripts. Diffusers: α, ranks and DoRA stand in the metadata `lora_adapter_metadata`, as diffusers
/// writes them since 0.35; older versions take α for the rank.
/// Errors: InvalidArgument if there are no modules, or for what the layout can't hold (Diffusers: a middle matrix, DoRA
/// for a part of the modules or per input); those of writeSafetensors().
[[nodiscard]] Result<void> writeLora(const std::filesystem::path& path, std::span<const LoraModule> modules,
                                     const LoraNames& names, const LoraWriteOptions& options = {});

/// Writes what PEFT's PeftModel.from_pretrained() takes for each part that the LoRA changes: adapter_model.safetensors
/// and adapter_config.json in `folder`/unet, text_encoder and text_encoder_2. Modules are named as in transformers 5.6 and
/// later. Not atomic: give it a folder of its own. Errors: as writeLora() for the layout of diffusers.
[[nodiscard]] Result<void> writePeftAdapters(const std::filesystem::path& folder, std::span<const LoraModule> modules,
                                             torch::ScalarType dtype);

}  // namespace likeness
