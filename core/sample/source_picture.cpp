#include "core/sample/source_picture.h"

#include <cmath>

#include "core/data/crop.h"
#include "core/data/image_tensor.h"
#include "core/sample/vae_passes.h"

namespace likeness {
namespace {

// [1,1,H,W] from 0 to 1: the luminance of Pillow's "L" (ITU-R 601).
torch::Tensor luminance(const Image& image) {
  const auto rgb = (imageToTensor(image) + 1) / 2;
  const auto weights = torch::tensor({0.299F, 0.587F, 0.114F}).view({1, 3, 1, 1});
  return (rgb * weights).sum(1, true);
}

// White is made anew; nothing lies between, as in diffusers.
torch::Tensor pixelMask(const SourceOptions& options, int width, int height) {
  return luminance(cropToFill(*options.mask, width, height)).ge(0.5).to(torch::kFloat32);
}

// A Gaussian of `deviation` pixels, cut off at three of them; borders are repeated.
torch::Tensor blurred(const torch::Tensor& mask, double deviation) {
  const auto reach = std::max<std::int64_t>(1, static_cast<std::int64_t>(std::ceil(3 * deviation)));
  const auto at = torch::arange(-reach, reach + 1, torch::kFloat64) / deviation;
  auto kernel = torch::exp(-0.5 * at.square());
  kernel = (kernel / kernel.sum()).to(torch::kFloat32);
  const auto across = at::conv2d(at::replication_pad2d(mask, {reach, reach, 0, 0}), kernel.view({1, 1, 1, -1}));
  return at::conv2d(at::replication_pad2d(across, {0, 0, reach, reach}), kernel.view({1, 1, -1, 1}));
}

}  // namespace

SourceLatents encodeSource(const StableDiffusion& model, const SourceOptions& options, int width, int height,
                           VaeTiles tiles, JobControl& control) {
  SourceLatents source;
  const auto device = model.unet->parameters().front().device();
  const auto encode = [&](const torch::Tensor& pixels) { return encodePixels(model, pixels, tiles, control).to(device); };
  torch::Tensor pixels, mask = torch::ones({1, 1, height, width});
  if (options.picture) {
    pixels = imageToTensor(cropToFill(*options.picture, width, height));
    source.latents = encode(pixels);
  }
  const auto small = [&](const torch::Tensor& whole) {
    return at::upsample_nearest2d(whole, {height / model.vaeFactor(), width / model.vaeFactor()}).to(device);
  };
  if (options.mask) {
    mask = pixelMask(options, width, height);
    source.mask = small(mask);
  }
  if (model.isInpainting()) {
    const auto kept = pixels.defined() ? pixels * mask.lt(0.5) : torch::zeros({1, 3, height, width});
    source.extraChannels = torch::cat({small(mask), encode(kept)}, 1);
  }
  return source;
}

Image blendSource(const Image& made, const SourceOptions& options) {
  if (!options.mask || options.maskBlur <= 0) return made;
  const auto mask = blurred(pixelMask(options, made.width, made.height), options.maskBlur);
  const auto own = imageToTensor(cropToFill(*options.picture, made.width, made.height));
  return tensorToImage(own + (imageToTensor(made) - own) * mask);
}

}  // namespace likeness
