#include "core/train/losses.h"

#include <cmath>

namespace likeness {

namespace {

// sd-scripts' bound: at the weakest noise the debiased weight would all but leave a sample out.
constexpr double kMostDebiasedSnr = 1000;
constexpr double kLeastMask = 1e-3;  // of a mask without white, against division by 0

// Without this check a wrong shape would broadcast silently.
void checkSameSizes(const torch::Tensor& prediction, const torch::Tensor& target) {
  TORCH_CHECK(prediction.sizes() == target.sizes(), "prediction ", prediction.sizes(), " against target ",
              target.sizes());
}

torch::Tensor snrWeights(const TrainConfig& config, const NoiseSchedule& schedule) {
  const auto& snr = schedule.signalToNoise();
  const bool epsilon = schedule.predictionType() == PredictionType::Epsilon;
  TORCH_CHECK(!epsilon || snr.min().item<double>() > 0,
              "snr_gamma and debiased_estimation need a model that predicts v where its last timestep is pure noise");
  auto weights = torch::ones_like(snr);
  if (config.snrGamma > 0) weights = weights * snr.clamp_max(config.snrGamma) / (epsilon ? snr : snr + 1);
  if (config.debiasedEstimation) {
    const auto bounded = snr.clamp_max(kMostDebiasedSnr);
    weights = weights / (epsilon ? bounded.sqrt() : bounded + 1);
  }
  return weights;
}

torch::Tensor huberTable(const TrainConfig& config, const NoiseSchedule& schedule) {
  const auto& alphas = schedule.alphasCumprod();
  switch (config.huberSchedule) {
    case HuberSchedule::Constant:
      return torch::full_like(alphas, config.huberC);
    case HuberSchedule::Exponential: {
      const auto steps = torch::arange(alphas.size(0), torch::kFloat32);
      return at::exp(steps * (std::log(config.huberC) / static_cast<double>(alphas.size(0))));
    }
    case HuberSchedule::Snr: {
      const auto sigma = ((1.0 - alphas) / alphas).sqrt();  // infinite at zero SNR, where c is left
      return (1 - config.huberC) / (1 + sigma).square() + config.huberC;
    }
  }
  throw std::logic_error("unknown Huber schedule");
}

torch::Tensor pick(const torch::Tensor& table, const torch::Tensor& timesteps) {
  return table.index_select(0, timesteps.to(torch::kCPU)).to(timesteps.device());
}

}  // namespace

torch::Tensor perSampleLoss(const torch::Tensor& prediction, const torch::Tensor& target) {
  checkSameSizes(prediction, target);
  const auto squared = at::mse_loss(prediction.to(torch::kFloat32), target.to(torch::kFloat32), at::Reduction::None);
  return squared.flatten(1).mean(1);
}

LossFunction::LossFunction(const TrainConfig& config, const NoiseSchedule& schedule) 
    : m_kind(config.loss), m_normalize(config.maskNormalize) {
  const torch::NoGradGuard noGrad;
  if (config.snrGamma > 0 || config.debiasedEstimation) m_weights = snrWeights(config, schedule);
  if (m_kind != LossKind::Mse) m_huber = huberTable(config, schedule);
}

torch::Tensor LossFunction::errors(const torch::Tensor& prediction, const torch::Tensor& target,
                                   const torch::Tensor& timesteps) const {
  checkSameSizes(prediction, target);
  const auto mine = prediction.to(torch::kFloat32), wanted = target.to(torch::kFloat32);
  if (m_kind == LossKind::Mse) return at::mse_loss(mine, wanted, at::Reduction::None);
  const auto delta = huberConstants(timesteps).view({-1, 1, 1, 1});
  const auto large = 2 * (((mine - wanted).square() + delta.square()).sqrt() - delta);
  return m_kind == LossKind::Huber ? delta * large : large;
}

torch::Tensor LossFunction::operator()(const torch::Tensor& prediction, const torch::Tensor& target,
                                       const torch::Tensor& timesteps, const torch::Tensor& elementWeights) const {
  auto elements = errors(prediction, target, timesteps);
  if (elementWeights.defined()) elements = elements * elementWeights;
  auto losses = elements.flatten(1).mean(1);
  if (elementWeights.defined() && m_normalize) {
    losses = losses / elementWeights.flatten(1).mean(1).clamp_min(kLeastMask);
  }
  return m_weights.defined() ? losses * weights(timesteps) : losses;
}

torch::Tensor LossFunction::weights(const torch::Tensor& timesteps) const {
  return m_weights.defined() ? pick(m_weights, timesteps) : torch::ones({timesteps.size(0)}, timesteps.device());
}

torch::Tensor LossFunction::huberConstants(const torch::Tensor& timesteps) const {
  TORCH_CHECK(m_huber.defined(), "a squared error has no Huber constant");
  return pick(m_huber, timesteps);
}

DreamBoothLoss dreamBoothLoss(const torch::Tensor& perSample, std::int64_t instances, std::int64_t samplesPerStep,
                              double priorWeight) {
  TORCH_CHECK(perSample.dim() == 1 && instances >= 0 && instances <= perSample.size(0), "a loss for each sample");
  const auto share = 1.0 / static_cast<double>(samplesPerStep);
  DreamBoothLoss loss;
  loss.total = perSample.slice(0, 0, instances).sum() * share;
  loss.instance = loss.total.detach();
  if (perSample.size(0) > instances) {
    const auto prior = perSample.slice(0, instances).sum() * share;
    loss.prior = prior.detach();
    loss.total = loss.total + prior * priorWeight;
  }
  return loss;
}

}  // namespace likeness
