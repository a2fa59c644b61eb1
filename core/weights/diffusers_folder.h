#pragma once
#include <filesystem>
#include <optional>

#include "core/base/result.h"
#include "core/tensor/torch.h"
#include "core/weights/tensor_source.h"

namespace likeness {

/// Opens the weights in a component's folder of the diffusers layout (unet/, vae/, text_encoder/).
/// The first of these that is there: diffusion_pytorch_model.safetensors, model.safetensors, diffusion_pytorch_model.bin,
/// pytorch_model.bin, each whole or sharded (*.index.json); then the same with ".fp16", then with ".non_ema". So the
/// plain weights go before variants, and safetensors before pickles. Index files may name only files of their own folder.
/// Errors: NotFound if the folder, the weights or a shard is missing; else as openWeightsFile; Corrupt for an index that
/// disagrees with its shards. Each names the file and the next step.
[[nodiscard]] Result<TensorSources> openComponentWeights(const std::filesystem::path& folder);

/// The module's parameters and persistent buffers by name, detached, in the module's order, floating-point ones in
/// `dtype` if given. Shares memory with the module where nothing is converted.
[[nodiscard]] NamedTensors stateDict(const torch::nn::Module& module,
                                     std::optional<torch::ScalarType> dtype = std::nullopt);

}  // namespace likeness
