#include "core/pretrain/pretrain_recorder.h"

#include <limits>

#include "core/data/picture_file.h"

namespace likeness {

PretrainRecorder::PretrainRecorder(const PretrainFolder& folder, std::int64_t firstStep, TrainObserver& observer)
    : m_folder(folder),
      m_observer(observer),
      m_log(JsonlLog::resume(folder.root() / "metrics.jsonl", firstStep > 0 ? firstStep : -1).value()),
      m_board(TensorBoardWriter::open(folder.root(), firstStep > 0 ? firstStep + 1 : 0).value()) {}

void PretrainRecorder::point(const std::string& stage, std::int64_t step, const PretrainPoint& measured,
                             double stepsPerSecond) {
  constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
  MetricPoint point;
  point.step = step;
  point.instanceLoss = measured.loss;
  point.priorLoss = point.validationLoss = point.textEncoderLearningRate = kNaN;
  point.learningRate = measured.learningRate;
  point.gradNorm = measured.gradNorm;
  point.stepsPerSecond = stepsPerSecond;
  m_log.append(point).value();
  m_board.metrics(point).value();
  for (const auto& [name, value] : measured.parts) m_board.scalar(stage + "/" + name, step, value).value();
  m_observer.onMetrics(point);
}

void PretrainRecorder::sheet(const std::string& stage, std::int64_t step, const Image& sheet) {
  const auto file = m_folder.sample(stage, step);
  replacePicture(file, sheet).value();
  m_board.image("samples/" + stage, step, sheet).value();
  m_observer.onPreview({{}, step, 0, stage, std::make_shared<const Image>(sheet)});
}

}  // namespace likeness
