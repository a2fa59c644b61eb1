#pragma once
#include <algorithm>
#include <chrono>
#include <limits>
#include <optional>

#include "core/sample/offloaded_part.h"
#include "core/train/dreambooth_trainer.h"
#include "core/train/likeness_scores.h"
#include "core/train/trained_weights.h"
#include "core/train/training_pass.h"
#include "core/train/weight_average.h"

namespace likeness {

/// One run of train() (see there), step by step. Errors are thrown. Threads: one.
class TrainingRun {
 public:
  TrainingRun(StableDiffusion& model, const TrainJob& job, JobControl& control, TrainObserver& observer);

  ~TrainingRun();
  TrainingRun(const TrainingRun&) = delete;
  TrainingRun& operator=(const TrainingRun&) = delete;

  /// From the first step to the last; on Cancelled after a checkpoint.
  [[nodiscard]] TrainOutcome go();

 private:
  using Clock = std::chrono::steady_clock;

  void loadWeights();
  /// Refuses a checkpoint of other subjects.
  void checkPrompts() const;
  void encode();
  void prepareWeights();
  /// The text encoders stop learning.
  void freezeText();
  void announce();
  void announceWord();
  void trainLoop();
  /// Forward, backward and update of optimizer step m_done; then m_done is one more.
  [[nodiscard]] MetricPoint trainStep();
  /// Adds the gradients of one batch.
  [[nodiscard]] DreamBoothLoss passBackward(const MicroBatch& batch);
  /// Forward and backward of all micro-batches: the step's gradients and mean losses.
  struct StepLosses {
    torch::Tensor instance, prior;
  };
  [[nodiscard]] StepLosses passes();
  [[nodiscard]] StepLosses passesOnce();
  void update(MetricPoint& point, const torch::Tensor& instanceLoss, const torch::Tensor& priorLoss);
  [[noreturn]] void stopNotFinite() const;

  /// After memory ran out in a pass: goes on with the next change of memoryChanges() that leaves the result as it is, and
  /// says so; throws OutOfMemory when there is none left.
  void takeLess();
  /// Puts such changes in force.
  void applyLess();

  /// Exchanges the weights with their average, if there is one.
  void swapAverage();
  void validateInto(MetricPoint& point);
  void watchValidation(double loss);
  void tellLoraNorms();
  /// Steps that changed the weights: all of them but those that an fp16 run left out.
  [[nodiscard]] std::int64_t updates() const { return m_done - (m_scale ? m_scale->skipped : 0); }
  [[nodiscard]] bool endsEarly() const { return stopsEarly(m_validations, m_config); }
  void makePreviews();
  void generatePreviews();
  /// Whose picture a prompt asks for: the first subject that it names, else the first of all.
  [[nodiscard]] std::size_t subjectOf(const std::string& prompt) const;
  [[nodiscard]] std::vector<Scores> scoresOf(const std::vector<ImagePtr>& made, const std::vector<std::string>& prompts);
  void sendPreviews(const std::vector<ImagePtr>& made, const std::vector<std::string>& prompts);
  /// What training doesn't need now leaves memory, see `offload`; and is there again.
  void rest();
  void wake();
  void chooseIdleParts();
  CheckpointInfo saveCheckpoint(double validationLoss);
  [[nodiscard]] std::vector<LoraModule> averageLoras();
  [[nodiscard]] std::vector<torch::Tensor> averageVectors();
  void reportProgress();

  [[nodiscard]] bool due(std::int64_t every) const { return every > 0 && m_done % every == 0; }
  [[nodiscard]] std::int64_t lastStep() const {
    return m_job.stopAfter > 0 ? std::min(m_job.stopAfter, m_config.steps) : m_config.steps;
  }
  [[nodiscard]] bool finished() const { return m_done >= lastStep() || endsEarly(); }
  /// The text encoders, or a new word; the word of a textual inversion to the end.
  [[nodiscard]] bool textEncoderLearnsAt(std::int64_t step) const;
  void proceed();

  StableDiffusion& m_model;
  const TrainJob& m_job;
  const TrainConfig& m_config;
  JobControl& m_control;
  TrainObserver& m_observer;
  CounterDraws m_ownDraws;

  std::optional<TrainingMaterial> m_material;
  std::optional<TrainingPass> m_pass;
  std::optional<TrainedWeights> m_weights;
  std::optional<LikenessScorer> m_scorer;  ///< with preview_scores
  std::optional<WeightAverage> m_average;
  std::optional<CheckpointState> m_resumed;
  std::optional<CheckpointInfo> m_last;

  std::int64_t m_first = 0, m_done = 0;
  std::int64_t m_photosAtOnce;  ///< of a micro-batch: batch_size, until memory runs out
  bool m_recompute;             ///< gradient_checkpointing, the same
  double m_waited = 0;          ///< seconds spent paused in the step in hand
  double m_secondsPerStep = 0;  ///< smoothed
  std::vector<ValidatedStep> m_validations;
  std::vector<OffloadedPart> m_idleVae, m_idleText;  ///< what may leave memory between previews
  std::optional<LossScale> m_scale;  ///< with precision fp16
};

}  // namespace likeness
