#include "core/train/adamw.h"

namespace likeness {
namespace {

// The fused update walks both memories in step, so a gradient must lie in memory as its parameter does. Autograd sees
// to that already, except where a gradient was accumulated from a differently laid out one.
torch::Tensor likeParameter(const torch::Tensor& gradient, const torch::Tensor& parameter) {
  if (gradient.strides() == parameter.strides()) return gradient;
  return at::empty_like(parameter).copy_(gradient);
}

}  // namespace

AdamW::AdamW(NamedTensors parameters, const AdamWOptions& options)
    : m_parameters(std::move(parameters)), m_options(options) {
  for (const auto& [name, parameter] : m_parameters) {
    m_expAvg.push_back(at::zeros_like(parameter.detach()));
    m_expAvgSq.push_back(at::zeros_like(parameter.detach()));
  }
}

void AdamW::step(std::int64_t step, double learningRate) {
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
  adamWStep(parameters, gradients, expAvg, expAvgSq, step, learningRate, m_options);
}

void AdamW::collectGradients(std::vector<torch::Tensor>& list) const {
  for (const auto& [name, parameter] : m_parameters) {
    if (parameter.grad().defined()) list.push_back(parameter.grad());
  }
}

void AdamW::clearGradients() {
  for (auto& [name, parameter] : m_parameters) parameter.mutable_grad().reset();
}

void AdamW::saveState(NamedTensors& out, const std::string& prefix) const {
  for (std::size_t i = 0; i < m_parameters.size(); ++i) {
    out.emplace_back(prefix + m_parameters[i].first + ".exp_avg", m_expAvg[i]);
    out.emplace_back(prefix + m_parameters[i].first + ".exp_avg_sq", m_expAvgSq[i]);
  }
}

Result<void> AdamW::loadState(const SafetensorsFile& file, const std::string& prefix) {
  for (std::size_t i = 0; i < m_parameters.size(); ++i) {
    LK_CHECK(copyFromFile(file, prefix + m_parameters[i].first + ".exp_avg", m_expAvg[i]));
    LK_CHECK(copyFromFile(file, prefix + m_parameters[i].first + ".exp_avg_sq", m_expAvgSq[i]));
  }
  return {};
}

void adamWStep(const std::vector<torch::Tensor>& parameters, const std::vector<torch::Tensor>& gradients,
               const std::vector<torch::Tensor>& expAvg, const std::vector<torch::Tensor>& expAvgSq,
               std::int64_t step, double learningRate, const AdamWOptions& options) {
  if (parameters.empty()) return;
  const torch::NoGradGuard noGrad;
  const auto& first = parameters.front();
  const auto steps = at::full({}, static_cast<double>(step), first.options().dtype(torch::kFloat32));
  const std::vector<torch::Tensor> stateSteps(parameters.size(), steps);
  at::_fused_adamw_(parameters, gradients, expAvg, expAvgSq, {}, stateSteps, learningRate, options.beta1,
                    options.beta2, options.weightDecay, options.eps, /*amsgrad=*/false, /*maximize=*/false);
}

Result<void> copyFromFile(const SafetensorsFile& file, const std::string& name, torch::Tensor target) {
  const auto found = file.tensors().find(name);
  if (found == file.tensors().end() || found->second.shape != target.sizes().vec() ||
      found->second.dtype != target.scalar_type()) {
    return Error{ErrorCode::Corrupt,
                 "The checkpoint's file " + file.path().filename().string() +
                     " does not fit this model and configuration. Go on from another checkpoint or train anew.",
                 "tensor " + name, file.path().string()};
  }
  const torch::NoGradGuard noGrad;
  target.copy_(file.tensor(name));
  return {};
}

torch::Tensor gradientNorm(const std::vector<torch::Tensor>& gradients) {
  const torch::NoGradGuard noGrad;
  if (gradients.empty()) return torch::zeros({});
  return at::linalg_vector_norm(at::stack(at::_foreach_norm(gradients)), 2);
}

void clipGradients(const std::vector<torch::Tensor>& gradients, double norm, double maxNorm) {
  const auto factor = maxNorm / (norm + 1e-6);
  if (factor < 1.0) at::_foreach_mul_(gradients, factor);
}

}  // namespace likeness
