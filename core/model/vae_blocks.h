#pragma once
#include <vector>

#include "core/model/attention.h"
#include "core/model/autoencoder_kl.h"
#include "core/model/resnet_block.h"

namespace likeness {

/// Single-head self-attention over a feature map with its own group norm and residual connection.
class VaeAttentionImpl : public AttentionImpl {
 public:
  VaeAttentionImpl(std::int64_t channels, std::int64_t normGroups);
  /// x [B, channels, h, w], and so is the result.
  torch::Tensor forward(const torch::Tensor& x) const;

 private:
  GroupNorm m_norm;
};
TORCH_MODULE(VaeAttention);

/// Resnet, attention if the config has it, resnet; diffusers' UNetMidBlock2D.
class VaeMidBlockImpl : public torch::nn::Module {
 public:
  explicit VaeMidBlockImpl(const AutoencoderKlConfig& config);
  torch::Tensor forward(const torch::Tensor& x) const;

 private:
  ResnetBlock m_first{nullptr}, m_second{nullptr};
  VaeAttention m_attention{nullptr};
};

/// Resnets, then perhaps half or double the size; diffusers' DownEncoderBlock2D and UpDecoderBlock2D.
class VaeLevelImpl : public torch::nn::Module {
 public:
  enum class Resize { None, Down, Up };
  VaeLevelImpl(const AutoencoderKlConfig& config, std::int64_t in, std::int64_t out, std::int64_t layers,
               Resize resize);
  torch::Tensor forward(torch::Tensor x) const;

 private:
  std::vector<ResnetBlock> m_resnets;
  Downsample m_downsampler{nullptr};
  Upsample m_upsampler{nullptr};
};

/// Pixels [B, 3, H, W] to the latents' moments [B, 2c, h, w].
class VaeEncoderImpl : public torch::nn::Module {
 public:
  explicit VaeEncoderImpl(const AutoencoderKlConfig& config);
  torch::Tensor forward(const torch::Tensor& pixels) const;

 private:
  Conv2d m_convIn{nullptr}, m_convOut{nullptr};
  std::vector<std::shared_ptr<VaeLevelImpl>> m_levels;
  std::shared_ptr<VaeMidBlockImpl> m_mid;
  GroupNorm m_normOut{nullptr};
};

/// Latents [B, c, h, w] to pixels [B, 3, H, W].
class VaeDecoderImpl : public torch::nn::Module {
 public:
  explicit VaeDecoderImpl(const AutoencoderKlConfig& config);
  torch::Tensor forward(const torch::Tensor& latents) const;

 private:
  Conv2d m_convIn{nullptr}, m_convOut{nullptr};
  std::vector<std::shared_ptr<VaeLevelImpl>> m_levels;
  std::shared_ptr<VaeMidBlockImpl> m_mid;
  GroupNorm m_normOut{nullptr};
};

}  // namespace likeness
