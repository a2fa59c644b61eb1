#include "core/train/adamw.h"

namespace likeness {
namespace {

// Narrow gradients are widened for the update, this many numbers at a time: 64 MB.
constexpr std::int64_t kNumbersAtOnce = 16 << 20;

}  // namespace

AdamW::AdamW(NamedTensors parameters, const AdamWOptions& options)
    : Optimizer(std::move(parameters)),
      m_options(options),
      m_expAvg(keepZeros("exp_avg")),
      m_expAvgSq(keepZeros("exp_avg_sq")) {}

void AdamW::update(const Update& now) {
  const torch::NoGradGuard noGrad;
  noteDecay(1.0 - now.learningRate * m_options.weightDecay);
  Batch batch;
  for (std::size_t i = 0; i < m_parameters.size(); ++i) {
    const auto gradient = gradientOf(i, now.gradientScale);
    if (!gradient.defined()) continue;
    batch.parameters.push_back(m_parameters[i].second);
    batch.gradients.push_back(gradient);
    batch.expAvg.push_back(m_expAvg[i]);
    batch.expAvgSq.push_back(m_expAvgSq[i]);
    batch.numbers += gradient.numel();
    if (batch.numbers >= kNumbersAtOnce) take(batch, now);
  }
  take(batch, now);
}

void AdamW::take(Batch& batch, const Update& now) const {
  if (batch.parameters.empty()) return;
  const auto steps = at::full({}, static_cast<double>(now.step),
                              batch.parameters.front().options().dtype(torch::kFloat32).requires_grad(false));
  const std::vector<torch::Tensor> stateSteps(batch.parameters.size(), steps);
  at::_fused_adamw_(batch.parameters, batch.gradients, batch.expAvg, batch.expAvgSq, {}, stateSteps, now.learningRate,
                    m_options.beta1, m_options.beta2, m_options.weightDecay, m_options.eps, /*amsgrad=*/false,
                    /*maximize=*/false);
  batch = {};
}

}  // namespace likeness
