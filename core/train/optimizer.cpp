#include "core/train/optimizer.h"

#include <algorithm>

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

torch::Tensor Optimizer::gradientOf(std::size_t index, double scale) const {
  const auto& parameter = m_parameters[index].second;
  auto gradient = parameter.grad();
  if (!gradient.defined()) return gradient;
  // Autograd sees to the order already, except where a gradient was accumulated from a differently laid out one.
  if (gradient.scalar_type() != torch::kFloat32 || gradient.strides() != parameter.strides()) {
    gradient = at::empty_like(parameter, torch::kFloat32).copy_(gradient);
  }
  return scale == 1 ? gradient : gradient.mul_(scale);
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

double clipFactor(double norm, double maxNorm) { return std::min(1.0, maxNorm / (norm + 1e-6)); }

}  // namespace likeness
