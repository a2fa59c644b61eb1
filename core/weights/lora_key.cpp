#include "core/weights/lora_key.h"

#include <algorithm>
#include <array>

namespace likeness {
namespace {

struct Ending {
  std::string_view text;
  LoraPart part;
};
constexpr std::array<Ending, 18> kEndings{{{".lora_down.weight", LoraPart::Down},
                                           {".lora_up.weight", LoraPart::Up},
                                           {".lora_mid.weight", LoraPart::Mid},
                                           {".lora_A.weight", LoraPart::Down},
                                           {".lora_B.weight", LoraPart::Up},
                                           {".lora_A.default.weight", LoraPart::Down},
                                           {".lora_B.default.weight", LoraPart::Up},
                                           {".lora.down.weight", LoraPart::Down},
                                           {".lora.up.weight", LoraPart::Up},
                                           {".lora_linear_layer.down.weight", LoraPart::Down},
                                           {".lora_linear_layer.up.weight", LoraPart::Up},
                                           {"_lora.down.weight", LoraPart::Down},
                                           {"_lora.up.weight", LoraPart::Up},
                                           {".alpha", LoraPart::Alpha},
                                           {".dora_scale", LoraPart::Magnitude},
                                           {".lora_magnitude_vector", LoraPart::Magnitude},
                                           {".lora_magnitude_vector.weight", LoraPart::Magnitude},
                                           {".lora_magnitude_vector.default.weight", LoraPart::Magnitude}}};

struct Beginning {
  std::string_view text;
  LoraComponent component;
};
constexpr std::array<Beginning, 10> kBeginnings{{{"lora_unet_", LoraComponent::Unet},
                                                 {"lora_te_", LoraComponent::TextEncoder},
                                                 {"lora_te1_", LoraComponent::TextEncoder},
                                                 {"lora_te2_", LoraComponent::TextEncoder2},
                                                 {"unet.", LoraComponent::Unet},
                                                 {"text_encoder.", LoraComponent::TextEncoder},
                                                 {"text_encoder_2.", LoraComponent::TextEncoder2},
                                                 {"diffusion_model.", LoraComponent::Unet},
                                                 {"clip_l.transformer.", LoraComponent::TextEncoder},
                                                 {"clip_g.transformer.", LoraComponent::TextEncoder2}}};

// A mark that ends in $ stands at the end of the name.
struct KeyKind {
  std::string_view mark, name;
};
constexpr std::array<KeyKind, 17> kOtherKinds{{{".lokr_", "LoKr"},
                                            {".hada_", "LoHa"},
                                            {".oft_", "OFT"},
                                            {".boft_", "BOFT"},
                                            {".on_input", "IA3"},
                                            {".ia3_", "IA3"},
                                            {".a1.weight", "GLoRA"},
                                            {".b1.weight", "GLoRA"},
                                            {"vera_lambda", "VeRA"},
                                            {".lora_E", "AdaLoRA"},
                                            {".lora_embedding_", "LoRA of embeddings"},
                                            {".lora_B.bias", "LoRA with biases"},
                                            {".diff$", "full difference"},
                                            {".diff_b$", "full difference"},
                                            {".w_norm", "norm difference"},
                                            {".b_norm", "norm difference"},
                                            {"lora_controlnet", "Control-LoRA"}}};

std::string replaced(std::string text, std::string_view from, std::string_view to) {
  for (auto at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size())) {
    text.replace(at, from.size(), to);
  }
  return text;
}

std::optional<Ending> endingOf(std::string_view key) {
  const auto found = std::find_if(kEndings.begin(), kEndings.end(),
                                  [&](const Ending& ending) { return key.ends_with(ending.text); });
  return found == kEndings.end() ? std::nullopt : std::optional(*found);
}

}  // namespace

std::optional<LoraKey> parseLoraKey(std::string_view key) {
  constexpr std::size_t kLongest = 512;
  if (key.size() > kLongest) return std::nullopt;
  const auto ending = endingOf(key);
  if (!ending || ending->text.size() == key.size()) return std::nullopt;
  LoraKey result;
  result.part = ending->part;
  result.perInput = ending->text == ".dora_scale";
  result.prefix = key.substr(0, key.size() - ending->text.size());
  std::string_view module = result.prefix;
  for (const std::string_view wrapper : {"base_model.model.", "model.diffusion_model."}) {
    if (!module.starts_with(wrapper)) continue;
    module.remove_prefix(wrapper.size());
    if (wrapper != "base_model.model.") result.component = LoraComponent::Unet;
  }
  for (const auto& beginning : kBeginnings) {
    if (!module.starts_with(beginning.text)) continue;
    result.component = beginning.component;
    module.remove_prefix(beginning.text.size());
    break;
  }
  result.module = module;
  return result;
}

std::string_view otherAdapterKind(std::string_view key) {
  const auto marked = [&](const KeyKind& kind) {
    const bool atEnd = kind.mark.ends_with('$');
    return atEnd ? key.ends_with(kind.mark.substr(0, kind.mark.size() - 1)) : key.find(kind.mark) != std::string::npos;
  };
  const auto found = std::find_if(kOtherKinds.begin(), kOtherKinds.end(), marked);
  return found == kOtherKinds.end() ? std::string_view() : found->name;
}

std::string loraSpelling(std::string_view module) {
  std::string text = replaced(std::string(module), ".processor.", ".");
  std::replace(text.begin(), text.end(), '.', '_');
  return text;
}

}  // namespace likeness
