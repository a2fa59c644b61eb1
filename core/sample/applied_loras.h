#pragma once
#include <string>
#include <vector>

#include "core/api/sample.h"
#include "core/base/result.h"
#include "core/sample/stable_diffusion.h"
#include "core/weights/lora_merge.h"

namespace likeness {

enum class LoraMode {
  Live,    ///< beside the weights: no memory but that of the LoRA, a little time in each step
  Merged,  ///< in the weights: a second copy of those that change, no time in the steps
};

/// LoRAs on a model while this lives; afterwards the model is what it was, bit for bit. Not copied, only moved.
/// Threads: those of the model; it must not be used while this is made or destroyed.
class AppliedLoras {
 public:
  AppliedLoras() = default;
  AppliedLoras(AppliedLoras&&) noexcept = default;
  AppliedLoras& operator=(AppliedLoras&& other) noexcept;
  ~AppliedLoras();

  /// Leaves them on the model for as long as that lives.
  void keep();

  /// A sentence for each LoRA of which a part was unknown to the model.
  [[nodiscard]] const std::vector<std::string>& reports() const { return m_reports; }

 private:
  friend Result<AppliedLoras> applyLoras(StableDiffusion&, const std::vector<LoraChoice>&, LoraMode);
  using Attached = std::pair<std::shared_ptr<AdaptableLayerImpl>, std::shared_ptr<const LowRankChange>>;

  void attach(const torch::nn::Module& model, LoraComponent component, const std::vector<LoraUse>& loras);
  void detach();

  std::vector<Attached> m_attached;
  std::vector<MergedLoras> m_merged;
  std::vector<std::string> m_reports;
};

/// Applies LoRA files of any spelling to a model, several at once. Move the model to its device and dtype first.
/// Errors: those of openLora(), each naming its file, and InvalidArgument for a weight that is not a number or beyond
/// ±100; the model is then unchanged.
[[nodiscard]] Result<AppliedLoras> applyLoras(StableDiffusion& model, const std::vector<LoraChoice>& loras,
                                              LoraMode mode = LoraMode::Live);

/// The parts of a model that LoRAs can change, and their modules.
[[nodiscard]] std::vector<std::pair<LoraComponent, torch::nn::Module*>> loraParts(const StableDiffusion& model);

[[nodiscard]] LoraNames loraNames(const StableDiffusion& model);

}  // namespace likeness
