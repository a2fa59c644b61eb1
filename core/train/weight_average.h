#pragma once
#include <filesystem>

#include "core/api/train_config.h"
#include "core/base/result.h"
#include "core/sample/stable_diffusion.h"
#include "core/weights/safetensors.h"

namespace likeness {

/// The decay of the average at optimizer step `step` (from 1): 0 at the first, then the smaller of ema_decay and
/// (1 + n)/(10 + n), with ema_warmup of 1 − (1 + n/ema_inv_gamma)^−ema_power, n = step − 1. Pure.
/// Source: diffusers' EMAModel.get_decay.
[[nodiscard]] double averageDecay(const TrainConfig& config, std::int64_t step);

/// An exponential moving average of trained weights: s ← s − (1 − decay)(s − w) after each step. Pictures and
/// validation see it, training does not. Dtype and device: fp32 on the weights' device, since in bf16 it would stand
/// still; weights that lie in bf16 are fp32 while they are swapped. Threads: one.
/// Source: Polyak and Juditsky 1992; numbers as diffusers' EMAModel.
class WeightAverage {
 public:
  WeightAverage(NamedTensors weights, const TrainConfig& config);

  void update(std::int64_t step);
  /// Forgets those that aren't in `weights`: they no longer learn, so their average is what they are.
  void keepOnly(const NamedTensors& weights);
  /// Exchanges the weights with their average; twice is as before, to the bit.
  void swap();

  /// The average by the weights' names. Not while swapped.
  [[nodiscard]] NamedTensors state() const;
  /// Takes it back. Errors: Corrupt when something is missing or has another shape.
  [[nodiscard]] Result<void> loadState(const SafetensorsFile& file);

 private:
  TrainConfig m_config;
  NamedTensors m_weights;
  std::vector<torch::Tensor> m_average;
};

/// Puts averaged weights that a checkpoint holds into a model. Names have a part's prefix, unet. or text_encoder. or
/// text_encoder_2.; beside a tensor that holds some rows of a weight only, <name>.rows says which.
/// Errors: Corrupt.
[[nodiscard]] Result<void> loadAveragedWeights(StableDiffusion& model, const std::filesystem::path& file);

}  // namespace likeness
