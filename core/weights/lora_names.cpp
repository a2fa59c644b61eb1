#include "core/weights/lora_names.h"

#include <algorithm>

#include "core/model/layers.h"
#include "core/weights/layouts/layout_maps.h"
#include "core/weights/model_family.h"

namespace likeness {
namespace {

constexpr std::string_view kTextModelSpelled = "text_model_";

// Embeddings are looked up, not multiplied: no LoRA of this kind reaches them.
bool canBeChanged(const std::string& parameter, const std::vector<std::int64_t>& shape) {
  return parameter.ends_with(".weight") && (shape.size() == 2 || shape.size() == 4) &&
         !parameter.ends_with("token_embedding.weight") && !parameter.ends_with("position_embedding.weight");
}

// What CompVis's layout calls the UNet's targets.
std::vector<std::string> originalNames(const std::vector<LoraTarget>& targets, const HasName& has) {
  const KeyMap map = unetKeyMap(unetLayoutOfDiffusers(has));
  std::vector<std::string> names;
  for (const auto& target : targets) {
    const auto name = map.toCompvis(target.name + ".weight");
    names.push_back(name ? loraTargetName(name->name) : std::string());
  }
  return names;
}

// Other names of a module in diffusers' and transformers' own files: before PEFT, the attention of a text encoder had
// the UNet's names, and the last map of an attention was not counted.
std::vector<std::string> otherSpellings(LoraComponent component, const std::string& spelling) {
  std::vector<std::string> others;
  if (component == LoraComponent::Unet) {
    constexpr std::string_view kCounted = "_to_out_0";
    if (spelling.ends_with(kCounted)) others.push_back(spelling.substr(0, spelling.size() - 2));
    return others;
  }
  others.push_back(std::string(kTextModelSpelled) + spelling);
  for (const auto& [now, before] : {std::pair("_q_proj", "_to_q"), std::pair("_k_proj", "_to_k"),
                                    std::pair("_v_proj", "_to_v"), std::pair("_out_proj", "_to_out")}) {
    if (!spelling.ends_with(now)) continue;
    const auto older = spelling.substr(0, spelling.size() - std::string_view(now).size()) + before;
    others.insert(others.end(), {older, std::string(kTextModelSpelled) + older});
  }
  return others;
}

// sd-scripts writes text encoders' names with the prefix of transformers before 5.6.
std::string textName(const LoraTarget& target) {
  const auto spelling = loraSpelling(target.name);
  return target.name == "text_projection" ? spelling : std::string(kTextModelSpelled) + spelling;
}

}  // namespace

std::string loraTargetName(std::string parameter) {
  constexpr std::string_view kTextModel = "text_model.", kWeight = ".weight";
  if (parameter.ends_with(kWeight)) parameter.resize(parameter.size() - kWeight.size());
  if (parameter.starts_with(kTextModel)) parameter.erase(0, kTextModel.size());
  return parameter;
}

void LoraNames::add(LoraComponent component, const torch::nn::Module& model) {
  Component& own = m_components[static_cast<std::size_t>(component)];
  for (const auto& [name, layer] : adaptableLayers(model)) {
    own.targets.push_back({component, name, layer->weight.sizes().vec()});
  }
  const auto parameters = model.named_parameters();
  index(component, [&](const std::string& name) { return parameters.contains(name); });
}

void LoraNames::add(LoraComponent component, const TensorSources& weights) {
  Component& own = m_components[static_cast<std::size_t>(component)];
  for (const auto& source : weights) {
    for (const auto& [name, info] : source->tensors()) {
      if (canBeChanged(name, info.shape)) own.targets.push_back({component, loraTargetName(name), info.shape});
    }
  }
  index(component, [&](const std::string& name) {
    return std::any_of(weights.begin(), weights.end(), [&](const auto& source) { return source->has(name); });
  });
}

void LoraNames::index(LoraComponent component, const std::function<bool(const std::string&)>& has) {
  Component& own = m_components[static_cast<std::size_t>(component)];
  own.originals.assign(own.targets.size(), {});
  if (component == LoraComponent::Unet) own.originals = originalNames(own.targets, has);
  const auto enter = [&](const std::string& spelling, std::size_t index, bool original) {
    const auto [entry, added] = own.bySpelling.emplace(spelling, Component::Entry{index, original, false});
    if (!added && entry->second.index != index) entry->second.ambiguous = true;
  };
  for (std::size_t i = 0; i < own.targets.size(); ++i) {
    const std::string spelling = loraSpelling(own.targets[i].name);
    enter(spelling, i, false);
    for (const auto& other : otherSpellings(component, spelling)) enter(other, i, false);
    if (!own.originals[i].empty()) enter(loraSpelling(own.originals[i]), i, true);
  }
}

std::optional<LoraNames::Found> LoraNames::find(std::optional<LoraComponent> component,
                                                std::string_view module) const {
  const std::string spelling = loraSpelling(module);
  std::optional<Found> found;
  for (std::size_t i = 0; i < m_components.size(); ++i) {
    if (component && static_cast<std::size_t>(*component) != i) continue;
    const auto entry = m_components[i].bySpelling.find(spelling);
    if (entry == m_components[i].bySpelling.end()) continue;
    if (entry->second.ambiguous || found) return std::nullopt;
    found = Found{&m_components[i].targets[entry->second.index], entry->second.original};
  }
  return found;
}

const std::vector<LoraTarget>& LoraNames::targets(LoraComponent component) const {
  return m_components[static_cast<std::size_t>(component)].targets;
}

std::string LoraNames::kohyaName(const LoraTarget& target) const {
  const Component& own = m_components[static_cast<std::size_t>(target.component)];
  if (target.component == LoraComponent::TextEncoder2) return "lora_te2_" + textName(target);
  if (target.component == LoraComponent::TextEncoder) return (isXl() ? "lora_te1_" : "lora_te_") + textName(target);
  const auto found = std::find_if(own.targets.begin(), own.targets.end(),
                                  [&](const LoraTarget& each) { return each.name == target.name; });
  const auto index = static_cast<std::size_t>(found - own.targets.begin());
  const bool original = isXl() && index < own.originals.size() && !own.originals[index].empty();
  return "lora_unet_" + loraSpelling(original ? own.originals[index] : target.name);
}

bool LoraNames::isXl() const {
  const auto& unet = targets(LoraComponent::Unet);
  return std::any_of(unet.begin(), unet.end(),
                     [](const LoraTarget& target) { return target.name == "add_embedding.linear_1"; }) ||
         !targets(LoraComponent::TextEncoder2).empty();
}

std::string LoraNames::family() const {
  const auto& unet = targets(LoraComponent::Unet);
  const auto linear = std::any_of(unet.begin(), unet.end(), [](const LoraTarget& target) {
    return target.name.ends_with(".proj_in") && target.shape.size() == 2;
  });
  return familyName(isXl() ? ModelFamily::Sdxl : linear ? ModelFamily::Sd2 : ModelFamily::Sd1);
}

}  // namespace likeness
