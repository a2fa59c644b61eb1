#pragma once
#include "core/api/train_config.h"
#include "core/tensor/torch.h"

namespace likeness {

/// What a model of fp32 parameters computes in at a precision.
inline torch::ScalarType scalarTypeOf(Precision precision) {
  if (precision == Precision::Fp16) return torch::kHalf;
  return precision == Precision::Bf16 ? torch::kBFloat16 : torch::kFloat32;
}

inline torch::ScalarType scalarTypeOf(WeightDtype dtype) {
  if (dtype == WeightDtype::Fp16) return torch::kHalf;
  return dtype == WeightDtype::Bf16 ? torch::kBFloat16 : torch::kFloat32;
}

/// Whether some weights of a run may lie in another dtype than fp32; autocast then widens or narrows them for each use.
inline bool hasNarrowWeights(const TrainConfig& config) {
  return config.frozenDtype != WeightDtype::Fp32 || config.weightsDtype != WeightDtype::Fp32;
}

/// bf16 or fp16 autocast on a device within a scope, if wanted; the thread's earlier state afterwards. With fp32 what it
/// narrows elsewhere is computed in fp32, whatever the weights lie in.
/// Threads: autocast is a state of the thread.
class AutocastScope {
 public:
  AutocastScope(at::DeviceType device, bool wanted, at::ScalarType dtype = torch::kBFloat16)
      : m_device(device), m_wanted(wanted) {
    if (!m_wanted) return;
    m_enabled = at::autocast::is_autocast_enabled(device);
    m_dtype = at::autocast::get_autocast_dtype(device);
    at::autocast::increment_nesting();
    at::autocast::set_autocast_enabled(device, true);
    at::autocast::set_autocast_dtype(device, dtype);
  }
  ~AutocastScope() {
    if (!m_wanted) return;
    // As in PyTorch: weights cast once are kept until the outermost scope ends.
    if (at::autocast::decrement_nesting() == 0) at::autocast::clear_cache();
    at::autocast::set_autocast_enabled(m_device, m_enabled);
    at::autocast::set_autocast_dtype(m_device, m_dtype);
  }
  AutocastScope(const AutocastScope&) = delete;
  AutocastScope& operator=(const AutocastScope&) = delete;

 private:
  at::DeviceType m_device;
  bool m_wanted;
  bool m_enabled = false;
  at::ScalarType m_dtype = torch::kBFloat16;
};

/// Keeps the weights that autocast converts from one call to the next, for runs without gradients: autocast remembers
/// only what requires them. Hold it inside an AutocastScope.
class WeightCacheScope {
 public:
  WeightCacheScope(const torch::nn::Module& module, bool wanted) {
    if (!wanted) return;
    for (const auto& parameter : module.parameters()) {
      if (parameter.requires_grad()) continue;
      parameter.requires_grad_(true);
      m_changed.push_back(parameter);
    }
  }
  ~WeightCacheScope() {
    for (const auto& parameter : m_changed) parameter.requires_grad_(false);
  }
  WeightCacheScope(const WeightCacheScope&) = delete;
  WeightCacheScope& operator=(const WeightCacheScope&) = delete;

 private:
  std::vector<torch::Tensor> m_changed;
};

}  // namespace likeness
