#pragma once
#include "core/train/optimizer.h"

namespace likeness {

struct AdamWOptions {
  double beta1 = 0.9;
  double beta2 = 0.999;
  double eps = 1e-8;
  double weightDecay = 1e-2;
};

/// AdamW; the update is LibTorch's fused one, element by element, so equal for any thread count.
/// Source: Loshchilov and Hutter 2019 (arXiv:1711.05101), algorithm 2; numbers as torch.optim.AdamW's.
class AdamW : public Optimizer {
 public:
  AdamW(NamedTensors parameters, const AdamWOptions& options);

 private:
  // The weights of one call of the fused update, which walks all memories in step.
  struct Batch {
    std::vector<torch::Tensor> parameters, gradients, expAvg, expAvgSq;
    std::int64_t numbers = 0;
  };
  void update(const Update& now) override;
  void take(Batch& batch, const Update& now) const;

  AdamWOptions m_options;
  std::vector<torch::Tensor> m_expAvg, m_expAvgSq;
};

}  // namespace likeness
