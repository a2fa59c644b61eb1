#pragma once
#include "core/metrics/jsonl_log.h"
#include "core/metrics/tensorboard_writer.h"
#include "core/pretrain/learner.h"
#include "core/pretrain/pretrain_folder.h"
#include "core/train/train_observer.h"

namespace likeness {

/// Writes a pretraining's record, and tells the observer of it: metrics.jsonl, TensorBoard's event file (with what the
/// losses are made of) and sample sheets. Steps are those of both stages together. From `firstStep` on what was recorded
/// later is dropped. Throws ErrorException when it can't write. Threads: one.
class PretrainRecorder {
 public:
  PretrainRecorder(const PretrainFolder& folder, std::int64_t firstStep, TrainObserver& observer);

  void point(const std::string& stage, std::int64_t step, const PretrainPoint& point, double stepsPerSecond);
  void sheet(const std::string& stage, std::int64_t step, const Image& sheet);

 private:
  const PretrainFolder& m_folder;
  TrainObserver& m_observer;
  JsonlLog m_log;
  TensorBoardWriter m_board;
};

}  // namespace likeness
