#pragma once
#include <array>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/tensor/torch.h"
#include "core/weights/lora_key.h"
#include "core/weights/tensor_source.h"

namespace likeness {

/// A module that a LoRA can change: a linear map or a convolution.
struct LoraTarget {
  LoraComponent component = LoraComponent::Unet;
  std::string name;                 ///< in its component, as in diffusers; text encoders without `text_model.`
  std::vector<std::int64_t> shape;  ///< of its weight
};

/// The module of a parameter, named as in diffusers: without `.weight` and without `text_model.`.
[[nodiscard]] std::string loraTargetName(std::string parameter);

/// The modules of one model, found by whatever a LoRA file calls them: diffusers' names and, for the UNet, those of the
/// original (CompVis, SGM) code, with _ for dots. Names are looked up among those that the model has, never guessed:
/// one that could mean two modules finds nothing.
class LoraNames {
 public:
  LoraNames() = default;

  /// Adds a component's modules: those of a model, or of weights under diffusers' names.
  void add(LoraComponent component, const torch::nn::Module& model);
  void add(LoraComponent component, const TensorSources& weights);

  /// A found module; `original` if the name was not the one that diffusers gives it.
  struct Found {
    const LoraTarget* target = nullptr;
    bool original = false;
  };
  /// `module` is spelled as in the file. Without a component all are searched, and the name must belong to one only.
  [[nodiscard]] std::optional<Found> find(std::optional<LoraComponent> component, std::string_view module) const;

  [[nodiscard]] const std::vector<LoraTarget>& targets(LoraComponent component) const;

  /// The name that sd-scripts gives a module in files for this model, as in lora_unet_input_blocks_4_1_proj_in.
  [[nodiscard]] std::string kohyaName(const LoraTarget& target) const;

  /// Two text encoders: SDXL.
  [[nodiscard]] bool isXl() const;

  /// "Stable Diffusion 1.x", "… 2.x" or "… XL", by the UNet's shape.
  [[nodiscard]] std::string family() const;

 private:
  struct Component {
    std::vector<LoraTarget> targets;
    std::vector<std::string> originals;  ///< the original name of each target, empty if it has none
    struct Entry {
      std::size_t index = 0;
      bool original = false, ambiguous = false;
    };
    std::unordered_map<std::string, Entry> bySpelling;
  };
  void index(LoraComponent component, const std::function<bool(const std::string&)>& has);

  std::array<Component, 3> m_components;
};

}  // namespace likeness
