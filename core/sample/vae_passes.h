#pragma once
#include "core/sample/text_to_image.h"

namespace likeness {

/// Latents [N,C,h,w], scaled as the UNet sees them, to pixels [N,3,H,W] fp32, about −1 … 1; and pixels to the mean of
/// their latents, scaled, fp32. Runs without gradients, in the VAE's dtype, on its device; in tiles as `tiles` says.
/// Looks at `control` before each pass.
[[nodiscard]] torch::Tensor decodePixels(const StableDiffusion& model, const torch::Tensor& latents, VaeTiles tiles,
                                         JobControl& control);
[[nodiscard]] torch::Tensor encodePixels(const StableDiffusion& model, const torch::Tensor& pixels, VaeTiles tiles,
                                         JobControl& control);

}  // namespace likeness
