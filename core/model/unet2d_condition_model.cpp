#include "core/model/unet2d_condition_model.h"

#include "core/model/memory_layout.h"
#include "core/model/time_embedding.h"
#include "core/model/unet_blocks.h"
#include "core/tensor/check.h"

namespace likeness {

UNet2DConditionModelImpl::UNet2DConditionModelImpl(UNet2DConditionConfig config) : m_config(std::move(config)) {
  const std::int64_t first = m_config.levels.front().channels;
  m_convIn = register_module(
      "conv_in", Conv2d(m_config.inChannels, first, m_config.convInKernel, 1, m_config.convInKernel / 2));
  m_timeEmbedding =
      register_module("time_embedding", std::make_shared<TimestepEmbeddingImpl>(first, m_config.timeEmbedDim));
  if (m_config.addition) {
    m_addEmbedding = register_module("add_embedding", std::make_shared<TimestepEmbeddingImpl>(
                                                          m_config.addition->inputDim, m_config.timeEmbedDim));
  }
  torch::nn::ModuleList down, up;
  for (std::size_t level = 0; level < m_config.levels.size(); ++level) {
    m_down.push_back(std::make_shared<UNetDownBlockImpl>(m_config, level));
    down->push_back(m_down.back());
  }
  register_module("down_blocks", down);
  for (std::size_t level = m_config.levels.size(); level-- > 0;) {
    m_up.push_back(std::make_shared<UNetUpBlockImpl>(m_config, level));
    up->push_back(m_up.back());
  }
  register_module("up_blocks", up);
  m_mid = register_module("mid_block", std::make_shared<UNetMidBlockImpl>(m_config));
  m_normOut = register_module("conv_norm_out", GroupNorm(m_config.normGroups, first, m_config.normEps));
  m_convOut = register_module(
      "conv_out", Conv2d(first, m_config.outChannels, m_config.convOutKernel, 1, m_config.convOutKernel / 2));
}

torch::Tensor UNet2DConditionModelImpl::embedConditions(const torch::Tensor& sample, const torch::Tensor& timesteps,
                                                        const AddedConditions* added) const {
  const std::int64_t batch = sample.size(0);
  const torch::Tensor times = timesteps.to(sample.device()).reshape({-1}).expand({batch});
  const std::int64_t width = m_config.levels.front().channels;
  torch::Tensor embedding = m_timeEmbedding->forward(
      sinusoidalEmbedding(times, width, m_config.flipSinToCos, m_config.freqShift));
  if (m_config.addition) {
    TORCH_CHECK(added, "this UNet needs text_embeds and time_ids (SDXL)");
    const torch::Tensor sizes = sinusoidalEmbedding(added->timeIds.flatten(), m_config.addition->timeEmbedDim,
                                                    m_config.flipSinToCos, m_config.freqShift);
    const torch::Tensor joined = torch::cat({added->textEmbeds, sizes.reshape({batch, -1})}, 1);
    checkShape(joined, {batch, m_config.addition->inputDim}, "text_embeds and time_ids");
    embedding = embedding + m_addEmbedding->forward(joined);
  }
  return embedding;
}

UNetPass UNet2DConditionModelImpl::passFor(const torch::Tensor& sample, const torch::Tensor& timesteps,
                                           const torch::Tensor& encoderHiddenStates,
                                           const AddedConditions* added) const {
  checkShape(sample, {-1, m_config.inChannels, -1, -1}, "the UNet's sample");
  checkShape(encoderHiddenStates, {sample.size(0), -1, m_config.crossAttentionDim()}, "the UNet's text");
  // Each resnet starts with the SiLU of the embedding; once is enough.
  return {at::silu(embedConditions(sample, timesteps, added)), encoderHiddenStates, m_recompute};
}

torch::Tensor UNet2DConditionModelImpl::descend(const torch::Tensor& sample, const UNetPass& pass,
                                                std::vector<torch::Tensor>& skips) const {
  torch::Tensor x = m_config.centerInputSample ? 2 * sample - 1 : sample;
  x = m_convIn->forward(x.contiguous(layoutOf(m_convIn->weight)));
  skips.push_back(x);
  for (const auto& block : m_down) x = block->forward(x, pass, skips);
  return m_mid->forward(x, pass);
}

torch::Tensor UNet2DConditionModelImpl::forward(const torch::Tensor& sample, const torch::Tensor& timesteps,
                                                const torch::Tensor& encoderHiddenStates,
                                                const AddedConditions* added) {
  const auto pass = passFor(sample, timesteps, encoderHiddenStates, added);
  SkipConnections skips;
  auto x = descend(sample, pass, skips);
  for (const auto& block : m_up) x = block->forward(x, pass, skips);
  return m_convOut->forward(m_normOut->forwardSilu(x)).contiguous();
}

torch::Tensor UNet2DConditionModelImpl::midFeatures(const torch::Tensor& sample, const torch::Tensor& timesteps,
                                                    const torch::Tensor& encoderHiddenStates,
                                                    const AddedConditions* added) {
  SkipConnections skips;
  return descend(sample, passFor(sample, timesteps, encoderHiddenStates, added), skips);
}

}  // namespace likeness
