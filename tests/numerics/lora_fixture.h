#pragma once
#include <QtTest>
#include <map>

#include "core/model/clip_text_model.h"
#include "core/model/unet2d_condition_model.h"
#include "core/weights/lora_merge.h"
#include "tests/numerics/model_fixture.h"

namespace likeness {

inline std::filesystem::path loraFixture(const std::string& name) {
  return modelFixture("").parent_path().parent_path() / "lora" / name;
}

using PartOutputs = std::map<std::string, torch::Tensor>;

/// A tiny model of one family ("sd1", "sd2", "xl") of make_lora_fixtures.py, with its inputs.
class LoraFamily {
 public:
  explicit LoraFamily(const std::string& name)
      : m_name(name), m_data(SafetensorsFile::open(loraFixture("outputs.safetensors")).value()) {
    unet = make<UNet2DConditionModel, UNet2DConditionConfig>(LoraComponent::Unet, unetFolder());
    textEncoder = make<ClipTextModel, ClipTextConfig>(LoraComponent::TextEncoder,
                                                      modelFixture(name == "sd2" ? "clip_gelu" : "clip_quick_gelu"));
    if (name != "xl") return;
    textEncoder2 = make<ClipTextModel, ClipTextConfig>(LoraComponent::TextEncoder2, modelFixture("clip_projection"));
  }

  [[nodiscard]] std::vector<std::pair<LoraComponent, torch::nn::Module*>> parts() const {
    std::vector<std::pair<LoraComponent, torch::nn::Module*>> list{{LoraComponent::Unet, unet.ptr().get()},
                                                                   {LoraComponent::TextEncoder, textEncoder.ptr().get()}};
    if (textEncoder2) list.emplace_back(LoraComponent::TextEncoder2, textEncoder2.ptr().get());
    return list;
  }

  [[nodiscard]] LoraNames names() const {
    LoraNames result;
    for (const auto& [component, module] : parts()) result.add(component, *module);
    return result;
  }

  /// The files that each part was loaded from.
  [[nodiscard]] const TensorSources& sources(LoraComponent component) const { return m_sources.at(component); }

  [[nodiscard]] PartOutputs outputs() {
    const torch::NoGradGuard noGrad;
    const auto input = [&](const char* key) { return m_data.tensor(m_name + "." + key); };
    PartOutputs result;
    const bool xl = m_name == "xl";
    const AddedConditions added = xl ? AddedConditions{input("text_embeds"), input("time_ids")} : AddedConditions{};
    result["unet"] = unet->forward(input("sample"), input("timesteps"), input("text"), xl ? &added : nullptr);
    result["text_encoder"] = textEncoder->forward(input("ids")).lastHiddenState;
    if (textEncoder2) result["text_encoder_2"] = textEncoder2->forward(input("ids")).lastHiddenState;
    return result;
  }

  /// The largest difference from what diffusers made in a case, of the parts that it has; infinite if it has none.
  [[nodiscard]] double differenceFrom(const std::string& name) {
    double worst = -1;
    for (const auto& [part, value] : outputs()) {
      const std::string key = name + "." + part;
      if (m_data.has(key)) worst = std::max(worst, maxDifference(value, m_data.tensor(key)));
    }
    return worst < 0 ? INFINITY : worst;
  }

  UNet2DConditionModel unet{nullptr};
  ClipTextModel textEncoder{nullptr}, textEncoder2{nullptr};

 private:
  [[nodiscard]] std::filesystem::path unetFolder() const {
    return m_name == "xl" ? loraFixture("unet_xl") : modelFixture("unet_" + m_name);
  }

  template <typename Holder, typename Config>
  Holder make(LoraComponent component, const std::filesystem::path& folder) {
    const auto config = folder / "config.json";
    auto holder = Holder(Config::fromJson(readJsonFile(config).value(), config).value());
    auto file = SafetensorsFile::open(folder / "weights.safetensors").value();
    m_sources[component] = {std::make_shared<const SafetensorsFile>(file)};
    loadModule(*holder, m_sources[component]).value();
    for (const auto& parameter : holder->parameters()) parameter.requires_grad_(false);
    return holder;
  }

  std::string m_name;
  SafetensorsFile m_data;
  std::map<LoraComponent, TensorSources> m_sources;
};

/// LoRA files of the fixtures, read for a model.
inline std::vector<LoraUse> openLoras(const LoraNames& names, const std::vector<std::pair<std::string, double>>& files) {
  std::vector<LoraUse> uses;
  for (const auto& [file, weight] : files) {
    const auto folder = loraFixture(file);
    const auto path = std::filesystem::is_directory(folder) ? folder : loraFixture(file + ".safetensors");
    uses.push_back({std::make_shared<const Lora>(openLora(path, names).value()), weight});
  }
  return uses;
}

/// LoRAs beside the weights of a family's models while this lives.
class LiveLoras {
 public:
  LiveLoras(const LoraFamily& family, const std::vector<LoraUse>& loras) {
    for (const auto& [component, module] : family.parts()) {
      const auto layers = adaptableLayers(*module);
      for (const auto& [name, changes] : loraChanges(component, loras)) {
        for (const auto& change : changes) {
          layers.at(name)->attach(change);
          m_attached.emplace_back(layers.at(name), change);
        }
      }
    }
  }
  ~LiveLoras() {
    for (const auto& [layer, change] : m_attached) layer->detach(*change);
  }
  LiveLoras(const LiveLoras&) = delete;
  LiveLoras& operator=(const LiveLoras&) = delete;

 private:
  std::vector<std::pair<std::shared_ptr<AdaptableLayerImpl>, std::shared_ptr<const LowRankChange>>> m_attached;
};

}  // namespace likeness
