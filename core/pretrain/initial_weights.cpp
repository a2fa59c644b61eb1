#include "core/pretrain/initial_weights.h"

#include <cmath>
#include <map>

#include "core/tensor/random.h"

namespace likeness {
namespace {

// Of a text encoder's weight, by its name; 0 for what has none.
double deviationOf(const std::string& name, const ClipTextConfig& config) {
  const auto width = static_cast<double>(config.hiddenSize);
  const auto narrow = 1 / std::sqrt(width * 2 * static_cast<double>(config.hiddenLayers));
  if (name.ends_with("embedding.weight")) return 0.02;
  for (const char* projection : {"q_proj.weight", "k_proj.weight", "v_proj.weight", "fc2.weight"}) {
    if (name.ends_with(projection)) return narrow;
  }
  if (name.ends_with("fc1.weight")) return 1 / std::sqrt(2 * width);
  return 1 / std::sqrt(width);
}

}  // namespace

void initializeLikePyTorch(torch::nn::Module& module, std::uint64_t seed, std::uint32_t part) {
  const torch::NoGradGuard noGrad;
  std::map<std::string, double> bounds;  // of each layer with a fan-in
  const auto parameters = module.named_parameters();
  for (const auto& entry : parameters) {
    const auto& name = entry.key();
    if (entry.value().dim() < 2 || !name.ends_with("weight")) continue;
    const auto fanIn = static_cast<double>(entry.value().numel() / entry.value().size(0));
    bounds[name.substr(0, name.rfind('.'))] = 1 / std::sqrt(fanIn);
  }
  std::uint32_t item = 0;
  for (const auto& entry : parameters) {
    auto value = entry.value();
    const auto bound = bounds.find(entry.key().substr(0, entry.key().rfind('.')));
    ++item;
    if (bound == bounds.end()) {
      value.fill_(entry.key().ends_with("weight") ? 1.0 : 0.0);
      continue;
    }
    const RandomKey key{seed, part, item, RandomStream::InitialWeights};
    value.copy_(uniformTensor(value.sizes(), key).mul_(2).sub_(1).mul_(bound->second));
  }
}

void initializeLikeTransformers(ClipTextModelImpl& model, std::uint64_t seed, std::uint32_t part) {
  const torch::NoGradGuard noGrad;
  std::uint32_t item = 0;
  for (const auto& entry : model.named_parameters()) {
    auto value = entry.value();
    ++item;
    if (value.dim() < 2) {
      value.fill_(entry.key().ends_with("weight") ? 1.0 : 0.0);
      continue;
    }
    const RandomKey key{seed, part, item, RandomStream::InitialWeights};
    value.copy_(normal(value.sizes(), key).mul_(deviationOf(entry.key(), model.config())));
  }
}

}  // namespace likeness
