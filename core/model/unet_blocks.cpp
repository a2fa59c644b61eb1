#include "core/model/unet_blocks.h"

#include "core/tensor/recompute.h"

namespace likeness {

namespace {

ResnetBlock makeUnetResnet(const UNet2DConditionConfig& config, std::int64_t in, std::int64_t out) {
  return ResnetBlock(ResnetBlockImpl::Shape{.in = in,
                                            .out = out,
                                            .normGroups = config.normGroups,
                                            .normEps = config.normEps,
                                            .timeEmbedDim = config.timeEmbedDim});
}

Transformer2d makeAttention(const UNet2DConditionConfig& config, const UNetLevelConfig& level) {
  return Transformer2d(Transformer2dImpl::Shape{.channels = level.channels,
                                                .contextWidth = level.crossAttentionDim,
                                                .heads = level.attentionHeads,
                                                .layers = level.transformerLayers,
                                                .normGroups = config.normGroups,
                                                .linearProjection = config.useLinearProjection,
                                                .attentionInFloat32 = config.upcastAttention});
}

template <typename Holder>
torch::nn::ModuleList listOf(const std::vector<Holder>& items) {
  torch::nn::ModuleList list;
  for (const auto& item : items) list->push_back(item.ptr());
  return list;
}

}  // namespace

UNetDownBlockImpl::UNetDownBlockImpl(const UNet2DConditionConfig& config, std::size_t level) {
  const UNetLevelConfig& own = config.levels[level];
  std::int64_t in = level == 0 ? own.channels : config.levels[level - 1].channels;
  for (std::int64_t i = 0; i < own.layers; ++i, in = own.channels) {
    m_resnets.push_back(makeUnetResnet(config, in, own.channels));
    if (own.downAttention) m_attentions.push_back(makeAttention(config, own));
  }
  if (own.downAttention) register_module("attentions", listOf(m_attentions));
  register_module("resnets", listOf(m_resnets));
  if (level + 1 < config.levels.size()) {
    m_downsampler = Downsample(own.channels, config.downsamplePadding);
    register_module("downsamplers", listOf(std::vector{m_downsampler}));
  }
}

torch::Tensor UNetDownBlockImpl::forward(torch::Tensor x, const UNetPass& pass, SkipConnections& skips) const {
  for (std::size_t i = 0; i < m_resnets.size(); ++i) {
    const auto layer = [this, i](const std::vector<torch::Tensor>& in) {
      const auto hidden = m_resnets[i]->forward(in[0], in[1]);
      return m_attentions.empty() ? hidden : m_attentions[i]->forward(hidden, in[2]);
    };
    x = runPart(pass.recompute, layer, {x, pass.activatedTime, pass.context});
    skips.push_back(x);
  }
  if (m_downsampler) {
    x = m_downsampler->forward(x);
    skips.push_back(x);
  }
  return x;
}

UNetMidBlockImpl::UNetMidBlockImpl(const UNet2DConditionConfig& config) {
  const UNetLevelConfig& last = config.levels.back();
  m_first = makeUnetResnet(config, last.channels, last.channels);
  m_attention = makeAttention(config, last);
  m_second = makeUnetResnet(config, last.channels, last.channels);
  register_module("attentions", listOf(std::vector{m_attention}));
  register_module("resnets", listOf(std::vector{m_first, m_second}));
}

torch::Tensor UNetMidBlockImpl::forward(const torch::Tensor& x, const UNetPass& pass) const {
  const auto layer = [this](const std::vector<torch::Tensor>& in) {
    return m_second->forward(m_attention->forward(m_first->forward(in[0], in[1]), in[2]), in[1]);
  };
  return runPart(pass.recompute, layer, {x, pass.activatedTime, pass.context});
}

UNetUpBlockImpl::UNetUpBlockImpl(const UNet2DConditionConfig& config, std::size_t level) {
  const UNetLevelConfig& own = config.levels[level];
  const bool coarsest = level + 1 == config.levels.size();
  // The skips come from the down block of this level, the last of them from the finer level.
  std::int64_t in = coarsest ? own.channels : config.levels[level + 1].channels;
  const std::int64_t lastSkip = level == 0 ? own.channels : config.levels[level - 1].channels;
  for (std::int64_t i = 0; i <= own.layers; ++i, in = own.channels) {
    const std::int64_t skip = i == own.layers ? lastSkip : own.channels;
    m_resnets.push_back(makeUnetResnet(config, in + skip, own.channels));
    if (own.upAttention) m_attentions.push_back(makeAttention(config, own));
  }
  if (own.upAttention) register_module("attentions", listOf(m_attentions));
  register_module("resnets", listOf(m_resnets));
  if (level > 0) {
    m_upsampler = Upsample(own.channels);
    register_module("upsamplers", listOf(std::vector{m_upsampler}));
  }
}

torch::Tensor UNetUpBlockImpl::forward(torch::Tensor x, const UNetPass& pass, SkipConnections& skips) const {
  for (std::size_t i = 0; i < m_resnets.size(); ++i) {
    const auto layer = [this, i](const std::vector<torch::Tensor>& in) {
      const auto hidden = m_resnets[i]->forward(torch::cat({in[0], in[3]}, 1), in[1]);
      return m_attentions.empty() ? hidden : m_attentions[i]->forward(hidden, in[2]);
    };
    const auto skip = skips.back();
    skips.pop_back();
    x = runPart(pass.recompute, layer, {x, pass.activatedTime, pass.context, skip});
  }
  if (m_upsampler) x = m_upsampler->forward(x, skips.back().sizes().slice(2));
  return x;
}

}  // namespace likeness
