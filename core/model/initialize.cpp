#include "core/model/initialize.h"

#include <cmath>

#include "core/tensor/random.h"

namespace likeness {

void initializeRandomly(torch::nn::Module& module, std::uint64_t seed) {
  const torch::NoGradGuard noGrad;
  std::uint32_t item = 0;
  for (const auto& parameter : module.named_parameters()) {
    torch::Tensor value = parameter.value();
    ++item;
    if (value.dim() == 1) {
      value.fill_(parameter.key().ends_with("weight") ? 1.0 : 0.0);  // only normalisations have 1-D weights
      continue;
    }
    const double fanIn = static_cast<double>(value.numel() / value.size(0));
    const bool embedding = parameter.key().ends_with("embedding.weight");
    const double deviation = embedding ? 0.02 : 1.0 / std::sqrt(fanIn);
    const RandomKey key{.seed = seed, .step = 0, .item = item, .stream = RandomStream::SampleNoise};
    value.copy_(normal(value.sizes(), key).mul_(deviation));
  }
}

}  // namespace likeness
