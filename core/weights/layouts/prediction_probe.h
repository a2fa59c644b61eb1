#pragma once
#include "core/base/job_control.h"
#include "core/model/unet2d_condition_model.h"
#include "core/weights/layouts/model_files.h"

namespace likeness {

/// Whether a UNet of the SD 2 family predicts v rather than noise: at the last timestep the input is almost all noise, so
/// a UNet that predicts noise answers with about its input, and one that predicts v does not. One pass over [1, C, 8, 8]
/// of 0.5 at t = 999 with a text of 0.5; v if the mean of output − input is below −1. Device and dtype: the UNet's. Runs
/// without gradients.
/// Source: AUTOMATIC1111's stable-diffusion-webui tells the two apart so.
[[nodiscard]] bool looksLikeVPrediction(UNet2DConditionModel unet);

/// Loads the UNet of a model whose prediction type is not known, tries it and sets what it is; else does nothing. Takes
/// the memory of the UNet in fp32 meanwhile. Errors: those of loading it.
[[nodiscard]] Result<void> settlePrediction(ModelFiles& model, JobControl* control = nullptr);

}  // namespace likeness
