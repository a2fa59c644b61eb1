#include "core/model/autoencoder_kl.h"

#include "core/model/memory_layout.h"
#include "core/model/vae_blocks.h"
#include "core/tensor/check.h"

namespace likeness {

namespace {

/// [1, c, 1, 1] of the config's per-channel numbers.
torch::Tensor perLatentChannel(const std::vector<double>& values, const torch::Tensor& like) {
  return torch::tensor(values, torch::kFloat64).to(like.options()).view({1, -1, 1, 1});
}

}  // namespace

torch::Tensor LatentDistribution::sample(const torch::Tensor& noise) const {
  checkShape(noise, mean.sizes(), "the noise of a latent distribution");
  return mean + torch::exp(0.5 * logVariance) * noise;
}

torch::Tensor scaleLatents(const torch::Tensor& latents, const AutoencoderKlConfig& config) {
  torch::Tensor z = latents;
  if (!config.latentsMean.empty()) {
    z = (z - perLatentChannel(config.latentsMean, z)) / perLatentChannel(config.latentsStd, z);
  } else if (config.shiftFactor) {
    z = z - *config.shiftFactor;
  }
  return z * config.scalingFactor;
}

torch::Tensor unscaleLatents(const torch::Tensor& latents, const AutoencoderKlConfig& config) {
  const torch::Tensor z = latents / config.scalingFactor;
  if (!config.latentsMean.empty()) return z * perLatentChannel(config.latentsStd, z) + perLatentChannel(config.latentsMean, z);
  return config.shiftFactor ? z + *config.shiftFactor : z;
}

AutoencoderKlImpl::AutoencoderKlImpl(AutoencoderKlConfig config) : m_config(std::move(config)) {
  const std::int64_t latents = m_config.latentChannels;
  m_encoder = register_module("encoder", std::make_shared<VaeEncoderImpl>(m_config));
  m_decoder = register_module("decoder", std::make_shared<VaeDecoderImpl>(m_config));
  if (m_config.useQuantConv) m_quantConv = register_module("quant_conv", Conv2d(2 * latents, 2 * latents, 1));
  if (m_config.usePostQuantConv) m_postQuantConv = register_module("post_quant_conv", Conv2d(latents, latents, 1));
}

LatentDistribution AutoencoderKlImpl::encode(const torch::Tensor& pixels) {
  checkShape(pixels, {-1, m_config.inChannels, -1, -1}, "the pixels to encode");
  const torch::AutoGradMode gradients(m_learns && torch::GradMode::is_enabled());
  if (m_channelsLast) useChannelsLast(*m_encoder);
  torch::Tensor moments = m_encoder->forward(pixels);
  if (m_quantConv) moments = m_quantConv->forward(moments);
  const auto halves = moments.chunk(2, 1);
  return {halves[0].contiguous(), halves[1].clamp(-30.0, 20.0).contiguous()};
}

torch::Tensor AutoencoderKlImpl::decode(const torch::Tensor& latents) {
  checkShape(latents, {-1, m_config.latentChannels, -1, -1}, "the latents to decode");
  const torch::AutoGradMode gradients(m_learns && torch::GradMode::is_enabled());
  if (m_channelsLast) useChannelsLast(*m_decoder);
  return m_decoder->forward(m_postQuantConv ? m_postQuantConv->forward(latents) : latents).contiguous();
}

}  // namespace likeness
