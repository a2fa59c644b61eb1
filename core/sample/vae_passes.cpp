#include "core/sample/vae_passes.h"

#include "core/model/vae_tiling.h"

namespace likeness {
namespace {

// Up to this many latents a picture goes through whole: 1024 × 1024 pixels with the usual factor of 8. A rule of the size
// alone, so that a seed gives the same picture whatever memory is free.
constexpr std::int64_t kLargestWhole = 128 * 128;

// The VAE computes in what its weights are, whatever the caller's autocast: SDXL's gives NaN in fp16.
c10::impl::ExcludeDispatchKeyGuard withoutAutocast() {
  return c10::impl::ExcludeDispatchKeyGuard(c10::autocast_dispatch_keyset);
}

bool inTiles(VaeTiles tiles, std::int64_t height, std::int64_t width) {
  return tiles == VaeTiles::Always || (tiles == VaeTiles::Auto && height * width > kLargestWhole);
}

}  // namespace

torch::Tensor decodePixels(const StableDiffusion& model, const torch::Tensor& latents, VaeTiles tiles,
                           JobControl& control) {
  const torch::NoGradGuard noGrad;
  const auto ownDtype = withoutAutocast();
  AutoencoderKl vae = model.vae;
  const auto weight = vae->parameters().front();
  const auto unscaled = unscaleLatents(latents.to(weight.device(), torch::kFloat32), vae->config()).to(weight.scalar_type());
  if (inTiles(tiles, latents.size(2), latents.size(3))) {
    return decodeTiled(vae, unscaled, {}, [&] { control.proceedOrThrow(); });
  }
  control.proceedOrThrow();
  return vae->decode(unscaled).to(torch::kFloat32);
}

torch::Tensor encodePixels(const StableDiffusion& model, const torch::Tensor& pixels, VaeTiles tiles,
                           JobControl& control) {
  const torch::NoGradGuard noGrad;
  const auto ownDtype = withoutAutocast();
  AutoencoderKl vae = model.vae;
  const auto weight = vae->parameters().front();
  const auto input = pixels.to(weight.device(), weight.scalar_type());
  const auto factor = vae->config().downsamplingFactor();
  torch::Tensor mean;
  if (inTiles(tiles, pixels.size(2) / factor, pixels.size(3) / factor)) {
    mean = encodeTiled(vae, input, {}, [&] { control.proceedOrThrow(); }).mean;
  } else {
    control.proceedOrThrow();
    mean = vae->encode(input).mean.to(torch::kFloat32);
  }
  return scaleLatents(mean, vae->config());
}

}  // namespace likeness
