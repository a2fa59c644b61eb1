#pragma once
#include <string>

#include "core/api/train_config.h"
#include "core/sample/stable_diffusion.h"

namespace likeness {

/// Whether a weight of a UNet or text encoder may lie in bf16 or fp16 while a run trains: matrices and kernels within
/// the UNet's blocks and the text encoders' layers, which are 99 % of them. First and last layers, norms, biases and
/// embeddings stay fp32: there rounding shows most, and it saves nothing.
[[nodiscard]] bool mayBeNarrow(const std::string& name, const torch::Tensor& weight);

/// What the parameter lies in if such weights shall lie in `dtype`.
[[nodiscard]] torch::ScalarType storedDtype(const std::string& name, const torch::Tensor& weight, WeightDtype dtype);

/// Bytes of the module's parameters with such weights in `dtype`.
[[nodiscard]] std::uint64_t storedBytes(const torch::nn::Module& module, WeightDtype dtype);

/// Puts those weights of the model that no method of the run changes into frozen_dtype, one after the other, so that
/// two copies of one weight are the most at a time: with method lora UNet and text encoders, else text encoders that
/// don't learn. A UNet of which blocks learn is written whole with each checkpoint and stays fp32. The VAE does, too:
/// what it makes is kept, and SDXL's is NaN in fp16. Passes then need autocast (see hasNarrowWeights()).
void narrowFrozenWeights(const StableDiffusion& model, const TrainConfig& config);

/// Whether each step of the run is one pass, whatever it draws: nothing is accumulated and all pictures are of one size.
/// Gradients of whole weights are then kept in what passes compute in, see TrainedWeights::narrowGradients().
[[nodiscard]] bool hasOnePass(const TrainConfig& config);

/// What the gradient of such a weight lies in while a run of full training goes.
[[nodiscard]] torch::ScalarType gradientDtype(const std::string& name, const torch::Tensor& weight,
                                              const TrainConfig& config);

/// What frozen_dtype means for UNet and for text encoders.
[[nodiscard]] WeightDtype frozenUnetDtype(const TrainConfig& config);
[[nodiscard]] WeightDtype frozenTextDtype(const TrainConfig& config);

}  // namespace likeness
