#pragma once
#include <string>

#include "core/base/json.h"
#include "core/weights/layouts/model_files.h"

namespace likeness {

/// scheduler_config.json as the family's first models have it: PNDM for noise prediction in SD 1 and 2, DDIM for v
/// there, Euler for SDXL. `zeroSnr`: zero terminal signal-to-noise ratio, which needs v and trailing timesteps.
[[nodiscard]] Json familyScheduler(ModelFamily family, bool v, bool zeroSnr = false);

/// model_index.json for a family, whose scheduler is of the class `scheduler`.
[[nodiscard]] Json familyModelIndex(ModelFamily family, bool inpainting, const std::string& scheduler);

/// What stands beside CLIP's vocabulary in a tokenizer's folder, by file name without .json: `padWithZero` pads with
/// "!", id 0, as SD 2 and SDXL's second encoder do, else with the end token.
[[nodiscard]] Json clipTokenizerFiles(bool padWithZero);

/// Which family a UNet's config.json belongs to: SDXL if it takes sizes and a pooled text, SD 2 if its attentions have
/// linear maps around them, else SD 1.
[[nodiscard]] ModelFamily familyOfConfig(const Json& unet);

}  // namespace likeness
