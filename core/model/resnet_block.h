#pragma once
#include <optional>

#include "core/model/layers.h"

namespace likeness {

/// GroupNorm, SiLU, convolution, twice, with a residual connection; diffusers' ResnetBlock2D.
class ResnetBlockImpl : public torch::nn::Module {
 public:
  struct Shape {
    std::int64_t in;
    std::int64_t out;
    std::int64_t normGroups;
    double normEps;
    std::optional<std::int64_t> timeEmbedDim = {};  ///< none in the autoencoder
  };
  explicit ResnetBlockImpl(const Shape& shape);

  /// x [B, in, h, w], activatedTime [B, timeEmbedDim]: SiLU of the time embedding; result [B, out, h, w].
  torch::Tensor forward(const torch::Tensor& x, const torch::Tensor& activatedTime = {}) const;

 private:
  GroupNorm m_norm1;
  Conv2d m_conv1;
  Linear m_timeProjection{nullptr};
  GroupNorm m_norm2;
  Conv2d m_conv2;
  Conv2d m_shortcut{nullptr};
};
TORCH_MODULE(ResnetBlock);

/// Halves height and width with a convolution of stride 2. `padding` 0 pads one row below and one column to the right.
class DownsampleImpl : public torch::nn::Module {
 public:
  DownsampleImpl(std::int64_t channels, std::int64_t padding);
  torch::Tensor forward(const torch::Tensor& x) const;

 private:
  std::int64_t m_padding;
  Conv2d m_conv;
};
TORCH_MODULE(Downsample);

/// Nearest-neighbour upsampling to `size` {h, w}, then a convolution.
class UpsampleImpl : public torch::nn::Module {
 public:
  explicit UpsampleImpl(std::int64_t channels);
  torch::Tensor forward(const torch::Tensor& x, at::IntArrayRef size) const;

 private:
  Conv2d m_conv;
};
TORCH_MODULE(Upsample);

}  // namespace likeness
