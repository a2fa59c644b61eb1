#pragma once
#include <functional>
#include <span>
#include <string>

#include "core/api/image.h"
#include "core/base/job_control.h"
#include "core/data/latent_cache.h"
#include "core/sample/stable_diffusion.h"

namespace likeness {

/// The posteriors of a set of pictures in the frozen VAE's latent space, scaled as the UNet sees them.
/// Mirrored pictures are encoded for themselves: mirrored latents are not the latents of the mirrored picture.
struct LatentBank {
  std::vector<torch::Tensor> mean, deviation;                  ///< of each picture [C,h,w] fp32 on the CPU
  std::vector<torch::Tensor> mirroredMean, mirroredDeviation;  ///< of the mirrored pictures; empty without flips

  [[nodiscard]] std::int64_t size() const { return std::ssize(mean); }

  /// Latents [C,h,w] of one picture: mean + deviation · noise, of its mirrored self if `flipped`.
  [[nodiscard]] torch::Tensor sample(std::int64_t picture, bool flipped, const torch::Tensor& noise) const;
};

/// Encodes the pictures that the cache does not know. `onPicture` is told after each, with how many are done.
/// Control: before each picture; throws ErrorException(Cancelled).
[[nodiscard]] LatentBank encodeLatents(const StableDiffusion& model, std::span<const Image> images, bool mirrored,
                                       LatentCache& cache, JobControl& control,
                                       const std::function<void(std::int64_t done)>& onPicture);

/// SHA-256 over the VAE's weights and scaling, for the cache.
[[nodiscard]] std::string vaeIdentity(const StableDiffusion& model);

/// The picture seen in a mirror.
[[nodiscard]] Image mirrored(const Image& image);

}  // namespace likeness
