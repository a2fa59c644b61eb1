#pragma once
#include <cstdint>
#include <vector>

#include "core/diffusion/noise_schedule_config.h"
#include "core/tensor/torch.h"

namespace likeness {

/// The forward diffusion process q(x_t | x_0) = N(√ᾱ_t x_0, (1 − ᾱ_t) I) with its tables, built once from a config.
/// Shapes: x_0, noise, x_t and model outputs [B,C,h,w]; t [B] int64 in [0, trainTimesteps).
/// Dtype and device: tables are fp32 on the CPU, whatever dtype a model computes in; results have the dtype and device
/// of the first tensor given, computed with fp32 coefficients. Threads: any, once made; it never changes (after a
/// change of betas a new one is made).
/// Errors: t out of range throws c10::Error.
/// Source: Ho et al. 2020 (arXiv:2006.11239), eq. 4; v: Salimans and Ho 2022 (arXiv:2202.00512), appendix D; zero
/// terminal SNR: Lin et al. 2023 (arXiv:2305.08891), algorithm 1.
class NoiseSchedule {
 public:
  explicit NoiseSchedule(NoiseScheduleConfig config = {});

  [[nodiscard]] const NoiseScheduleConfig& config() const { return m_config; }
  [[nodiscard]] std::int64_t trainTimesteps() const { return m_config.trainTimesteps; }
  [[nodiscard]] PredictionType predictionType() const { return m_config.predictionType; }

  /// ᾱ_t [T] fp32 on the CPU. A copy is cheap; never write to it.
  [[nodiscard]] const torch::Tensor& alphasCumprod() const { return m_alphasCumprod; }
  /// ᾱ_t/(1 − ᾱ_t) [T] fp32 on the CPU, from the same table.
  [[nodiscard]] const torch::Tensor& signalToNoise() const { return m_signalToNoise; }
  /// The same ᾱ for scalar use, without a tensor access.
  [[nodiscard]] const std::vector<float>& alphasCumprodTable() const { return m_table; }
  /// ᾱ without the rescaling to zero terminal SNR, which PNDMScheduler does not know.
  [[nodiscard]] const std::vector<float>& unscaledAlphasCumprodTable() const { return m_unscaledTable; }

  /// x_t = √ᾱ_t x_0 + √(1 − ᾱ_t) noise.
  [[nodiscard]] torch::Tensor addNoise(const torch::Tensor& x0, const torch::Tensor& noise,
                                       const torch::Tensor& t) const;
  /// v_t = √ᾱ_t noise − √(1 − ᾱ_t) x_0.
  [[nodiscard]] torch::Tensor velocity(const torch::Tensor& x0, const torch::Tensor& noise,
                                       const torch::Tensor& t) const;
  /// What the model should answer for x_t: the noise, or v, by the prediction type.
  [[nodiscard]] torch::Tensor trainingTarget(const torch::Tensor& x0, const torch::Tensor& noise,
                                             const torch::Tensor& t) const;
  /// x_0 as the model's answer implies it.
  [[nodiscard]] torch::Tensor predictedOriginal(const torch::Tensor& modelOutput, const torch::Tensor& xt,
                                                const torch::Tensor& t) const;
  /// The noise as the model's answer implies it.
  [[nodiscard]] torch::Tensor predictedNoise(const torch::Tensor& modelOutput, const torch::Tensor& xt,
                                             const torch::Tensor& t) const;

 private:
  struct Coefficients;  // √ᾱ_t and √(1 − ᾱ_t), shaped to broadcast
  [[nodiscard]] Coefficients coefficients(const torch::Tensor& like, const torch::Tensor& t) const;

  NoiseScheduleConfig m_config;
  torch::Tensor m_alphasCumprod, m_signalToNoise;
  std::vector<float> m_table, m_unscaledTable;
};

}  // namespace likeness
