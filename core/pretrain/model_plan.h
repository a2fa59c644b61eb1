#pragma once
#include "core/pretrain/pretrain_config.h"
#include "core/sample/model_parts.h"

namespace likeness {

/// The configs of the model that a pretraining makes, and its tokenizer: those of the folder that the file names, or of
/// the embedded base; the file's own keys over them; sample sizes as the last phases say.
/// Errors: NotFound, Corrupt, Unsupported and InvalidArgument, naming the file: parts that don't fit each other, sizes
/// that the model can't have, more than one text encoder.
[[nodiscard]] Result<ModelParts> planModel(const PretrainConfig& config);

/// model_index.json of a Stable Diffusion with one text encoder.
[[nodiscard]] Json pretrainedModelIndex(const Json& scheduler);

}  // namespace likeness
