#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace likeness {

/// The part of a Stable Diffusion that a LoRA changes.
enum class LoraComponent { Unet, TextEncoder, TextEncoder2 };

/// What a tensor of a LoRA file is for its module.
enum class LoraPart { Down, Up, Mid, Alpha, Magnitude };

/// What the name of a tensor in a LoRA file says, in any of the spellings: sd-scripts
/// (`lora_unet_mid_block_….lora_down.weight`), PEFT (`base_model.model.….lora_A.weight`), diffusers with PEFT
/// (`unet.….lora_A.weight`) and before it (`….lora.down.weight`, `….lora_linear_layer.down.weight`,
/// `….attn1.processor.to_q_lora.down.weight`), ComfyUI (`diffusion_model.….lora_up.weight`).
struct LoraKey {
  std::string prefix;                      ///< all before the part: equal for tensors of one module
  std::optional<LoraComponent> component;  ///< none if the name does not say
  std::string module;                      ///< the module in that component, as the file spells it
  LoraPart part = LoraPart::Down;
  bool perInput = false;  ///< of a magnitude: `dora_scale`, whose shape says whether it is per output or per input
};

/// Nothing if it is not the name of a LoRA's tensor, or longer than any of those.
[[nodiscard]] std::optional<LoraKey> parseLoraKey(std::string_view key);

/// "LoKr", "LoHa", … if the name belongs to an adapter that is not a LoRA; else empty.
[[nodiscard]] std::string_view otherAdapterKind(std::string_view key);

/// The spelling of a module by which different dialects are compared: `_` for each dot, no `processor`.
[[nodiscard]] std::string loraSpelling(std::string_view module);

}  // namespace likeness
