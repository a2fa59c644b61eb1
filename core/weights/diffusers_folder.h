#pragma once
#include <filesystem>
#include <optional>

#include "core/base/result.h"
#include "core/tensor/torch.h"
#include "core/weights/tensor_source.h"

namespace likeness {

/// Opens the weights in a component's folder of the diffusers layout (unet/, vae/, text_encoder/).
/// Looks for diffusion_pytorch_model.safetensors, its sharded form (*.safetensors.index.json), model.safetensors and
/// its sharded form, then the same with ".fp16". An index may name only files of its own folder.
/// Errors: NotFound if the folder, the weights or a shard is missing; Unsupported if there are only pickled weights;
/// Corrupt for a truncated file or an index that disagrees with its shards. Each names the file and the next step.
[[nodiscard]] Result<TensorSources> openComponentWeights(const std::filesystem::path& folder);

/// The module's parameters and persistent buffers by name, detached, in the module's order, floating-point ones in
/// `dtype` if given. Shares memory with the module where nothing is converted.
[[nodiscard]] NamedTensors stateDict(const torch::nn::Module& module,
                                     std::optional<torch::ScalarType> dtype = std::nullopt);

}  // namespace likeness
