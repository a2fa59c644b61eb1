#pragma once
#include "core/sample/text_to_image.h"

namespace likeness {

/// The prompts of the first pass of generate(), or of the second one of HiresOptions, encoded for all its evaluations.
/// Without guidance the negative side is empty. Dtype and device: the text encoders'. Errors: see checkPrompts().
[[nodiscard]] Result<ScheduledPrompts> encodePass(const StableDiffusion& model, const GenerateOptions& options,
                                                  bool second);

/// What is wrong with the prompts, the embeddings or the clip skip for this model, in one sentence. The options must be
/// good otherwise.
[[nodiscard]] Result<void> checkPrompts(const StableDiffusion& model, const GenerateOptions& options);

}  // namespace likeness
