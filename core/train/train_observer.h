#pragma once
#include "core/api/job.h"

namespace likeness {

/// Is told what happens in a training run, on the training's own thread, in order. `run` in Preview is left empty.
/// May throw ErrorException to end the run with that error (for example when the disk is full).
class TrainObserver {
 public:
  virtual ~TrainObserver() = default;
  /// The run begins at `firstStep` (0, or the step of the checkpoint that it goes on from).
  virtual void onStart(std::int64_t firstStep) { static_cast<void>(firstStep); }
  virtual void onProgress(const Progress& progress) { static_cast<void>(progress); }
  virtual void onMetrics(const MetricPoint& point) { static_cast<void>(point); }
  /// Beside a validation, of a part ("unet", "text_encoder", "text_encoder_2"): changeNorm() of each of its LoRAs.
  virtual void onLoraNorms(std::int64_t step, const std::string& part, const std::vector<double>& norms) {
    static_cast<void>(step), static_cast<void>(part), static_cast<void>(norms);
  }
  virtual void onPreview(const Preview& preview) { static_cast<void>(preview); }
  virtual void onCheckpoint(const CheckpointInfo& checkpoint) { static_cast<void>(checkpoint); }
  virtual void onNotice(const Notice& notice) { static_cast<void>(notice); }
};

}  // namespace likeness
