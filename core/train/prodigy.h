#pragma once
#include "core/train/optimizer.h"

namespace likeness {

struct ProdigyOptions {
  double beta1 = 0.9;
  double beta2 = 0.999;
  double eps = 1e-8;
  double weightDecay = 1e-2;
  double d0 = 1e-6;    ///< the first estimate
  double dCoef = 1.0;  ///< scales the estimate
  bool biasCorrection = false;
  bool safeguardWarmup = false;  ///< leave the learning rate out of the estimate's denominator
};

/// Prodigy: AdamW whose rate d it finds itself, from how far the weights have gone along the gradients. The learning
/// rate multiplies d and should be 1 (times its schedule). One d for all of its parameters; UNet and text encoders have
/// an optimizer each, so each finds its own. Needs four copies of the weights: two moments, the start and a sum.
/// Source: Mishchenko and Defazio 2023 (arXiv:2306.06101), algorithm 4; numbers as prodigyopt's.
class Prodigy : public Optimizer {
 public:
  Prodigy(NamedTensors parameters, const ProdigyOptions& options);
  [[nodiscard]] double rateScale() const override { return d(); }
  [[nodiscard]] double d() const;

 private:
  void update(const Update& now) override;
  struct Sums {
    double numerator = 0, denominator = 0;
  };
  [[nodiscard]] Sums gather(const Update& now, double rate);

  ProdigyOptions m_options;
  std::vector<torch::Tensor> m_expAvg, m_expAvgSq, m_start, m_sum;
  torch::Tensor m_numbers;  // [4] double: d, its maximum, the numerator, updates done
};

}  // namespace likeness
