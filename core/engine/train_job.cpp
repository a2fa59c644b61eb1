#include <optional>

#include "core/base/hash.h"
#include "core/base/log.h"
#include "core/engine/base_model.h"
#include "core/engine/failure.h"
#include "core/engine/job_list.h"
#include "core/engine/run_planner.h"
#include "core/engine/train_run.h"
#include "core/engine/training_set.h"
#include "core/project/project_lock.h"
#include "core/text/prompt.h"
#include "core/train/dreambooth_trainer.h"
#include "core/train/memory_changes.h"
#include "core/train/run_recorder.h"
#include "core/train/training_material.h"

namespace likeness {
namespace fs = std::filesystem;
namespace {

// Passes on what the trainer tells, under the run's name.
class EventObserver : public TrainObserver {
 public:
  EventObserver(JobContext& context, std::string run) : m_context(context), m_run(std::move(run)) {}
  void onProgress(const Progress& progress) override { m_context.events.progress(progress); }
  void onMetrics(const MetricPoint& point) override { m_context.events.metric(m_run, point); }
  void onPreview(const Preview& preview) override {
    auto named = preview;
    named.run = m_run;
    m_context.events.send(std::move(named));
  }
  void onCheckpoint(const CheckpointInfo& checkpoint) override {
    m_context.events.send(CheckpointSaved{m_run, checkpoint});
  }
  void onNotice(const Notice& notice) override { m_context.events.send(notice); }

 private:
  JobContext& m_context;
  std::string m_run;
};

TrainJob describeJob(const Project& project, const TrainRun& run, const fs::path& model, int resolution,
                     JobContext& context, Studio& studio) {
  TrainJob job;
  job.config = run.config;
  job.set = loadTrainingSet(project, run.config, resolution, context, studio);
  job.resumeFrom = run.resumeFrom;
  job.stopAfter = run.stopAfter;
  job.cacheFolder = project.folder() / "cache";
  job.modelIdentity = modelIdentity(model).value();
  return job;
}

// Captions are plain words of one chunk, unlike prompts that are sampled.
void warnOfLongCaptions(const StableDiffusion& model, const TrainJob& job, JobContext& context) {
  for (const auto& caption : trainingPrompts(job)) {
    const auto checked = checkPrompt(model.tokenizer, caption).value();
    if (!checked.warning.empty()) context.warn("prompt_truncated", checked.warning);
  }
}

std::int64_t lastCheckpointStep(const fs::path& run) {
  const auto checkpoints = listCheckpoints(run);
  return checkpoints.empty() ? 0 : checkpoints.back().step;
}

// Writes down how the run ended; what can't be written then is only logged by the next listing as interrupted.
Finished endRun(const TrainRun& run, const Result<TrainOutcome>& outcome) {
  const auto last = lastCheckpointStep(run.folder);
  const auto record = [&](RunState state, const std::string& sentence) {
    static_cast<void>(writeRunRecord(run.folder, {state, last, run.config.steps, sentence}).ok());
  };
  if (outcome.ok() && !outcome->endedEarly.empty()) {
    record(RunState::Finished, outcome->endedEarly);
    return succeeded("Run " + run.id() + " is trained. " + outcome->endedEarly, {run.folder});
  }
  if (outcome.ok() && outcome->lastStep < run.config.steps) {
    const auto sentence =
        "Rests after step " + std::to_string(last) + " of " + std::to_string(run.config.steps) + ", as asked.";
    record(RunState::Stopped, sentence);
    return succeeded(sentence, {run.folder});
  }
  if (outcome.ok()) {
    record(RunState::Finished, {});
    return succeeded("Run " + run.id() + " is trained: " + std::to_string(outcome->lastStep) + " steps.", {run.folder});
  }
  if (outcome.error().code == ErrorCode::Cancelled) {
    const auto sentence = "Stopped at step " + std::to_string(last) + " of " + std::to_string(run.config.steps) +
                          (last > 0 ? "; a checkpoint is saved and the run can go on from there."
                                    : ", before there was anything to save.");
    record(RunState::Stopped, sentence);
    return cancelled(sentence, {run.folder});
  }
  record(RunState::Failed, outcome.error().message);
  return failed(outcome.error());
}

Result<TrainOutcome> trainGuarded(StableDiffusion& model, const TrainJob& job, JobContext& context,
                                  const std::string& run) {
  try {
    EventObserver observer(context, run);
    RunRecorder recorder(job.runFolder, job.config, observer);
    return train(model, job, context.control, recorder);
  } catch (...) {
    return currentFailure({});
  }
}

// After a run that memory ran out in; its model is gone.
std::string whatWouldFit(const Project& project, const TrainConfig& config, JobContext& context, Studio& studio) {
  try {
    const auto plan = RunPlanner(project, context, studio).planWithOffers(config);
    if (!plan.offers.empty()) return offersSentence(plan.offers);
  } catch (...) {
    LK_LOG_WARN("what would fit could not be judged: {}", currentFailure({}).message);
  }
  return memoryAdvice(config);
}

}  // namespace

Finished runJob(const Train& spec, JobContext& context, Studio& studio) {
  const auto project = Project::open(spec.project).value();
  const auto lock = ProjectLock::acquire(project.folder(), ProjectLockKind::Compute);
  lock.value();
  auto run = chooseRun(project, spec).value();
  if (!run.presetSentence.empty()) context.notice("preset", run.presetSentence);
  if (run.nothingLeft()) {
    return succeeded("Nothing left to do: run " + run.id() + " has all its " + std::to_string(run.lastStep()) +
                     " steps. Give more --steps to go on, or leave --resume out for a new run.");
  }
  const auto folder = modelPath(project.content().model).value();
  const auto resolution = resolutionOf(project.content().model, run.config).value();
  // Before class images are made, which may take hours; the model is not kept meanwhile.
  refuseWhatCannotFit(studio.models.fresh(folder, context.control).value(), project, run.config, context, studio);
  auto job = describeJob(project, run, folder, resolution, context, studio);
  std::optional model(studio.models.fresh(folder, context.control).value());
  checkTrainJob(*model, job).value();
  warnOfLongCaptions(*model, job, context);
  if (!run.folder.empty()) cleanCheckpoints(run.folder);
  beginRun(project, run).value();
  job.runFolder = run.folder;
  context.notice(run.resumeFrom.empty() ? "training" : "resuming",
                 announce(run, job.set.photos(), job.set.classImages(), resolution));
  sendProject(project, context, studio);
  auto outcome = trainGuarded(*model, job, context, run.id());
  model.reset();
  if (!outcome.ok() && outcome.error().code == ErrorCode::OutOfMemory) {
    auto error = outcome.error();
    error.message += " " + whatWouldFit(project, job.config, context, studio);
    outcome = std::move(error);
  }
  auto finished = endRun(run, outcome);
  sendProject(project, context, studio);
  return finished;
}

}  // namespace likeness
