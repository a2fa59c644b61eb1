#include "core/train/lora_adapters.h"

#include <cmath>
#include <map>

#include "core/api/block_values.h"
#include "core/sample/applied_loras.h"
#include "core/tensor/random.h"
#include "core/train/block_choices.h"

namespace likeness {
namespace {

bool contains(const std::string& name, std::string_view part) { return name.find(part) != std::string::npos; }

bool isLargeConvolution(const LoraTarget& target) { return target.shape.size() == 4 && target.shape[2] > 1; }

bool isAttention(const LoraTarget& target) {
  const auto& name = target.name;
  return contains(name, ".attn1.") || contains(name, ".attn2.") || contains(name, ".self_attn.");
}

bool isFeedForward(const LoraTarget& target) {
  return contains(target.name, ".ff.net.") || contains(target.name, ".mlp.fc");
}

double scaleOf(double alpha, std::int64_t rank, LoraScaling scaling) {
  const auto r = static_cast<double>(rank);
  return (alpha == 0 ? r : alpha) / (scaling == LoraScaling::RankStabilised ? std::sqrt(r) : r);
}

torch::Tensor startOfDown(const torch::Tensor& weight, std::int64_t rank, std::uint64_t seed, std::uint32_t number) {
  auto shape = weight.sizes().vec();
  const double bound = 1 / std::sqrt(static_cast<double>(weight.numel() / shape[0]));
  shape[0] = rank;
  const auto start = uniformTensor(shape, {seed, 0, number, RandomStream::AdapterStart}).mul_(2 * bound).sub_(bound);
  return start.contiguous(weight.suggest_memory_format()).to(weight.device());
}

std::int64_t blockRank(const LoraTarget& target, const TrainConfig& config) {
  const auto own = blockValue(config.loraBlockRanks, target.name);
  return own ? static_cast<std::int64_t>(*own) : config.loraRank;
}

// Parts of the UNet can be left out, or frozen, which for a LoRA that changes nothing yet is the same.
bool isLeftOut(const LoraTarget& target, const TrainConfig& config) {
  return target.component == LoraComponent::Unet &&
         (blockRank(target, config) == 0 || blockRate(config, target.name) == 0);
}

std::int64_t rankOf(const LoraTarget& target, const TrainConfig& config) {
  if (isLargeConvolution(target)) return config.loraConvRank;
  return target.component == LoraComponent::Unet ? blockRank(target, config) : config.loraRank;
}

std::shared_ptr<LowRankChange> startOf(const LoraTarget& target, const torch::Tensor& weight, const TrainConfig& config,
                                       std::uint32_t number) {
  const bool convolution = isLargeConvolution(target);
  const auto rank = rankOf(target, config);
  auto change = std::make_shared<LowRankChange>();
  change->down = startOfDown(weight, rank, config.seed, number);
  auto up = std::vector<std::int64_t>(target.shape.size(), 1);
  up[0] = target.shape[0];
  up[1] = rank;
  change->up = torch::zeros(up, change->down.options());
  if (config.loraDora) change->magnitude = weight.detach().to(torch::kFloat32).flatten(1).norm(2, 1);
  change->scale = scaleOf(convolution ? config.loraConvAlpha : config.loraAlpha, rank, config.loraScaling);
  change->number = number;
  return change;
}

void requireGradients(const TrainedAdapter& adapter, bool required) {
  auto& change = *adapter.change;
  for (auto* tensor : {&change.down, &change.up, &change.magnitude}) {
    if (!tensor->defined()) continue;
    tensor->set_requires_grad(required);
    tensor->mutable_grad().reset();
  }
}

Error otherLayers(const std::filesystem::path& file, const std::string& detail) {
  return {ErrorCode::Corrupt,
          "The checkpoint's LoRA " + file.string() +
              " does not fit this model and the options lora_* and block_learning_rates. Put them back as they were, or train anew.",
          detail, file.string()};
}

struct ChosenLayer {
  LoraTarget target;
  std::shared_ptr<AdaptableLayerImpl> layer;
  std::uint32_t number = 0;
};

std::vector<ChosenLayer> chosenLayers(const StableDiffusion& model, const TrainConfig& config) {
  std::vector<ChosenLayer> chosen;
  std::uint32_t number = 0;  // counts every layer, so that the start of one doesn't depend on which others are chosen
  for (const auto& [component, module] : loraParts(model)) {
    const bool learns = component == LoraComponent::Unet || config.textEncoderLearningRate > 0;
    for (const auto& [name, layer] : adaptableLayers(*module)) {
      LoraTarget target{component, name, layer->weight.sizes().vec()};
      const auto own = number++;
      if (learns && getsLora(target, config)) chosen.push_back({std::move(target), layer, own});
    }
  }
  return chosen;
}

}  // namespace

bool getsLora(const LoraTarget& target, const TrainConfig& config) {
  if (isLeftOut(target, config)) return false;
  if (isLargeConvolution(target)) {
    const bool inBlock = contains(target.name, ".resnets.") || contains(target.name, "samplers.");
    return config.loraConvRank > 0 && inBlock;
  }
  if (isAttention(target)) return true;
  if (config.loraTargets == LoraTargets::Attention) return false;
  if (isFeedForward(target)) return true;
  return config.loraTargets == LoraTargets::Linear && target.component == LoraComponent::Unet;
}

std::int64_t loraNumbers(const StableDiffusion& model, const TrainConfig& config) {
  std::int64_t sum = 0;
  for (const auto& [target, layer, number] : chosenLayers(model, config)) {
    const auto outputs = target.shape[0], inputs = layer->weight.numel() / outputs;
    sum += rankOf(target, config) * (inputs + outputs) + (config.loraDora ? outputs : 0);
  }
  return sum;
}

std::vector<TrainedAdapter> attachLoras(const StableDiffusion& model, const TrainConfig& config) {
  const torch::NoGradGuard noGrad;
  std::vector<TrainedAdapter> adapters;
  for (const auto& [target, layer, number] : chosenLayers(model, config)) {
    adapters.push_back({target, layer, startOf(target, layer->weight, config, number)});
    requireGradients(adapters.back(), true);
    layer->attach(adapters.back().change);
  }
  return adapters;
}

void freeze(const TrainedAdapter& adapter) { requireGradients(adapter, false); }

std::vector<LoraModule> modulesOf(const std::vector<TrainedAdapter>& adapters) {
  std::vector<LoraModule> modules;
  for (const auto& adapter : adapters) modules.push_back({adapter.target, *adapter.change});
  return modules;
}

double changeNorm(const LowRankChange& change) {
  const torch::NoGradGuard noGrad;
  const auto up = change.up.detach().flatten(1).to(torch::kFloat64);
  const auto down = change.down.detach().flatten(1).to(torch::kFloat64);
  // ‖up·down‖² is the trace of (upᵀup)(down downᵀ), which are small.
  const auto square = (at::mm(up.t(), up) * at::mm(down, down.t())).sum().item<double>();
  return change.scale * std::sqrt(std::max(0.0, square));
}

Result<void> loadLoras(const std::vector<TrainedAdapter>& adapters, const StableDiffusion& model,
                       const std::filesystem::path& file) {
  LK_TRY(const auto lora, openLora(file, loraNames(model)));
  std::map<std::pair<LoraComponent, std::string>, const LowRankChange*> found;
  for (const auto& module : lora.modules) found[{module.target.component, module.target.name}] = &module.change;
  if (found.size() != adapters.size()) return otherLayers(file, std::to_string(found.size()) + " layers");
  const torch::NoGradGuard noGrad;
  for (const auto& adapter : adapters) {
    const auto at = found.find({adapter.target.component, adapter.target.name});
    if (at == found.end()) return otherLayers(file, adapter.target.name + " is missing");
    const auto copy = [&](const torch::Tensor& from, torch::Tensor to) {
      if (from.defined() != to.defined() || (to.defined() && from.sizes() != to.sizes())) return false;
      if (to.defined()) to.copy_(from);
      return true;
    };
    const auto& theirs = *at->second;
    auto& ours = *adapter.change;
    if (!copy(theirs.down, ours.down) || !copy(theirs.up, ours.up) || !copy(theirs.magnitude, ours.magnitude)) {
      return otherLayers(file, adapter.target.name);
    }
  }
  return {};
}

}  // namespace likeness
