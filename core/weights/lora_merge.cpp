#include "core/weights/lora_merge.h"

#include "core/model/layers.h"

namespace likeness {
namespace {

using Changes = std::map<std::string, LowRankChanges>;

class MergedSource final : public TensorSource {
 public:
  MergedSource(std::shared_ptr<const TensorSource> weights, std::shared_ptr<const Changes> changes,
               std::optional<torch::ScalarType> dtype)
      : m_weights(std::move(weights)), m_changes(std::move(changes)), m_infos(m_weights->tensors()), m_dtype(dtype) {
    if (!m_dtype) return;
    for (auto& [name, info] : m_infos) {
      if (m_changes->contains(loraTargetName(name))) info.dtype = *m_dtype;
    }
  }

  const std::filesystem::path& path() const override { return m_weights->path(); }
  const std::map<std::string, TensorInfo>& tensors() const override { return m_infos; }
  const Metadata& metadata() const override { return m_weights->metadata(); }

  torch::Tensor tensor(const std::string& name) const override {
    const torch::Tensor weight = m_weights->tensor(name);
    const auto found = m_changes->find(loraTargetName(name));
    if (found == m_changes->end()) return weight;
    const torch::NoGradGuard noGrad;
    return changedWeight(weight.to(m_dtype.value_or(weight.scalar_type())), found->second);
  }

 private:
  std::shared_ptr<const TensorSource> m_weights;
  std::shared_ptr<const Changes> m_changes;
  std::map<std::string, TensorInfo> m_infos;
  std::optional<torch::ScalarType> m_dtype;
};

}  // namespace

std::map<std::string, LowRankChanges> loraChanges(LoraComponent component, const std::vector<LoraUse>& loras) {
  Changes changes;
  for (const auto& [lora, weight] : loras) {
    if (weight == 0) continue;
    for (const auto& module : lora->modules) {
      if (module.target.component != component) continue;
      auto change = std::make_shared<LowRankChange>(module.change);
      change->scale *= weight;
      changes[module.target.name].push_back(std::move(change));
    }
  }
  return changes;
}

TensorSources mergeLoras(const TensorSources& weights, LoraComponent component, const std::vector<LoraUse>& loras,
                         std::optional<torch::ScalarType> dtype) {
  const auto changes = std::make_shared<const Changes>(loraChanges(component, loras));
  TensorSources merged;
  for (const auto& source : weights) merged.push_back(std::make_shared<const MergedSource>(source, changes, dtype));
  return merged;
}

MergedLoras::MergedLoras(torch::nn::Module& model, LoraComponent component, const std::vector<LoraUse>& loras) {
  const torch::NoGradGuard noGrad;
  const auto layers = adaptableLayers(model);
  for (const auto& [name, changes] : loraChanges(component, loras)) {
    torch::Tensor& weight = layers.at(name)->weight;
    LowRankChanges here;
    for (const auto& change : changes) here.push_back(std::make_shared<const LowRankChange>(change->to(weight.device())));
    const auto format = weight.suggest_memory_format();
    m_originals.emplace_back(weight, weight.detach());
    weight.set_data(changedWeight(weight.detach(), here).contiguous(format));
  }
}

MergedLoras::MergedLoras(MergedLoras&& other) noexcept : m_originals(std::exchange(other.m_originals, {})) {}

MergedLoras& MergedLoras::operator=(MergedLoras&& other) noexcept {
  restore();
  m_originals = std::exchange(other.m_originals, {});
  return *this;
}

MergedLoras::~MergedLoras() { restore(); }

void MergedLoras::restore() {
  const torch::NoGradGuard noGrad;
  for (auto& [parameter, original] : m_originals) parameter.set_data(original);
  m_originals.clear();
}

}  // namespace likeness
