#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/weights/safetensors.h"

namespace likeness {

struct AdamWOptions {
  double beta1 = 0.9;
  double beta2 = 0.999;
  double eps = 1e-8;
  double weightDecay = 1e-2;
};

/// AdamW with decoupled weight decay over one list of parameters that share a learning rate.
/// A parameter without a gradient is left alone, decay included. Dtype and device: fp32, the parameters'.
/// Determinism: element by element, so equal for any thread count. Threads: one.
/// Source: Loshchilov and Hutter 2019 (arXiv:1711.05101), algorithm 2; numbers as torch.optim.AdamW's.
class AdamW {
 public:
  AdamW() = default;
  AdamW(NamedTensors parameters, const AdamWOptions& options);

  /// One update from the parameters' gradients; `step` counts from 1.
  void step(std::int64_t step, double learningRate);

  /// Adds the gradients to `list`.
  void collectGradients(std::vector<torch::Tensor>& list) const;
  void clearGradients();

  /// Appends the moments as `prefix`<name>.exp_avg and .exp_avg_sq.
  void saveState(NamedTensors& out, const std::string& prefix) const;
  /// Takes them back. Errors: Corrupt when one is missing or has another shape.
  [[nodiscard]] Result<void> loadState(const SafetensorsFile& file, const std::string& prefix);

  [[nodiscard]] const NamedTensors& parameters() const { return m_parameters; }

 private:
  NamedTensors m_parameters;
  AdamWOptions m_options;
  std::vector<torch::Tensor> m_expAvg, m_expAvgSq;
};

/// The update itself, on lists of equal length; the tensors of one place share their memory layout.
void adamWStep(const std::vector<torch::Tensor>& parameters, const std::vector<torch::Tensor>& gradients,
               const std::vector<torch::Tensor>& expAvg, const std::vector<torch::Tensor>& expAvgSq,
               std::int64_t step, double learningRate, const AdamWOptions& options);

/// Copies `name` of `file` into `target`. Errors: Corrupt when it is missing or has another shape or dtype.
[[nodiscard]] Result<void> copyFromFile(const SafetensorsFile& file, const std::string& name, torch::Tensor target);

/// The 2-norm over all the gradients, as a scalar tensor; and scales them to `maxNorm` if it exceeds that
/// (torch.nn.utils.clip_grad_norm_).
[[nodiscard]] torch::Tensor gradientNorm(const std::vector<torch::Tensor>& gradients);
void clipGradients(const std::vector<torch::Tensor>& gradients, double norm, double maxNorm);

}  // namespace likeness
