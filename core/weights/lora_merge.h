#pragma once
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/weights/lora.h"

namespace likeness {

/// A LoRA and how strongly it is applied; negative weights take away what it adds. As in PEFT the weight multiplies
/// up·down, inside the norm of a DoRA. Weight 0 leaves it out.
struct LoraUse {
  std::shared_ptr<const Lora> lora;
  double weight = 1;
};

/// What the LoRAs do together in one component, weights included, by module.
[[nodiscard]] std::map<std::string, LowRankChanges> loraChanges(LoraComponent component,
                                                                const std::vector<LoraUse>& loras);

/// A component's weights with LoRAs merged in, as another source under the same names: each changed tensor is computed,
/// in fp32 and new memory, when it is asked for, and given in `dtype` or else in that of the file. `weights` are named as
/// in diffusers; keeps them open.
[[nodiscard]] TensorSources mergeLoras(const TensorSources& weights, LoraComponent component,
                                       const std::vector<LoraUse>& loras,
                                       std::optional<torch::ScalarType> dtype = std::nullopt);

/// LoRAs merged into a model's own weights while this lives: W + Σᵢ(Wᵢ − W), in new memory, never in that of a mapped
/// file; memory layout and dtype stay. Afterwards the weights are the tensors that they were, bit for bit.
/// Memory: a second copy of each changed weight. Threads: none may use the model meanwhile. Merges of one model must end
/// in the reverse of their order.
class MergedLoras {
 public:
  MergedLoras() = default;
  MergedLoras(torch::nn::Module& model, LoraComponent component, const std::vector<LoraUse>& loras);
  MergedLoras(MergedLoras&& other) noexcept;
  MergedLoras& operator=(MergedLoras&& other) noexcept;
  ~MergedLoras();

  /// Lets the weights stay as they are for good.
  void keep() { m_originals.clear(); }

 private:
  void restore();
  std::vector<std::pair<torch::Tensor, torch::Tensor>> m_originals;  ///< parameter, what it was
};

}  // namespace likeness
