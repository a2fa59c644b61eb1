#pragma once
#include "core/tensor/torch.h"

namespace likeness {

/// Lays convolution weights out channels last, in place; sizes, names and values stay. Call after loading, before
/// making an optimizer. Anything that writes weights to a file makes them contiguous again.
/// The models compute in the layout of their weights. Contiguous, they run the reference's kernels in its order, so
/// that in fp32 they round as it does: samplers amplify rounding errors a hundredfold. Channels last they are faster,
/// training above all, and round more coarsely (by about 1e-6 of the result).
void useChannelsLast(torch::nn::Module& module);

/// Gives back the memory of weights that are mapped from a file and were not changed (see releaseMirroredPages): for a
/// module that is not needed for a while. It stays usable.
void releaseWeights(const torch::nn::Module& module);

/// The layout that a model with this first convolution weight [out, in, k, k] computes in.
[[nodiscard]] at::MemoryFormat layoutOf(const torch::Tensor& weight);

}  // namespace likeness
