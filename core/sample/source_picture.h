#pragma once
#include "core/sample/text_to_image.h"

namespace likeness {

/// A picture to start from, as the sampler and the UNet need it. Device: the model's; fp32.
struct SourceLatents {
  torch::Tensor latents;        ///< [1,C,h,w], scaled as the UNet sees them; undefined without a picture
  torch::Tensor mask;           ///< [1,1,h,w], 1 where the picture is made anew; undefined without a mask
  torch::Tensor extraChannels;  ///< [1,1+C,h,w] for inpainting UNets, mask and masked picture; else undefined
};

/// Encodes the picture and mask of `options` at width × height. Without a picture, an inpainting UNet is told that all of
/// it is to be made. Looks at `control` before each pass of the VAE.
/// Differs from diffusers, which draws a sample of the picture's latents: takes their mean, because the sample's noise
/// stays in the picture and is the same whatever the seed.
[[nodiscard]] SourceLatents encodeSource(const StableDiffusion& model, const SourceOptions& options, int width,
                                         int height, VaeTiles tiles, JobControl& control);

/// The picture made with its unmasked part put back, faded over the blurred edge of the mask; with maskBlur 0 what was
/// made, as it is.
[[nodiscard]] Image blendSource(const Image& made, const SourceOptions& options);

}  // namespace likeness
