#include "core/sample/applied_loras.h"

#include <cmath>

#include "core/base/log.h"
#include "core/model/layers.h"

namespace likeness {
namespace {

constexpr double kLargestWeight = 100;

}  // namespace

std::vector<std::pair<LoraComponent, torch::nn::Module*>> loraParts(const StableDiffusion& model) {
  std::vector<std::pair<LoraComponent, torch::nn::Module*>> parts{
      {LoraComponent::Unet, model.unet.ptr().get()}, {LoraComponent::TextEncoder, model.textEncoder.ptr().get()}};
  if (model.textEncoder2) parts.emplace_back(LoraComponent::TextEncoder2, model.textEncoder2.ptr().get());
  return parts;
}

AppliedLoras& AppliedLoras::operator=(AppliedLoras&& other) noexcept {
  if (this == &other) return *this;
  detach();
  m_attached = std::exchange(other.m_attached, {});
  m_merged = std::exchange(other.m_merged, {});
  m_reports = std::exchange(other.m_reports, {});
  return *this;
}

AppliedLoras::~AppliedLoras() { detach(); }

void AppliedLoras::attach(const torch::nn::Module& model, LoraComponent component, const std::vector<LoraUse>& loras) {
  const auto layers = adaptableLayers(model);
  for (const auto& [name, changes] : loraChanges(component, loras)) {
    const auto& layer = layers.at(name);
    for (const auto& change : changes) {
      layer->attach(change);
      m_attached.emplace_back(layer, change);
    }
  }
}

void AppliedLoras::detach() {
  for (const auto& [layer, change] : m_attached) layer->detach(*change);
  m_attached.clear();
  while (!m_merged.empty()) m_merged.pop_back();  // in the reverse of their order
}

void AppliedLoras::keep() {
  m_attached.clear();
  for (auto& merged : m_merged) merged.keep();
}

LoraNames loraNames(const StableDiffusion& model) {
  LoraNames names;
  for (const auto& [component, module] : loraParts(model)) names.add(component, *module);
  return names;
}

Result<AppliedLoras> applyLoras(StableDiffusion& model, const std::vector<LoraChoice>& loras, LoraMode mode) {
  AppliedLoras applied;
  if (loras.empty()) return applied;
  const LoraNames names = loraNames(model);
  std::vector<LoraUse> uses;
  for (const auto& [path, weight] : loras) {
    if (!(std::abs(weight) <= kLargestWeight)) {
      return Error{ErrorCode::InvalidArgument,
                   "The weight of the LoRA " + path.string() + " must lie between -100 and 100; 1 is as it was trained.",
                   {},
                   path.string()};
    }
    LK_TRY(Lora lora, openLora(path, names));
    if (auto report = lora.report(names); !report.empty()) {
      LK_LOG_WARN("{}", report);
      applied.m_reports.push_back(std::move(report));
    }
    uses.push_back({std::make_shared<const Lora>(std::move(lora)), weight});
  }
  for (const auto& [component, module] : loraParts(model)) {
    if (mode == LoraMode::Live) {
      applied.attach(*module, component, uses);
    } else {
      applied.m_merged.emplace_back(*module, component, uses);
    }
  }
  return applied;
}

}  // namespace likeness
