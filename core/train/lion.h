#pragma once
#include "core/train/optimizer.h"

namespace likeness {

struct LionOptions {
  double beta1 = 0.9;
  double beta2 = 0.99;
  double weightDecay = 1e-2;
};

/// Lion, whose steps are signs: w ← w·(1 − rate·decay) − rate·sign(β1·m + (1 − β1)·g), m ← β2·m + (1 − β2)·g.
/// It wants a rate three to ten times smaller than AdamW's. Source: Chen et al. 2023 (arXiv:2302.06675), algorithm 2.
class Lion : public Optimizer {
 public:
  Lion(NamedTensors parameters, const LionOptions& options);

 private:
  void update(const Update& now) override;
  LionOptions m_options;
  std::vector<torch::Tensor> m_expAvg;
};

}  // namespace likeness
