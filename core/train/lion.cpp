#include "core/train/lion.h"

namespace likeness {

Lion::Lion(NamedTensors parameters, const LionOptions& options)
    : Optimizer(std::move(parameters)), m_options(options), m_expAvg(keepZeros("exp_avg")) {}

void Lion::update(const Update& now) {
  const torch::NoGradGuard noGrad;
  noteDecay(1.0 - now.learningRate * m_options.weightDecay);
  for (std::size_t i = 0; i < m_parameters.size(); ++i) {
    auto& parameter = m_parameters[i].second;
    const auto gradient = gradientOf(i, now.gradientScale);
    if (!gradient.defined()) continue;
    auto direction = (m_expAvg[i] * m_options.beta1).add_(gradient, 1 - m_options.beta1).sign_();
    parameter.mul_(lastDecay(i)).add_(direction, -now.learningRate);
    m_expAvg[i].mul_(m_options.beta2).add_(gradient, 1 - m_options.beta2);
  }
}

}  // namespace likeness
