#pragma once
#include <filesystem>
#include <optional>
#include <vector>

#include "core/base/json.h"
#include "core/base/result.h"
#include "core/model/layers.h"

namespace likeness {

/// The shape of an autoencoder, from the `config.json` of diffusers' AutoencoderKL.
struct AutoencoderKlConfig {
  std::int64_t inChannels = 3;
  std::int64_t outChannels = 3;
  std::int64_t latentChannels = 4;
  std::vector<std::int64_t> blockOutChannels = {64};  ///< the finest level first
  std::int64_t layersPerBlock = 1;
  std::int64_t normGroups = 32;
  std::int64_t sampleSize = 32;  ///< pixels that it was trained at
  bool midBlockAttention = true;
  bool useQuantConv = true;
  bool usePostQuantConv = true;
  bool forceUpcast = true;  ///< overflows in fp16: run it in fp32 or bf16
  double scalingFactor = 0.18215;
  std::optional<double> shiftFactor;
  std::vector<double> latentsMean, latentsStd;  ///< per latent channel, both or neither empty

  /// Pixels per latent, each way: 8 for Stable Diffusion.
  [[nodiscard]] std::int64_t downsamplingFactor() const { return std::int64_t{1} << (blockOutChannels.size() - 1); }

  /// Reads and checks the numbers; `file` is named in errors (Corrupt, Unsupported), nothing is read from it.
  [[nodiscard]] static Result<AutoencoderKlConfig> fromJson(const Json& json, const std::filesystem::path& file);
};

/// A diagonal Gaussian over latents, as the encoder gives it: not scaled.
struct LatentDistribution {
  torch::Tensor mean;         ///< [B, c, h, w]
  torch::Tensor logVariance;  ///< [B, c, h, w], clamped to −30 … 20

  /// mean + σ·noise; `noise` [B, c, h, w] is standard normal, on the same device.
  [[nodiscard]] torch::Tensor sample(const torch::Tensor& noise) const;
};

/// Latents as the UNet sees them, and back: (z − shift)·scale, with the config's shift and scale. Shapes [B, c, h, w].
[[nodiscard]] torch::Tensor scaleLatents(const torch::Tensor& latents, const AutoencoderKlConfig& config);
[[nodiscard]] torch::Tensor unscaleLatents(const torch::Tensor& latents, const AutoencoderKlConfig& config);

class VaeEncoderImpl;
class VaeDecoderImpl;

/// The variational autoencoder between pixels and latents; frozen, so that neither way records gradients, until it is
/// told to learn. Parameters are named as in diffusers.
/// Source: Rombach et al. 2022 (arXiv:2112.10752), appendix G.
class AutoencoderKlImpl : public torch::nn::Module {
 public:
  explicit AutoencoderKlImpl(AutoencoderKlConfig config);

  /// Shapes: pixels [B, 3, H, W], H and W multiples of downsamplingFactor(). Range −1 … 1. Dtype and device: the
  /// parameters'.
  LatentDistribution encode(const torch::Tensor& pixels);

  /// Shapes: latents [B, c, h, w], not scaled (see unscaleLatents); result [B, 3, H, W], about −1 … 1, not clamped.
  torch::Tensor decode(const torch::Tensor& latents);

  /// From now on encoder and decoder are laid out channels last (see useChannelsLast) when they are first used, so that
  /// one that never is takes no memory.
  void useChannelsLastOnDemand() { m_channelsLast = true; }

  /// From now on both ways record gradients where the caller's grad mode does: for pretraining.
  void setLearns(bool learns) { m_learns = learns; }

  [[nodiscard]] const AutoencoderKlConfig& config() const { return m_config; }

 private:
  AutoencoderKlConfig m_config;
  bool m_channelsLast = false, m_learns = false;
  std::shared_ptr<VaeEncoderImpl> m_encoder;
  std::shared_ptr<VaeDecoderImpl> m_decoder;
  Conv2d m_quantConv{nullptr}, m_postQuantConv{nullptr};
};
TORCH_MODULE(AutoencoderKl);

}  // namespace likeness
