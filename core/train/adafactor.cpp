#include "core/train/adafactor.h"

#include <algorithm>
#include <cmath>

namespace likeness {
namespace {

constexpr double kGradientEps = 1e-30, kScaleEps = 1e-3, kClip = 1.0, kDecayRate = -0.8, kMostRelative = 1e-2;

double rootMeanSquare(const torch::Tensor& tensor) {
  return at::linalg_vector_norm(tensor).item<double>() / std::sqrt(static_cast<double>(tensor.numel()));
}

}  // namespace

Adafactor::Adafactor(NamedTensors parameters, const AdafactorOptions& options)
    : Optimizer(std::move(parameters)), m_options(options) {
  for (const auto& [name, parameter] : m_parameters) {
    const auto plain = parameter.options().requires_grad(false);
    if (parameter.dim() < 2) {
      m_row.push_back(keep(name + ".exp_avg_sq", at::zeros(parameter.sizes(), plain)));
      m_column.emplace_back();
      continue;
    }
    auto row = parameter.sizes().vec(), column = row;
    row.pop_back();
    column.erase(column.end() - 2);
    m_row.push_back(keep(name + ".exp_avg_sq_row", at::zeros(row, plain)));
    m_column.push_back(keep(name + ".exp_avg_sq_col", at::zeros(column, plain)));
  }
}

// 1/√v̂ for the moments after this gradient.
torch::Tensor Adafactor::secondMoment(std::size_t index, const torch::Tensor& gradient, double beta2) {
  const auto square = gradient.square().add_(kGradientEps);
  auto& row = m_row[index];
  auto& column = m_column[index];
  if (!column.defined()) {
    row.mul_(beta2).add_(square, 1 - beta2);
    return row.rsqrt();
  }
  row.mul_(beta2).add_(square.mean(-1), 1 - beta2);
  column.mul_(beta2).add_(square.mean(-2), 1 - beta2);
  return (row / row.mean(-1, true)).rsqrt_().unsqueeze(-1) * column.unsqueeze(-2).rsqrt();
}

void Adafactor::update(const Update& now) {
  const torch::NoGradGuard noGrad;
  const auto count = static_cast<double>(now.step);
  const auto beta2 = 1.0 - std::pow(count, kDecayRate);
  noteDecay(1.0);
  for (std::size_t i = 0; i < m_parameters.size(); ++i) {
    auto& parameter = m_parameters[i].second;
    const auto gradient = gradientOf(i, now.gradientScale);
    if (!gradient.defined()) continue;
    auto rate = now.learningRate;
    if (m_options.relativeStep) {
      rate = std::min(kMostRelative, 1.0 / std::sqrt(count)) * std::max(kScaleEps, rootMeanSquare(parameter));
    }
    const auto update = secondMoment(i, gradient, beta2).mul_(gradient);
    const auto scale = rate / std::max(1.0, rootMeanSquare(update) / kClip);
    m_lastDecays[i] = 1.0 - rate * m_options.weightDecay;
    parameter.mul_(m_lastDecays[i]).sub_(update, scale);
  }
}

}  // namespace likeness
