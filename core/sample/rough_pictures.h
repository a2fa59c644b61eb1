#pragma once
#include <vector>

#include "core/api/image.h"
#include "core/base/job_control.h"
#include "core/sample/stable_diffusion.h"

namespace likeness {

/// The linear map from a latent's channels to the colour of the pixels that it stands for, for this model's VAE: what
/// its encoder makes of a smooth coloured picture, solved by least squares. Costs one pass of the encoder over 96 × 96
/// pixels (with a factor of 8); for the VAE that was the last one on this thread it is not made again.
/// Shape [C + 1, 3], the last row a constant; fp32, −1 … 1, on the UNet's device.
/// Randomness: none, the picture is always the same. Threads: the model's. Errors: Cancelled; c10::Error from Torch.
/// Source: the idea of "latent2rgb" factors, as ComfyUI has them for the published models; ours are fitted, because
/// models with a VAE of their own have none.
[[nodiscard]] torch::Tensor fitRoughPictures(const StableDiffusion& model, JobControl& control);

/// Latents [N,C,h,w], scaled as the UNet sees them, as N pictures of w × h pixels, by the map of fitRoughPictures().
[[nodiscard]] std::vector<ImagePtr> roughPictures(const torch::Tensor& map, const torch::Tensor& latents);

}  // namespace likeness
