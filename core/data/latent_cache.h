#pragma once
#include <filesystem>
#include <functional>
#include <optional>
#include <string>

#include "core/api/image.h"
#include "core/data/tensor_cache.h"
#include "core/tensor/torch.h"

namespace likeness {

/// What the VAE's encoder says of a picture: a diagonal normal distribution. Sampled anew at each step, never frozen.
/// Shapes: [1,C,h,w] each. Dtype and device: fp32, CPU. Not yet scaled by the model's scaling factor.
struct LatentMoments {
  torch::Tensor mean;
  torch::Tensor logVariance;
};

/// Encoded pictures by content: the key is the SHA-256 of the pixels, the size and the VAE's identity, so neither a
/// renamed file, a moved crop nor another model can bring the wrong latents. Kept as a TensorCache keeps. Threads: any.
class LatentCache {
 public:
  /// `folder` empty: in memory only. `vaeIdentity`: a hash of the VAE's weights and config.
  LatentCache(std::filesystem::path folder, std::string vaeIdentity);

  [[nodiscard]] std::string keyOf(const Image& image) const;

  /// The moments of `image`; `encode` is called for [1,3,H,W] (see imageToTensor) only when they aren't known.
  [[nodiscard]] LatentMoments get(const Image& image,
                                  const std::function<LatentMoments(const torch::Tensor& pixels)>& encode);

  /// Null when it isn't known yet.
  [[nodiscard]] std::optional<LatentMoments> find(const std::string& key);
  void store(const std::string& key, const LatentMoments& moments);

 private:
  TensorCache m_cache;
  std::string m_vaeIdentity;
};

}  // namespace likeness
