#pragma once
#include "core/api/train_config.h"
#include "core/tensor/random.h"

namespace likeness {

/// The noise of one training sample: standard normal, then with noise_offset shifted by a normal number a channel, then
/// with pyramid noise added up with coarser normal noise, enlarged, and scaled to deviation 1.
/// Shapes: sizes and result [C,h,w]. Dtype and device: fp32 on the CPU. Randomness: a function of `key`'s seed, step
/// and item. Threads: any.
/// Source: offset: Guttenberg 2023, "Diffusion with offset noise"; pyramid: Whitaker 2023, "Multi-resolution noise for
/// diffusion model training", in the form of sd-scripts (levels as its multires_noise_iterations).
/// Differs from sd-scripts: because a sample must not depend on what else is in its batch, sizes and deviation are each
/// sample's own, not the batch's.
[[nodiscard]] torch::Tensor trainingNoise(at::IntArrayRef sizes, const TrainConfig& config, const RandomKey& key);

/// Adds coarser levels to noise [C,h,w] and scales to deviation 1. Level i has ⌊h/rⁱ⌋ by ⌊w/rⁱ⌋ numbers, at least 1,
/// with r = `ratios`[i], and counts discountⁱ; one with a side of 1 is the last. `levels`: the numbers of all levels,
/// one after another, as many as pyramidNumbers() says.
[[nodiscard]] torch::Tensor addPyramid(const torch::Tensor& noise, const std::vector<double>& ratios,
                                       const torch::Tensor& levels, double discount);
[[nodiscard]] std::int64_t pyramidNumbers(at::IntArrayRef sizes, const std::vector<double>& ratios);

}  // namespace likeness
