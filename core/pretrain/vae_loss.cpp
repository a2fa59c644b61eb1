#include "core/pretrain/vae_loss.h"

namespace likeness {
namespace {

torch::Tensor gradientPyramid(torch::Tensor difference, std::int64_t levels) {
  auto sum = torch::zeros({}, difference.options().requires_grad(false));
  for (std::int64_t level = 0; level < levels; ++level) {
    if (difference.size(2) < 2 || difference.size(3) < 2) break;
    sum = sum + difference.diff(1, 2).abs().mean() + difference.diff(1, 3).abs().mean();
    if (level + 1 < levels) difference = torch::avg_pool2d(difference, 2);
  }
  return sum;
}

}  // namespace

VaeLoss vaeLoss(const torch::Tensor& pixels, const torch::Tensor& decoded, const LatentDistribution& latents,
                const VaeStage& stage) {
  const auto difference = decoded - pixels;
  const auto absolute = difference.abs().mean(), squared = difference.pow(2).mean();
  const auto& [mean, logVariance] = latents;
  const auto divergence = (mean.pow(2) + logVariance.exp() - 1 - logVariance).mean();
  auto total = absolute + stage.squaredWeight * squared + stage.klWeight * divergence;
  if (stage.pyramidWeight > 0) total = total + stage.pyramidWeight * gradientPyramid(difference, stage.pyramidLevels);
  return {total, absolute.detach(), squared.detach(), divergence.detach()};
}

}  // namespace likeness
