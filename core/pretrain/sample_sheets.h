#pragma once
#include "core/api/image.h"
#include "core/base/job_control.h"
#include "core/pretrain/picture_store.h"
#include "core/pretrain/pretrain_config.h"
#include "core/sample/stable_diffusion.h"

namespace likeness {

/// The first pictures, and under each what the VAE makes of it (the means of its latents decoded).
[[nodiscard]] Image vaeSheet(AutoencoderKl& vae, PictureStore& pictures, int size);

/// A picture of each prompt: seed 0, 25 steps of DDIM, guidance 4, at `size`. Throws ErrorException when stopped.
[[nodiscard]] Image promptSheet(const StableDiffusion& model, const std::vector<std::string>& prompts, int size,
                                Precision precision, JobControl& control);

}  // namespace likeness
