#include "core/model/memory_layout.h"

#include "core/tensor/memory.h"

namespace likeness {

void useChannelsLast(torch::nn::Module& module) {
  for (torch::Tensor& parameter : module.parameters()) {
    if (parameter.dim() != 4 || parameter.is_contiguous(at::MemoryFormat::ChannelsLast)) continue;
    const torch::Tensor before = parameter.detach();
    parameter.set_data(before.contiguous(at::MemoryFormat::ChannelsLast));
    releaseMirroredPages(before);
  }
}

void releaseWeights(const torch::nn::Module& module) {
  for (const torch::Tensor& parameter : module.parameters()) releaseMirroredPages(parameter);
}

at::MemoryFormat layoutOf(const torch::Tensor& weight) {
  return weight.is_contiguous() ? at::MemoryFormat::Contiguous : at::MemoryFormat::ChannelsLast;
}

}  // namespace likeness
