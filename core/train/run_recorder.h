#pragma once
#include <filesystem>
#include <optional>

#include "core/api/train_config.h"
#include "core/metrics/jsonl_log.h"
#include "core/metrics/tensorboard_writer.h"
#include "core/train/train_observer.h"

namespace likeness {

/// Writes a run's record and passes everything on: `metrics.jsonl`, `scores.jsonl` of the previews, TensorBoard event
/// files (also the configuration as text, previews and the mean of their scores, peak memory, changes for want of memory
/// and histograms of the LoRAs' sizes) and `samples/step-N-k.png` in the run's folder. When a run goes on from step N,
/// what was recorded of later steps is dropped. Throws ErrorException when it can't write.
class RunRecorder : public TrainObserver {
 public:
  RunRecorder(std::filesystem::path runFolder, const TrainConfig& config, TrainObserver& next);

  void onStart(std::int64_t firstStep) override;
  void onProgress(const Progress& progress) override;
  void onMetrics(const MetricPoint& point) override;
  void onLoraNorms(std::int64_t step, const std::string& part, const std::vector<double>& norms) override;
  void onPreview(const Preview& preview) override;
  void onCheckpoint(const CheckpointInfo& checkpoint) override;
  void onNotice(const Notice& notice) override;

 private:
  void recordScores(const Preview& preview);

  std::filesystem::path m_folder;
  TrainConfig m_config;
  TrainObserver& m_next;
  std::optional<JsonlLog> m_log;
  std::optional<TensorBoardWriter> m_board;
  std::int64_t m_step = 0;  ///< the newest that was told of
  std::optional<JsonlLog> m_scoreLog;
  std::vector<Scores> m_scores;  ///< of the step's previews so far
};

/// Where a run's metrics, the scores of its previews, and these lie.
[[nodiscard]] std::filesystem::path metricsFile(const std::filesystem::path& runFolder);
[[nodiscard]] std::filesystem::path scoresFile(const std::filesystem::path& runFolder);
[[nodiscard]] std::filesystem::path previewFile(const std::filesystem::path& runFolder, std::int64_t step, int index);

/// The previews of a run in step order, from `samples/`, without pixels and prompts.
struct PreviewFile {
  std::int64_t step = 0;
  int index = 0;
  std::filesystem::path file;
};
[[nodiscard]] std::vector<PreviewFile> listPreviews(const std::filesystem::path& runFolder);

}  // namespace likeness
