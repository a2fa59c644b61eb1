#pragma once
#include <cstdint>

#include "core/model/clip_text_model.h"
#include "core/tensor/torch.h"

namespace likeness {

/// Fills a freshly made VAE or UNet as diffusers' are when they are made, which leave everything to PyTorch's layers:
/// weights and biases of convolutions and linear maps uniform within ±1/√fan-in (the bias of the same layer's fan-in),
/// normalisations 1 and 0. Nothing is zero at first but normalisations' biases.
/// Randomness: a function of (seed, `part`, order of the parameters). Dtype and device: fp32, CPU. Threads: one.
/// Source: torch.nn.Linear and _ConvNd.reset_parameters: kaiming_uniform_ with a = √5 (He et al. 2015, arXiv:1502.01852).
void initializeLikePyTorch(torch::nn::Module& module, std::uint64_t seed, std::uint32_t part);

/// Fills a text encoder as transformers' CLIPTextModel is when it is made: normal with the deviation 0.02 for both
/// embeddings; D^−½(2·layers)^−½ for queries, keys, values and the second map of a feed-forward; D^−½ for the
/// attention's output and text_projection; (2D)^−½ for the first map; biases 0, normalisations 1 and 0; D hiddenSize.
/// Else as above. Source: transformers' CLIPPreTrainedModel._init_weights with initializer_factor 1.
void initializeLikeTransformers(ClipTextModelImpl& model, std::uint64_t seed, std::uint32_t part);

}  // namespace likeness
