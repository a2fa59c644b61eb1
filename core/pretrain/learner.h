#pragma once
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/pretrain/pretrain_config.h"
#include "core/train/optimizer.h"
#include "core/train/weight_average.h"

namespace likeness {

/// What a step measured.
struct PretrainPoint {
  double loss = 0, gradNorm = 0, learningRate = 0;
  std::map<std::string, double> parts = {};  ///< what the loss is made of
};

/// The weights of a stage with what teaches them: AdamW, without decay for embeddings; clipping; and their average.
/// Everything is a function of the weights, the gradients and the step, so that save() and load() lose nothing.
/// Dtype and device: fp32, CPU. Threads: one.
class Learner {
 public:
  /// `weights` require gradients from now on.
  Learner(NamedTensors weights, const PretrainStage& stage);

  /// Goes backward from `loss` and changes the weights; `step` counts from 0. Throws ErrorException (NotFinite), with
  /// the weights as they were, when loss or gradients are no numbers.
  PretrainPoint update(const torch::Tensor& loss, std::int64_t step);

  /// Exchanges the weights with their average, where there is one; twice is as before.
  void swapAverage();

  /// Everything that load() needs. Not while swapped.
  [[nodiscard]] NamedTensors state() const;
  /// Errors: Corrupt.
  [[nodiscard]] Result<void> load(const SafetensorsFile& file);

 private:
  PretrainStage m_stage;
  NamedTensors m_weights;
  std::vector<std::unique_ptr<Optimizer>> m_optimizers;
  std::optional<WeightAverage> m_average;
};

/// The parameters of a module under `prefix`.
[[nodiscard]] NamedTensors parametersOf(const torch::nn::Module& module, const std::string& prefix);

}  // namespace likeness
