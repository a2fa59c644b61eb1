#pragma once
#include <vector>

#include "core/model/resnet_block.h"
#include "core/model/transformer2d.h"
#include "core/model/unet2d_condition_model.h"

namespace likeness {

/// The feature maps that the down blocks leave for the up blocks, the finest first.
using SkipConnections = std::vector<torch::Tensor>;

/// What the blocks of a UNet share in a pass.
struct UNetPass {
  torch::Tensor activatedTime;  ///< [B, timeEmbedDim]
  torch::Tensor context;        ///< [B, L, D]
  bool recompute = false;       ///< see runPart()
};

/// diffusers' DownBlock2D and CrossAttnDownBlock2D.
class UNetDownBlockImpl : public torch::nn::Module {
 public:
  UNetDownBlockImpl(const UNet2DConditionConfig& config, std::size_t level);
  /// Appends each of its results to `skips`.
  torch::Tensor forward(torch::Tensor x, const UNetPass& pass, SkipConnections& skips) const;

 private:
  std::vector<ResnetBlock> m_resnets;
  std::vector<Transformer2d> m_attentions;
  Downsample m_downsampler{nullptr};
};

/// diffusers' UNetMidBlock2DCrossAttn: resnet, attention, resnet.
class UNetMidBlockImpl : public torch::nn::Module {
 public:
  explicit UNetMidBlockImpl(const UNet2DConditionConfig& config);
  torch::Tensor forward(const torch::Tensor& x, const UNetPass& pass) const;

 private:
  ResnetBlock m_first{nullptr}, m_second{nullptr};
  Transformer2d m_attention{nullptr};
};

/// diffusers' UpBlock2D and CrossAttnUpBlock2D.
class UNetUpBlockImpl : public torch::nn::Module {
 public:
  UNetUpBlockImpl(const UNet2DConditionConfig& config, std::size_t level);
  /// Takes its inputs off the end of `skips`; the result has the size of the next one.
  torch::Tensor forward(torch::Tensor x, const UNetPass& pass, SkipConnections& skips) const;

 private:
  std::vector<ResnetBlock> m_resnets;
  std::vector<Transformer2d> m_attentions;
  Upsample m_upsampler{nullptr};
};

}  // namespace likeness
