#pragma once
#include "core/tensor/torch.h"

namespace likeness {

/// Lays convolution weights out in memory as the convolutions read them (channels last), in place; sizes, names and
/// values stay. A convolution computes in the layout of its weights: this one is faster in training, and rounds about
/// eight times as coarsely in fp32, which samplers with many steps amplify. Call after loading, before making an optimizer. Anything that writes weights to a file makes them
/// contiguous again.
void useChannelsLast(torch::nn::Module& module);

}  // namespace likeness
