#include "core/train/latent_bank.h"

#include <algorithm>

#include "core/base/hash.h"
#include "core/weights/diffusers_folder.h"

namespace likeness {

torch::Tensor LatentBank::sample(std::int64_t picture, bool flipped, const torch::Tensor& noise) const {
  const auto& means = flipped ? mirroredMean : mean;
  const auto& deviations = flipped ? mirroredDeviation : deviation;
  TORCH_CHECK(!means.empty(), "there are no mirrored latents");
  const auto at = static_cast<std::size_t>(picture);
  return at::addcmul(means.at(at), deviations.at(at), noise);
}

LatentBank encodeLatents(const StableDiffusion& model, std::span<const Image> images, bool withMirrored,
                         LatentCache& cache, JobControl& control,
                         const std::function<void(std::int64_t done)>& onPicture) {
  const torch::NoGradGuard noGrad;
  const auto& config = model.vae->config();
  const auto device = model.vae->parameters().front().device();
  const auto encode = [&](const torch::Tensor& pixels) {
    auto vae = model.vae;
    const auto posterior = vae->encode(pixels.to(device));
    return LatentMoments{posterior.mean.to(torch::kCPU, torch::kFloat32).contiguous(),
                         posterior.logVariance.to(torch::kCPU, torch::kFloat32).contiguous()};
  };
  // Scaling is affine, so the deviation scales as the difference of two scaled points does.
  const auto scaledDeviation = [&config](const torch::Tensor& mean, const torch::Tensor& logVariance) {
    return scaleLatents(mean + at::exp(0.5 * logVariance), config) - scaleLatents(mean, config);
  };
  LatentBank bank;
  const auto add = [&](const Image& image, std::vector<torch::Tensor>& means, std::vector<torch::Tensor>& deviations) {
    control.proceedOrThrow();
    const auto found = cache.get(image, encode);
    means.push_back(scaleLatents(found.mean, config).squeeze(0));
    deviations.push_back(scaledDeviation(found.mean, found.logVariance).squeeze(0));
  };
  std::int64_t done = 0;
  for (const auto& image : images) {
    add(image, bank.mean, bank.deviation);
    if (withMirrored) add(mirrored(image), bank.mirroredMean, bank.mirroredDeviation);
    if (onPicture) onPicture(++done);
  }
  return bank;
}

std::string vaeIdentity(const StableDiffusion& model) {
  Sha256 hash;
  for (const auto& [name, tensor] : stateDict(*model.vae)) {
    const auto flat = tensor.to(torch::kCPU).contiguous();
    hash.add(name);
    hash.add(std::span(static_cast<const std::byte*>(flat.data_ptr()), flat.nbytes()));
  }
  return hash.hex();
}

Image mirrored(const Image& image) {
  Image result = image;
  const auto width = static_cast<std::size_t>(image.width);
  for (std::size_t y = 0; y < static_cast<std::size_t>(image.height); ++y) {
    for (std::size_t x = 0; x < width; ++x) {
      const auto* from = image.rgb.data() + 3 * (y * width + x);
      std::copy(from, from + 3, result.rgb.data() + 3 * (y * width + width - 1 - x));
    }
  }
  return result;
}

}  // namespace likeness
