#include "core/train/prodigy.h"

#include <algorithm>
#include <cmath>

namespace likeness {
namespace {

enum Number { kD, kMaxD, kNumerator, kUpdates };

// Their inner product in double, however many numbers they have.
double innerProduct(const torch::Tensor& a, const torch::Tensor& b) {
  return (a * b).sum(torch::kFloat64).item<double>();
}

}  // namespace

Prodigy::Prodigy(NamedTensors parameters, const ProdigyOptions& options)
    : Optimizer(std::move(parameters)),
      m_options(options),
      m_expAvg(keepZeros("exp_avg")),
      m_expAvgSq(keepZeros("exp_avg_sq")),
      m_sum(keepZeros("s")),
      m_numbers(keep("prodigy", torch::tensor({options.d0, options.d0, 0.0, 0.0}, torch::kFloat64))) {
  for (const auto& [name, parameter] : m_parameters) {
    m_start.push_back(keep(name + ".p0", parameter.detach().clone()));
  }
}

double Prodigy::d() const { return m_numbers.const_data_ptr<double>()[kD]; }

// Takes the gradients into the moments and sums.
Prodigy::Sums Prodigy::gather(const Update& now, double rate) {
  const auto d = this->d(), relative = d / m_options.d0, beta3 = std::sqrt(m_options.beta2);
  Sums sums;
  for (std::size_t i = 0; i < m_parameters.size(); ++i) {
    const auto& parameter = m_parameters[i].second;
    const auto gradient = gradientOf(i, now.gradientScale);
    if (!gradient.defined() || now.learningRate <= 0) continue;
    sums.numerator += relative * rate * innerProduct(gradient, m_start[i] - parameter);
    m_expAvg[i].mul_(m_options.beta1).add_(gradient, d * (1 - m_options.beta1));
    m_expAvgSq[i].mul_(m_options.beta2).addcmul_(gradient, gradient, d * d * (1 - m_options.beta2));
    m_sum[i].mul_(beta3).add_(gradient, relative * (m_options.safeguardWarmup ? d : rate));
    sums.denominator += m_sum[i].abs().sum(torch::kFloat64).item<double>();
  }
  return sums;
}

void Prodigy::update(const Update& now) {
  const torch::NoGradGuard noGrad;
  auto* number = m_numbers.mutable_data_ptr<double>();
  const auto next = number[kUpdates] + 1;
  const auto correction = m_options.biasCorrection ? std::sqrt(1 - std::pow(m_options.beta2, next)) /
                                                         (1 - std::pow(m_options.beta1, next))
                                                   : 1.0;
  const auto rate = number[kD] * now.learningRate * correction;
  const auto sums = gather(now, rate);
  noteDecay(1.0);
  if (sums.denominator == 0) return;  // nothing learnt yet, as in the first step of a warm-up
  number[kNumerator] = number[kNumerator] * std::sqrt(m_options.beta2) + sums.numerator;
  const auto estimate = m_options.dCoef * number[kNumerator] / sums.denominator;
  if (number[kD] == m_options.d0) number[kD] = std::max(number[kD], estimate);
  number[kMaxD] = std::max(number[kMaxD], estimate);
  number[kD] = number[kMaxD];
  number[kUpdates] = next;
  noteDecay(1.0 - rate * m_options.weightDecay);
  for (std::size_t i = 0; i < m_parameters.size(); ++i) {
    auto& parameter = m_parameters[i].second;
    if (!parameter.grad().defined()) continue;
    const auto divisor = m_expAvgSq[i].sqrt().add_(number[kD] * m_options.eps);
    parameter.mul_(lastDecay(i)).addcdiv_(m_expAvg[i], divisor, -rate);
  }
}

}  // namespace likeness
