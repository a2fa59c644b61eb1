#pragma once
#include "core/train/optimizer.h"

namespace likeness {

struct AdafactorOptions {
  bool relativeStep = false;
  double weightDecay = 1e-2;
};

/// Adafactor: second moments of matrices are kept as a row and a column, so it hardly needs memory; no momentum.
/// The update g/√v̂ is scaled to a root mean square of at most 1. `relativeStep`: its rate is min(0.01, 1/√step) times
/// the parameter's root mean square (at least 0.001), and the learning rate that step() is given is not used; else that
/// one is the rate.
/// A convolution's last two axes, its kernel, count as the matrix, as in transformers.
/// Source: Shazeer and Stern 2018 (arXiv:1804.04235), algorithms 4 to 6; numbers as transformers.Adafactor's with
/// scale_parameter = relative_step.
class Adafactor : public Optimizer {
 public:
  Adafactor(NamedTensors parameters, const AdafactorOptions& options);

 private:
  void update(const Update& now) override;
  [[nodiscard]] torch::Tensor secondMoment(std::size_t index, const torch::Tensor& gradient, double beta2);

  AdafactorOptions m_options;
  std::vector<torch::Tensor> m_row, m_column;  // of a vector: all of it in m_row
};

}  // namespace likeness
