#include "core/train/adamw.h"

namespace likeness {

AdamW::AdamW(NamedTensors parameters, const AdamWOptions& options)
    : Optimizer(std::move(parameters)),
      m_options(options),
      m_expAvg(keepZeros("exp_avg")),
      m_expAvgSq(keepZeros("exp_avg_sq")) {}

void AdamW::step(std::int64_t step, double learningRate) {
  const torch::NoGradGuard noGrad;
  noteDecay(1.0 - learningRate * m_options.weightDecay);
  // The fused update walks all memories in step, so a gradient must lie in memory as its parameter does.
  std::vector<torch::Tensor> parameters, gradients, expAvg, expAvgSq;
  for (std::size_t i = 0; i < m_parameters.size(); ++i) {
    const auto& parameter = m_parameters[i].second;
    const auto& gradient = parameter.grad();
    if (!gradient.defined()) continue;
    parameters.push_back(parameter);
    gradients.push_back(likeParameter(gradient, parameter));
    expAvg.push_back(m_expAvg[i]);
    expAvgSq.push_back(m_expAvgSq[i]);
  }
  if (parameters.empty()) return;
  const auto& first = parameters.front();
  const auto steps = at::full({}, static_cast<double>(step),
                              first.options().dtype(torch::kFloat32).requires_grad(false));
  const std::vector<torch::Tensor> stateSteps(parameters.size(), steps);
  at::_fused_adamw_(parameters, gradients, expAvg, expAvgSq, {}, stateSteps, learningRate, m_options.beta1,
                    m_options.beta2, m_options.weightDecay, m_options.eps, /*amsgrad=*/false, /*maximize=*/false);
}

}  // namespace likeness
