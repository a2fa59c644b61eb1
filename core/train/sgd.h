#pragma once
#include "core/train/optimizer.h"

namespace likeness {

struct SgdOptions {
  double momentum = 0.9;
  double weightDecay = 1e-2;
};

/// Gradient descent with momentum: m ← μ·m + g, w ← w·(1 − rate·decay) − rate·m.
/// Source: Loshchilov and Hutter 2019 (arXiv:1711.05101), algorithm 1 (SGDW); without decay torch.optim.SGD's numbers.
/// Differs from torch.optim.SGD: because weight_decay should mean one thing, decay is decoupled.
class Sgd : public Optimizer {
 public:
  Sgd(NamedTensors parameters, const SgdOptions& options);

 private:
  void update(const Update& now) override;
  SgdOptions m_options;
  std::vector<torch::Tensor> m_momentum;
};

}  // namespace likeness
