#pragma once
#include <functional>

#include "core/base/job_control.h"
#include "core/pretrain/picture_store.h"
#include "core/model/autoencoder_kl.h"
#include "core/weights/safetensors.h"

namespace likeness {

/// The latent distributions of all pictures at one size, on the disk and mapped; fp16, which holds them to 1/2000.
class LatentStore {
 public:
  /// Errors: NotFound, Corrupt.
  [[nodiscard]] static Result<LatentStore> open(const std::filesystem::path& file);

  /// Rows `indices` [B], fp32.
  [[nodiscard]] LatentDistribution rows(const torch::Tensor& indices) const;
  [[nodiscard]] std::int64_t size() const { return m_mean.size(0); }

  /// 1/√(variance of a sample of all latents): what brings them to deviation 1. Source: Rombach et al. 2022
  /// (arXiv:2112.10752), appendix G.
  [[nodiscard]] double scalingFactor() const;

 private:
  LatentStore(torch::Tensor mean, torch::Tensor logVariance)
      : m_mean(std::move(mean)), m_logVariance(std::move(logVariance)) {}
  torch::Tensor m_mean, m_logVariance;
};

struct EncodeOptions {
  int size = 128;
  bool bf16 = false;
  JobControl* control = nullptr;                                          ///< asked before each batch
  std::function<void(std::int64_t done, std::int64_t total)> onProgress = {};
};

/// Encodes the middle squares of all pictures into `file`, whole or not at all. Throws ErrorException.
void encodePictures(AutoencoderKl& vae, PictureStore& pictures, const std::filesystem::path& file,
                    const EncodeOptions& options);

}  // namespace likeness
