#include "core/model/vae_blocks.h"

#include "core/model/memory_layout.h"

namespace likeness {

namespace {

constexpr double kNormEps = 1e-6;

ResnetBlock makeVaeResnet(const AutoencoderKlConfig& config, std::int64_t in, std::int64_t out) {
  return ResnetBlock(
      ResnetBlockImpl::Shape{.in = in, .out = out, .normGroups = config.normGroups, .normEps = kNormEps});
}

}  // namespace

VaeAttentionImpl::VaeAttentionImpl(std::int64_t channels, std::int64_t normGroups)
    : AttentionImpl(Shape{.width = channels, .contextWidth = channels, .heads = 1, .qkvBias = true}),
      m_norm(register_module("group_norm", GroupNorm(normGroups, channels, kNormEps))) {}

torch::Tensor VaeAttentionImpl::forward(const torch::Tensor& x) const {
  const torch::Tensor tokens = m_norm->forward(x).permute({0, 2, 3, 1}).flatten(1, 2);
  const torch::Tensor mixed = AttentionImpl::forward(tokens, tokens);
  return addInto(mixed.unflatten(1, {x.size(2), x.size(3)}).permute({0, 3, 1, 2}), x);
}

VaeMidBlockImpl::VaeMidBlockImpl(const AutoencoderKlConfig& config) {
  const std::int64_t channels = config.blockOutChannels.back();
  torch::nn::ModuleList resnets, attentions;
  if (config.midBlockAttention) {
    m_attention = VaeAttention(channels, config.normGroups);
    attentions->push_back(m_attention.ptr());
    register_module("attentions", attentions);
  }
  m_first = makeVaeResnet(config, channels, channels);
  m_second = makeVaeResnet(config, channels, channels);
  resnets->push_back(m_first.ptr());
  resnets->push_back(m_second.ptr());
  register_module("resnets", resnets);
}

torch::Tensor VaeMidBlockImpl::forward(const torch::Tensor& x) const {
  const torch::Tensor hidden = m_first->forward(x);
  return m_second->forward(m_attention ? m_attention->forward(hidden) : hidden);
}

VaeLevelImpl::VaeLevelImpl(const AutoencoderKlConfig& config, std::int64_t in, std::int64_t out, std::int64_t layers,
                           Resize resize) {
  torch::nn::ModuleList resnets, samplers;
  for (std::int64_t i = 0; i < layers; ++i, in = out) {
    m_resnets.push_back(makeVaeResnet(config, in, out));
    resnets->push_back(m_resnets.back().ptr());
  }
  register_module("resnets", resnets);
  if (resize == Resize::Down) {
    m_downsampler = Downsample(out, 0);
    samplers->push_back(m_downsampler.ptr());
    register_module("downsamplers", samplers);
  } else if (resize == Resize::Up) {
    m_upsampler = Upsample(out);
    samplers->push_back(m_upsampler.ptr());
    register_module("upsamplers", samplers);
  }
}

torch::Tensor VaeLevelImpl::forward(torch::Tensor x) const {
  for (const auto& resnet : m_resnets) x = resnet->forward(x);
  if (m_downsampler) return m_downsampler->forward(x);
  if (m_upsampler) return m_upsampler->forward(x, {2 * x.size(2), 2 * x.size(3)});
  return x;
}

VaeEncoderImpl::VaeEncoderImpl(const AutoencoderKlConfig& config) {
  const auto& channels = config.blockOutChannels;
  m_convIn = register_module("conv_in", Conv2d(config.inChannels, channels.front(), 3, 1, 1));
  torch::nn::ModuleList levels;
  for (std::size_t i = 0; i < channels.size(); ++i) {
    const auto resize = i + 1 < channels.size() ? VaeLevelImpl::Resize::Down : VaeLevelImpl::Resize::None;
    m_levels.push_back(std::make_shared<VaeLevelImpl>(config, channels[i == 0 ? 0 : i - 1], channels[i],
                                                      config.layersPerBlock, resize));
    levels->push_back(m_levels.back());
  }
  register_module("down_blocks", levels);
  m_mid = register_module("mid_block", std::make_shared<VaeMidBlockImpl>(config));
  m_normOut = register_module("conv_norm_out", GroupNorm(config.normGroups, channels.back(), kNormEps));
  m_convOut = register_module("conv_out", Conv2d(channels.back(), 2 * config.latentChannels, 3, 1, 1));
}

torch::Tensor VaeEncoderImpl::forward(const torch::Tensor& pixels) const {
  torch::Tensor x = m_convIn->forward(pixels.contiguous(layoutOf(m_convIn->weight)));
  for (const auto& level : m_levels) x = level->forward(x);
  return m_convOut->forward(m_normOut->forwardSilu(m_mid->forward(x)));
}

VaeDecoderImpl::VaeDecoderImpl(const AutoencoderKlConfig& config) {
  const auto& channels = config.blockOutChannels;
  m_convIn = register_module("conv_in", Conv2d(config.latentChannels, channels.back(), 3, 1, 1));
  torch::nn::ModuleList levels;
  std::int64_t in = channels.back();
  for (std::size_t i = channels.size(); i-- > 0;) {
    const auto resize = i > 0 ? VaeLevelImpl::Resize::Up : VaeLevelImpl::Resize::None;
    m_levels.push_back(
        std::make_shared<VaeLevelImpl>(config, in, channels[i], config.layersPerBlock + 1, resize));
    levels->push_back(m_levels.back());
    in = channels[i];
  }
  register_module("up_blocks", levels);
  m_mid = register_module("mid_block", std::make_shared<VaeMidBlockImpl>(config));
  m_normOut = register_module("conv_norm_out", GroupNorm(config.normGroups, channels.front(), kNormEps));
  m_convOut = register_module("conv_out", Conv2d(channels.front(), config.outChannels, 3, 1, 1));
}

torch::Tensor VaeDecoderImpl::forward(const torch::Tensor& latents) const {
  torch::Tensor x = m_convIn->forward(latents.contiguous(layoutOf(m_convIn->weight)));
  x = m_mid->forward(x);
  for (const auto& level : m_levels) x = level->forward(x);
  return m_convOut->forward(m_normOut->forwardSilu(x));
}

}  // namespace likeness
