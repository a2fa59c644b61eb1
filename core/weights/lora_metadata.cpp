#include "core/weights/lora_metadata.h"

#include <algorithm>
#include <map>

#include "core/base/hash.h"
#include "core/weights/safetensors.h"

namespace likeness {
namespace {

struct FamilyWords {
  const char *base, *architecture, *implementation, *resolution;
};
FamilyWords wordsFor(const LoraNames& names) {
  if (names.isXl()) {
    return {"sdxl_base_v1-0", "stable-diffusion-xl-v1-base/lora",
            "https://github.com/Stability-AI/generative-models", "1024x1024"};
  }
  if (names.family().ends_with("2.x")) return {"sd_v2", "stable-diffusion-v2-512/lora", "diffusers", "512x512"};
  return {"sd_v1", "stable-diffusion-v1/lora", "diffusers", "512x512"};
}

// The value that most of them have; the smallest of these.
template <typename T>
T mostCommon(const std::vector<T>& values) {
  std::map<T, std::size_t> counts;
  for (const auto& value : values) ++counts[value];
  return std::max_element(counts.begin(), counts.end(), [](const auto& a, const auto& b) {
           return a.second < b.second;
         })->first;
}

std::string shortNumber(double value) {
  const Json json = value == static_cast<double>(static_cast<std::int64_t>(value)) ? Json(static_cast<std::int64_t>(value))
                                                                                   : Json(value);
  return json.dump();
}

struct Ranks {
  std::vector<std::int64_t> ranks;
  std::vector<double> alphas;
};
Ranks ranksOf(std::span<const LoraModule> modules) {
  Ranks result;
  for (const auto& module : modules) {
    result.ranks.push_back(module.change.rank());
    result.alphas.push_back(module.alpha());
  }
  return result;
}

// What PEFT's patterns call a module. They are regular expressions that must match the end of its name, and ^ makes it
// the whole name; transformers' names may have a prefix.
std::string pattern(const LoraTarget& target) {
  return (target.component == LoraComponent::Unet ? "^" : "") + target.name;
}

}  // namespace

Metadata loraMetadata(const std::string& title, std::span<const LoraModule> modules, const LoraNames& names) {
  const FamilyWords words = wordsFor(names);
  const Ranks ranks = ranksOf(modules);
  return {{"format", "pt"},
          {"ss_network_module", "networks.lora"},
          {"ss_network_dim", std::to_string(mostCommon(ranks.ranks))},
          {"ss_network_alpha", shortNumber(mostCommon(ranks.alphas))},
          {"ss_base_model_version", words.base},
          {"ss_v2", std::string_view(words.base) == "sd_v2" ? "True" : "False"},
          {"modelspec.sai_model_spec", "1.0.0"},
          {"modelspec.architecture", words.architecture},
          {"modelspec.implementation", words.implementation},
          {"modelspec.resolution", words.resolution},
          {"modelspec.title", title}};
}

Json peftSettings(std::span<const LoraModule> modules) {
  Json settings = Json::object();
  for (const auto& [component, prefix] : {std::pair(LoraComponent::Unet, "unet."),
                                          std::pair(LoraComponent::TextEncoder, "text_encoder."),
                                          std::pair(LoraComponent::TextEncoder2, "text_encoder_2.")}) {
    std::vector<LoraModule> own;
    for (const auto& module : modules) {
      if (module.target.component == component) own.push_back(module);
    }
    if (own.empty()) continue;
    const Ranks ranks = ranksOf(own);
    const auto rank = mostCommon(ranks.ranks);
    const auto alpha = mostCommon(ranks.alphas);
    Json targets = Json::array(), rankPattern = Json::object(), alphaPattern = Json::object();
    for (const auto& module : own) {
      targets.push_back(module.target.name);
      if (module.change.rank() != rank) rankPattern[pattern(module.target)] = module.change.rank();
      if (module.alpha() != alpha) alphaPattern[pattern(module.target)] = module.alpha();
    }
    const std::string start = prefix;
    settings[start + "r"] = rank;
    settings[start + "lora_alpha"] = alpha;
    settings[start + "rank_pattern"] = rankPattern;
    settings[start + "alpha_pattern"] = alphaPattern;
    settings[start + "target_modules"] = targets;
    settings[start + "use_dora"] = own.front().change.magnitude.defined();
    settings[start + "use_rslora"] = false;
    settings[start + "lora_bias"] = false;
  }
  return settings;
}

Result<LoraHashes> loraHashes(const std::filesystem::path& path, const NamedTensors& tensors,
                              const Metadata& metadata) {
  Metadata training;
  for (const auto& [key, value] : metadata) {
    if (key.starts_with("ss_")) training[key] = value;
  }
  constexpr std::uint64_t kLegacyStart = 0x100000, kLegacyEnd = 0x110000;
  Sha256 model, legacy;
  std::uint64_t position = 0;
  const auto add = [&](std::span<const std::byte> bytes, bool isHeader) {
    if (!isHeader) model.add(bytes);
    const auto from = std::clamp(kLegacyStart, position, position + bytes.size()) - position;
    const auto to = std::clamp(kLegacyEnd, position, position + bytes.size()) - position;
    legacy.add(bytes.subspan(from, to - from));
    position += bytes.size();
    return Result<void>();
  };
  LK_CHECK(serializeSafetensors(path, tensors, training, add));
  return LoraHashes{model.hex(), legacy.hex().substr(0, 8)};
}

}  // namespace likeness
