#include "core/diffusion/noise_schedule.h"

#include <cmath>
#include <numbers>

#include "core/tensor/check.h"

namespace likeness {
namespace {

// Nichol and Dhariwal 2021 (arXiv:2102.09672), eq. 17, each beta at most 0.999.
torch::Tensor cosineBetas(std::int64_t count) {
  const auto alphaBar = [](double t) {
    const double c = std::cos((t + 0.008) / 1.008 * std::numbers::pi / 2);
    return c * c;
  };
  std::vector<float> betas;
  for (std::int64_t i = 0; i < count; ++i) {
    const double from = static_cast<double>(i) / static_cast<double>(count);
    const double to = static_cast<double>(i + 1) / static_cast<double>(count);
    betas.push_back(static_cast<float>(std::min(1 - alphaBar(to) / alphaBar(from), 0.999)));
  }
  return torch::tensor(betas, torch::kFloat32);
}

torch::Tensor makeBetas(const NoiseScheduleConfig& config) {
  if (!config.trainedBetas.empty()) return torch::tensor(config.trainedBetas, torch::kFloat32);
  switch (config.betaSchedule) {
    case BetaSchedule::Linear:
      return torch::linspace(config.betaStart, config.betaEnd, config.trainTimesteps, torch::kFloat32);
    case BetaSchedule::ScaledLinear:
      return torch::linspace(std::sqrt(config.betaStart), std::sqrt(config.betaEnd), config.trainTimesteps,
                             torch::kFloat32)
          .square();
    case BetaSchedule::SquaredcosCapV2:
      return cosineBetas(config.trainTimesteps);
  }
  throw std::logic_error("unknown beta schedule");
}

// Lin et al. 2023, algorithm 1: shifts √ᾱ so that the last is 0, scales it so that the first stays.
torch::Tensor rescaleToZeroSnr(const torch::Tensor& betas) {
  const auto root = torch::cumprod(1.0 - betas, 0).sqrt();
  const auto first = root[0], last = root[-1];
  const auto alphasCumprod = ((root - last) * (first / (first - last))).square();
  const auto ratios = alphasCumprod.slice(0, 1) / alphasCumprod.slice(0, 0, -1);
  const auto alphas = torch::cat({alphasCumprod.slice(0, 0, 1), ratios});
  return 1.0 - alphas;
}

std::vector<float> toVector(const torch::Tensor& table) {
  const auto* data = table.const_data_ptr<float>();
  return {data, data + table.numel()};
}

}  // namespace

struct NoiseSchedule::Coefficients {
  torch::Tensor signal, noise;
};

NoiseSchedule::NoiseSchedule(NoiseScheduleConfig config) : m_config(std::move(config)) {
  const torch::NoGradGuard noGrad;
  auto betas = makeBetas(m_config);
  m_unscaledTable = toVector(torch::cumprod(1.0 - betas, 0));
  if (m_config.rescaleBetasZeroSnr) betas = rescaleToZeroSnr(betas);
  m_alphasCumprod = torch::cumprod(1.0 - betas, 0);
  m_signalToNoise = m_alphasCumprod / (1.0 - m_alphasCumprod);
  m_table = toVector(m_alphasCumprod);
}

NoiseSchedule::Coefficients NoiseSchedule::coefficients(const torch::Tensor& like, const torch::Tensor& t) const {
  checkShape(t, {like.size(0)}, "timesteps");
  const auto picked = m_alphasCumprod.index_select(0, t.to(torch::kCPU, torch::kInt64));
  std::vector<std::int64_t> shape(static_cast<std::size_t>(like.dim()), 1);
  shape[0] = like.size(0);
  const auto to = [&](const torch::Tensor& values) { return values.view(shape).to(like.device()); };
  return {to(picked.sqrt()), to((1.0 - picked).sqrt())};
}

torch::Tensor NoiseSchedule::addNoise(const torch::Tensor& x0, const torch::Tensor& noise,
                                      const torch::Tensor& t) const {
  const auto c = coefficients(x0, t);
  return (c.signal * x0 + c.noise * noise).to(x0.dtype());
}

torch::Tensor NoiseSchedule::velocity(const torch::Tensor& x0, const torch::Tensor& noise,
                                      const torch::Tensor& t) const {
  const auto c = coefficients(x0, t);
  return (c.signal * noise - c.noise * x0).to(x0.dtype());
}

torch::Tensor NoiseSchedule::trainingTarget(const torch::Tensor& x0, const torch::Tensor& noise,
                                            const torch::Tensor& t) const {
  return predictionType() == PredictionType::Epsilon ? noise : velocity(x0, noise, t);
}

torch::Tensor NoiseSchedule::predictedOriginal(const torch::Tensor& modelOutput, const torch::Tensor& xt,
                                               const torch::Tensor& t) const {
  const auto c = coefficients(xt, t);
  const auto x0 = predictionType() == PredictionType::Epsilon ? (xt - c.noise * modelOutput) / c.signal
                                                              : c.signal * xt - c.noise * modelOutput;
  return x0.to(modelOutput.dtype());
}

torch::Tensor NoiseSchedule::predictedNoise(const torch::Tensor& modelOutput, const torch::Tensor& xt,
                                            const torch::Tensor& t) const {
  if (predictionType() == PredictionType::Epsilon) return modelOutput;
  const auto c = coefficients(xt, t);
  return (c.signal * modelOutput + c.noise * xt).to(modelOutput.dtype());
}

}  // namespace likeness
