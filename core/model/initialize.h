#pragma once
#include <cstdint>

#include "core/tensor/torch.h"

namespace likeness {

/// Fills a freshly made model with small random weights, for pretraining and tests: normalisations 1 and 0, biases 0,
/// other weights normal with variance 1/fan-in. Randomness: a function of (seed, order of the parameters).
void initializeRandomly(torch::nn::Module& module, std::uint64_t seed);

}  // namespace likeness
