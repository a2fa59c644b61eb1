#include "core/train/optimizer.h"

#include "core/train/adafactor.h"
#include "core/train/adamw.h"
#include "core/train/adamw_8bit.h"
#include "core/train/lion.h"
#include "core/train/prodigy.h"
#include "core/train/sgd.h"

namespace likeness {

void Optimizer::collectGradients(std::vector<torch::Tensor>& list) const {
  for (const auto& [name, parameter] : m_parameters) {
    if (parameter.grad().defined()) list.push_back(parameter.grad());
  }
}

void Optimizer::clearGradients() {
  for (auto& [name, parameter] : m_parameters) parameter.mutable_grad().reset();
}

void Optimizer::saveState(NamedTensors& out, const std::string& prefix) const {
  for (const auto& [name, tensor] : m_state) out.emplace_back(prefix + name, tensor);
}

Result<void> Optimizer::loadState(const SafetensorsFile& file, const std::string& prefix) {
  for (const auto& [name, tensor] : m_state) LK_CHECK(copyFromFile(file, prefix + name, tensor));
  return {};
}

torch::Tensor Optimizer::keep(std::string name, torch::Tensor tensor) {
  m_state.emplace_back(std::move(name), tensor);
  return tensor;
}

std::vector<torch::Tensor> Optimizer::keepZeros(const std::string& what) {
  std::vector<torch::Tensor> zeros;
  for (const auto& [name, parameter] : m_parameters) {
    zeros.push_back(keep(name + "." + what, at::zeros_like(parameter.detach())));
  }
  return zeros;
}

std::unique_ptr<Optimizer> makeOptimizer(const TrainConfig& config, NamedTensors parameters) {
  const auto beta2 = [&](double own) { return config.beta2 > 0 ? config.beta2 : own; };
  const AdamWOptions adam{.beta1 = config.beta1, .beta2 = beta2(0.999), .weightDecay = config.weightDecay};
  switch (config.optimizer) {
    case OptimizerKind::AdamW:
      return std::make_unique<AdamW>(std::move(parameters), adam);
    case OptimizerKind::AdamW8bit:
      return std::make_unique<AdamW8bit>(std::move(parameters), adam);
    case OptimizerKind::Sgd:
      return std::make_unique<Sgd>(std::move(parameters), SgdOptions{config.beta1, config.weightDecay});
    case OptimizerKind::Lion:
      return std::make_unique<Lion>(std::move(parameters), LionOptions{config.beta1, beta2(0.99), config.weightDecay});
    case OptimizerKind::Adafactor:
      return std::make_unique<Adafactor>(std::move(parameters),
                                         AdafactorOptions{config.adafactorRelativeStep, config.weightDecay});
    case OptimizerKind::Prodigy:
      return std::make_unique<Prodigy>(
          std::move(parameters),
          ProdigyOptions{.beta1 = config.beta1, .beta2 = beta2(0.999), .weightDecay = config.weightDecay,
                         .dCoef = config.prodigyDCoef, .biasCorrection = config.prodigyBiasCorrection,
                         .safeguardWarmup = config.prodigySafeguardWarmup});
  }
  throw std::logic_error("unknown optimizer");
}

torch::Tensor likeParameter(const torch::Tensor& gradient, const torch::Tensor& parameter) {
  if (gradient.strides() == parameter.strides()) return gradient;
  return at::empty_like(parameter).copy_(gradient);
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
  return at::linalg_vector_norm(at::stack(at::_foreach_norm(gradients, 2, torch::kFloat32)), 2);
}

void clipGradients(const std::vector<torch::Tensor>& gradients, double norm, double maxNorm) {
  const auto factor = maxNorm / (norm + 1e-6);
  if (factor < 1.0) at::_foreach_mul_(gradients, factor);
}

}  // namespace likeness
