#pragma once
#include "core/base/json.h"
#include "core/base/result.h"
#include "core/weights/layouts/model_files.h"

namespace likeness {

// What the tensors of a part (diffusers' names) say about its config.json. `known` is what is known of it already: from
// the file's metadata, or of the part that is replaced. It keeps what tensors can't show (heads, norm groups, scaling)
// and loses where they disagree. The answer isn't checked for bounds: the config structs do that when they read it.

/// Heads where nothing is known: 8 everywhere in the first family, as wide as 64 channels in the others.
/// Errors: Unsupported for a UNet whose attentions differ within a level or are missing in the middle (SSD-1B and its
/// kind); Corrupt if there are no levels.
[[nodiscard]] Result<Json> deduceUNetConfig(const TensorSource& unet, ModelFamily family, const Json& known);

/// Scaling where nothing is known: 0.18215, SDXL 0.13025.
[[nodiscard]] Result<Json> deduceVaeConfig(const TensorSource& vae, ModelFamily family, const Json& known);

/// `openClip`: the exact GELU and 0 as padding, as OpenCLIP's encoders have it.
[[nodiscard]] Result<Json> deduceTextConfig(const TensorSource& text, bool openClip, const Json& known);

}  // namespace likeness
