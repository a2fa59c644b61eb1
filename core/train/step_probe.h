#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "core/api/train_config.h"
#include "core/base/job_control.h"
#include "core/sample/stable_diffusion.h"
#include "core/train/trained_weights.h"
#include "core/train/text_conditions.h"

namespace likeness {

/// What one pass took.
struct PassCost {
  double pixels = 0;  ///< of all its pictures together
  double seconds = 0;
  std::vector<std::int64_t> bytes;  ///< tensor memory beyond what lay there before, from beginning to end
  double processorSeconds = 0;  ///< of all threads, whoever else uses the machine
  std::uint64_t beside = 0;  ///< bytes at the process's peak beyond those and what it held before: gaps, kernels, scratch
  std::uint64_t left = 0;    ///< bytes that it holds afterwards, what it could give back not counted
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
  bool m_onePass;  // of the run whose step this is
  TextConditions m_text;
  TrainedWeights m_weights;
  std::int64_t m_steps = 0;
};

/// What a run does with pictures of `resolution` pixels a side besides training: the VAE encodes them, and, if there are
/// previews, one is made in few steps, from words to its pixels. seconds: of both.
[[nodiscard]] PassCost measurePicture(StableDiffusion& model, const TrainConfig& config, const std::string& prompt,
                                      int resolution, JobControl& control);

}  // namespace likeness
