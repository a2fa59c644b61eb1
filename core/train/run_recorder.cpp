#include "core/train/run_recorder.h"

#include <algorithm>
#include <charconv>
#include <limits>

#include "core/api/options.h"
#include "core/data/picture_file.h"
#include "core/tensor/memory.h"
#include "core/train/likeness_scores.h"

namespace likeness {
namespace fs = std::filesystem;
namespace {

std::string configAsMarkdown(const TrainConfig& config) {
  std::string table = "| option | value |\n|---|---|\n";
  for (const auto& [name, value] : trainOptionValues(config)) table += "| " + name + " | " + value + " |\n";
  return table;
}

// "step-12-0.png" → step 12, index 0.
std::optional<PreviewFile> parsePreview(const fs::path& file) {
  const auto name = file.stem().string();
  if (!name.starts_with("step-") || file.extension() != ".png") return std::nullopt;
  PreviewFile preview{0, 0, file};
  const auto* end = name.data() + name.size();
  const auto step = std::from_chars(name.data() + 5, end, preview.step);
  if (step.ec != std::errc() || step.ptr == end || *step.ptr != '-') return std::nullopt;
  const auto index = std::from_chars(step.ptr + 1, end, preview.index);
  if (index.ec != std::errc() || index.ptr != end) return std::nullopt;
  return preview;
}

}  // namespace

RunRecorder::RunRecorder(fs::path runFolder, const TrainConfig& config, TrainObserver& next)
    : m_folder(std::move(runFolder)), m_config(config), m_next(next) {}

void RunRecorder::onStart(std::int64_t firstStep) {
  std::error_code failed;
  fs::create_directories(m_folder / "samples", failed);
  if (failed) throw ErrorException(systemError(failed.value(), "create the folder", m_folder.string()));
  // A run from the beginning has nothing to keep, not even its step 0.
  m_log = JsonlLog::resume(metricsFile(m_folder), firstStep > 0 ? firstStep : -1).value();
  const auto kept = firstStep > 0 ? firstStep : -1;
  if (m_config.previewScores) m_scoreLog = JsonlLog::resume(scoresFile(m_folder), kept).value();
  for (const auto& preview : listPreviews(m_folder)) {
    if (preview.step > firstStep) fs::remove(preview.file, failed);
  }
  m_board = TensorBoardWriter::open(m_folder, firstStep > 0 ? firstStep + 1 : 0).value();
  m_board->text("config", firstStep, configAsMarkdown(m_config)).value();
  m_step = firstStep;
  m_next.onStart(firstStep);
}

void RunRecorder::onProgress(const Progress& progress) { m_next.onProgress(progress); }

void RunRecorder::onMetrics(const MetricPoint& point) {
  m_step = point.step;
  if (m_log) m_log->append(point).value();
  if (m_board) {
    m_board->metrics(point).value();
    m_board->scalar("memory/peak_bytes", point.step, static_cast<double>(peakResidentBytes())).value();
  }
  m_next.onMetrics(point);
}

void RunRecorder::onLoraNorms(std::int64_t step, const std::string& part, const std::vector<double>& norms) {
  if (m_board) m_board->histogram("lora_norm/" + part, step, norms).value();
  m_next.onLoraNorms(step, part, norms);
}

void RunRecorder::onPreview(const Preview& preview) {
  if (preview.image) {
    const Json recipe{{"kind", "preview"}, {"step", preview.step}, {"prompt", preview.prompt}};
    replacePicture(previewFile(m_folder, preview.step, preview.index), *preview.image, recipe).value();
    if (m_board) m_board->image("preview/" + std::to_string(preview.index), preview.step, *preview.image).value();
  }
  recordScores(preview);
  m_next.onPreview(preview);
}

// Once the step's last preview is there.
void RunRecorder::recordScores(const Preview& preview) {
  if (preview.scores.empty()) return;
  if (preview.index == 0) m_scores.clear();
  m_scores.push_back(preview.scores);
  if (m_scores.size() < std::max<std::size_t>(1, m_config.previewPrompts.size())) return;
  constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
  const MetricPoint point{preview.step, kNaN, kNaN, kNaN, kNaN, kNaN, kNaN, kNaN, meanScores(m_scores)};
  if (m_scoreLog) m_scoreLog->append(point).value();
  if (m_board) m_board->metrics(point).value();
}

void RunRecorder::onCheckpoint(const CheckpointInfo& checkpoint) { m_next.onCheckpoint(checkpoint); }

void RunRecorder::onNotice(const Notice& notice) {
  if (notice.code == "less_memory") {
    if (m_log) m_log->note(m_step, notice).value();
    if (m_board) m_board->text("memory/" + notice.code, m_step, notice.sentence).value();
  }
  m_next.onNotice(notice);
}

fs::path metricsFile(const fs::path& runFolder) { return runFolder / "metrics.jsonl"; }

fs::path scoresFile(const fs::path& runFolder) { return runFolder / "scores.jsonl"; }

fs::path previewFile(const fs::path& runFolder, std::int64_t step, int index) {
  return runFolder / "samples" / ("step-" + std::to_string(step) + "-" + std::to_string(index) + ".png");
}

std::vector<PreviewFile> listPreviews(const fs::path& runFolder) {
  std::vector<PreviewFile> found;
  std::error_code failed;
  for (const auto& entry : fs::directory_iterator(runFolder / "samples", failed)) {
    if (auto preview = parsePreview(entry.path())) found.push_back(std::move(*preview));
  }
  std::ranges::sort(found, [](const auto& a, const auto& b) {
    return a.step != b.step ? a.step < b.step : a.index < b.index;
  });
  return found;
}

}  // namespace likeness
