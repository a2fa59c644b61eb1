#pragma once
#include <memory>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/weights/layouts/key_map.h"
#include "core/weights/layouts/model_files.h"
#include "core/weights/tensor_source.h"

namespace likeness {

/// The part of a single file that lies under `prefix`, under diffusers' names. `ema`: of the moving average.
/// `unused`, if given, gets the names under the prefix that `map` does not know.
/// Errors: Corrupt for a tensor of an impossible shape, or a moving average that is not complete.
[[nodiscard]] Result<std::shared_ptr<const TensorSource>> diffusersView(std::shared_ptr<const TensorSource> file,
                                                                        const std::string& prefix, const KeyMap& map,
                                                                        bool ema = false,
                                                                        std::vector<std::string>* unused = nullptr);

/// A part in any of diffusers' namings under today's names: the VAE's attention as to_q, to_k, to_v, to_out.0 with
/// linear weights, text encoders with text_model. before all but text_projection. `files` are shards of one part.
[[nodiscard]] Result<std::shared_ptr<const TensorSource>> canonicalView(const std::string& part,
                                                                        const TensorSources& files);

/// A whole model under CompVis's names, both sets of the UNet's weights where there are two, and the marks by which
/// others know an SDXL model that predicts v (v_pred, ztsnr).
/// Errors: InvalidArgument if a part has a tensor that CompVis's layout has no name for.
[[nodiscard]] Result<std::shared_ptr<const TensorSource>> compvisView(const ModelFiles& model);

}  // namespace likeness
