#pragma once
#include <functional>
#include <vector>

#include "core/tensor/torch.h"

namespace likeness {

/// A part of a model: a tensor from tensors. It may read anything else that stays as it is until the backward pass has
/// been through it; what it draws at random must be a function of a key, so that a second call draws the same.
using RecomputedPart = std::function<torch::Tensor(const std::vector<torch::Tensor>&)>;

/// Runs a part of a model. With `recompute` nothing that happens inside is kept for the backward pass, which computes
/// the part anew (gradient checkpointing): memory for its inputs and result only, for another forward pass of time.
/// Gradients are the same to the bit either way in fp32: both ways they are added up within the part first.
/// The second computation is under the autocast state of the first. Parameters inside get their gradients as usual,
/// whether or not an input requires one. Without grad mode the part is just run. Threads: the caller's and, on other
/// devices than the CPU, autograd's.
/// Source: Chen et al. 2016 (arXiv:1604.06174); what torch.utils.checkpoint does with use_reentrant=True.
/// Differs from it: because nothing draws from a global generator, none is saved and put back.
[[nodiscard]] torch::Tensor runPart(bool recompute, const RecomputedPart& part, std::vector<torch::Tensor> inputs);

}  // namespace likeness
