#pragma once
#include "core/sample/stable_diffusion.h"
#include "core/tensor/random.h"

namespace likeness {

/// A mask as inpainting models are trained with: a rectangle or an ellipse of any size up to the picture's, anywhere
/// inside it. Shape: [1,height,width]. Range: 1 where the picture is made anew, else 0. Dtype and device: fp32, CPU.
/// Randomness: the streams MaskShape and MaskPlace of the key's seed, step and item. Threads: any.
/// Source: random_mask of diffusers' research_projects/dreambooth_inpaint, whose distribution it has. Differs from it:
/// because a picture drawn by Pillow is no function of a key, a pixel belongs to an ellipse if its middle lies inside.
[[nodiscard]] torch::Tensor randomMask(std::int64_t height, std::int64_t width, const RandomKey& key);

/// What an inpainting UNet is given behind the noised latents: the mask, by nearest neighbours, and the latents of the
/// picture without its masked part, a sample of their posterior.
/// Shapes: pixels [B,3,H,W], masks [B,1,H,W], noise [B,C,h,w]; result [B,1+C,h,w]. Range: pixels −1 … 1. Dtype and
/// device: fp32, of any device; the result on the model's. Gradients: none. Threads: the model's.
[[nodiscard]] torch::Tensor maskedChannels(const StableDiffusion& model, const torch::Tensor& pixels,
                                           const torch::Tensor& masks, const torch::Tensor& noise);

}  // namespace likeness
