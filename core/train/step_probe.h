#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "core/api/train_config.h"
#include "core/sample/stable_diffusion.h"
#include "core/train/trained_weights.h"
#include "core/train/text_conditions.h"

namespace likeness {

/// What one pass took.
struct PassCost {
  double pixels = 0;  ///< of all its pictures together
  double seconds = 0;
  std::vector<std::int64_t> bytes;  ///< tensor memory beyond what lay there before, from beginning to end
};

/// Real training steps on made-up pictures, to see what they take; they change no weight (their rate is 0). The model's
/// trained weights are moved as for training and stay so until this ends. Threads: one. Source: none; own measure.
class StepProbe {
 public:
  StepProbe(StableDiffusion& model, const TrainConfig& config, const std::vector<std::string>& prompts);
  ~StepProbe();
  StepProbe(const StepProbe&) = delete;
  StepProbe& operator=(const StepProbe&) = delete;

  /// A whole step of one micro-batch of `batch` photos, and as many class images where the config has them, of
  /// `resolution` pixels a side: forward, backward and update. The first of a size warms up and is done twice.
  [[nodiscard]] PassCost step(int resolution, std::int64_t batch);

  [[nodiscard]] const TrainedWeights& weights() const { return m_weights; }

 private:
  [[nodiscard]] PassCost stepOnce(int resolution, std::int64_t batch);

  StableDiffusion& m_model;
  TrainConfig m_config;
  TextConditions m_text;
  TrainedWeights m_weights;
  std::int64_t m_steps = 0;
};

/// Decoding or encoding one picture of `resolution` pixels a side, whichever takes more.
[[nodiscard]] PassCost measureVae(const StableDiffusion& model, int resolution);

}  // namespace likeness
