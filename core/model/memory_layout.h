#pragma once
#include "core/tensor/torch.h"

namespace likeness {

/// Lays convolution weights out in memory as the convolutions read them (channels last), in place; sizes, names and
/// values stay. Call after loading, before making an optimizer. Anything that writes weights to a file makes them
/// contiguous again.
void useChannelsLast(torch::nn::Module& module);

}  // namespace likeness
