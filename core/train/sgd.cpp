#include "core/train/sgd.h"

namespace likeness {

Sgd::Sgd(NamedTensors parameters, const SgdOptions& options)
    : Optimizer(std::move(parameters)), m_options(options), m_momentum(keepZeros("momentum_buffer")) {}

void Sgd::update(const Update& now) {
  const torch::NoGradGuard noGrad;
  noteDecay(1.0 - now.learningRate * m_options.weightDecay);
  for (std::size_t i = 0; i < m_parameters.size(); ++i) {
    auto& parameter = m_parameters[i].second;
    const auto gradient = gradientOf(i, now.gradientScale);
    if (!gradient.defined()) continue;
    m_momentum[i].mul_(m_options.momentum).add_(gradient);
    parameter.mul_(lastDecay(i)).add_(m_momentum[i], -now.learningRate);
  }
}

}  // namespace likeness
