#include "ui/training/training_stage.h"

#include <QCoreApplication>
#include <QLocale>
#include <algorithm>

namespace likeness {
namespace {

constexpr char kTrain[] = "train";

bool isQueued(const Session& session) {
  const auto queue = session.queue();
  return std::any_of(queue.begin(), queue.end(), [](const OpenJob& job) { return job.name == QLatin1String(kTrain); });
}

}  // namespace

const RunInfo* newestRun(const ProjectSnapshot& project) { return project.runs.empty() ? nullptr : &project.runs.back(); }

std::optional<std::int64_t> resumeStep(const RunInfo& run) {
  std::optional<std::int64_t> newest;
  for (const auto& checkpoint : run.checkpoints) newest = std::max(newest.value_or(0), checkpoint.step);
  return newest;
}

TrainingStage trainingStage(const Session& session) {
  if (session.runningJobName() == QLatin1String(kTrain)) {
    switch (session.runningState()) {
      case JobState::Queued: return TrainingStage::Waiting;
      case JobState::Running: return TrainingStage::Running;
      case JobState::Paused: return TrainingStage::Paused;
      case JobState::Stopping: return TrainingStage::Stopping;
    }
  }
  if (isQueued(session)) return TrainingStage::Waiting;
  const auto* run = newestRun(session.project());
  if (session.project().photos.empty()) return run ? TrainingStage::Done : TrainingStage::NeedsPhotos;
  if (!run) return TrainingStage::Ready;
  if (run->state == RunState::Finished) return TrainingStage::Done;
  const auto from = resumeStep(*run);
  if (from && *from < run->steps) return TrainingStage::CanGoOn;
  if (from) return TrainingStage::Done;
  return run->state == RunState::Failed ? TrainingStage::Failed : TrainingStage::Ready;
}

QString stepOf(std::int64_t step, std::int64_t steps) {
  return QCoreApplication::translate("likeness::TrainingPage", "step %1 of %2")
      .arg(QLocale().toString(qlonglong(step)), QLocale().toString(qlonglong(steps)));
}

}  // namespace likeness
