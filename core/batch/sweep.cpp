#include "core/batch/sweep.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <system_error>

#include "core/base/atomic_file.h"
#include "core/base/file_lock.h"
#include "core/base/text.h"
#include "core/batch/sweep_sheet.h"
#include "core/batch/sweep_table.h"
#include "core/engine/job_context.h"
#include "core/metrics/jsonl_log.h"
#include "core/project/project.h"
#include "core/project/project_lock.h"
#include "core/project/yaml_file.h"
#include "core/train/checkpoint.h"
#include "core/train/run_recorder.h"

namespace likeness {
namespace fs = std::filesystem;
namespace {

[[noreturn]] void stop(Error error) { throw ErrorException(std::move(error)); }

class SweepRunner {
 public:
  SweepRunner(const Sweep& sweep, const BatchHost& host) : m_sweep(sweep), m_host(host) {}

  Finished run() {
    announce();
    trainAll();
    if (m_sweep.file.samples) makeAllPictures();
    return writeResults();
  }

 private:
  void say(const std::string& code, const std::string& sentence) const { m_host.say(Notice{false, code, sentence}); }

  void announce() const {
    const auto& trials = m_sweep.trials;
    auto sentence =
        "Sweep " + m_sweep.id() + ": " + std::to_string(trials.size()) + (trials.size() == 1 ? " run" : " runs");
    if (m_sweep.file.halving) {
      sentence += ", resting after";
      for (const auto rung : rungsOf(m_sweep.file, trials.front().steps)) sentence += " " + std::to_string(rung);
      sentence += " steps";
    }
    say("sweep", sentence + ". Its folder: " + m_sweep.folder.string());
    if (const auto advice = comparisonAdvice(m_sweep.file); !advice.empty()) {
      m_host.say(Notice{true, "comparison", advice});
    }
  }

  void trainAll() {
    std::vector<int> alive;
    for (const auto& trial : m_sweep.trials) alive.push_back(trial.number);
    if (!m_sweep.file.halving) return trainRung(alive, 0);
    const auto rungs = rungsOf(m_sweep.file, m_sweep.trials.front().steps);
    for (const auto rung : rungs) {
      trainRung(alive, rung);
      if (rung == rungs.back()) break;
      alive = survivors(resultsAt(alive, rung), m_sweep.file.halving->factor);
      say("rung", "After " + std::to_string(rung) + " steps " + std::to_string(alive.size()) +
                      (alive.size() == 1 ? " run goes on." : " runs go on."));
    }
  }

  // `rung` 0: each to its end.
  void trainRung(const std::vector<int>& numbers, std::int64_t rung) {
    for (const auto number : numbers) {
      const auto& trial = m_sweep.trials[static_cast<std::size_t>(number - 1)];
      trainTo(trial, rung == 0 ? trial.steps : rung);
    }
  }

  void trainTo(const SweepTrial& trial, std::int64_t target) {
    if (!trialFailure(m_sweep, trial).empty() || stepsDone(trial) >= target) return;
    say("run", "Run " + std::to_string(trial.number) + " of " + std::to_string(m_sweep.trials.size()) +
                   (target < trial.steps ? ", to step " + std::to_string(target) : "") + ": " + describeTrial(trial) +
                   ".");
    Train job;
    job.project = m_sweep.file.project;
    job.overrides = trial.options;
    job.runFolder = m_sweep.runFolder(trial);
    job.stopAfter = target < trial.steps ? target : 0;
    const auto finished = m_host.run(job);
    if (finished.outcome == Outcome::Cancelled) stop({ErrorCode::Cancelled, "The sweep was stopped; it can go on."});
    if (finished.outcome == Outcome::Succeeded) return;
    const auto& error = finished.error.value();
    if (!isTrialsOwn(error)) stop(error);
    writeTrialFailure(m_sweep, trial, error.message).value();
    m_host.say(Notice{true, "run_failed", "Run " + std::to_string(trial.number) + " failed and is left out."});
  }

  // What the run's options cause, and would again: the other runs needn't suffer for it.
  [[nodiscard]] bool isTrialsOwn(const Error& error) const {
    if (error.code == ErrorCode::NotFinite || error.code == ErrorCode::OutOfMemory) return true;
    return error.code == ErrorCode::InvalidArgument && !isLocked(m_sweep.file.project, ProjectLockKind::Compute);
  }

  [[nodiscard]] std::int64_t stepsDone(const SweepTrial& trial) const {
    const auto checkpoints = listCheckpoints(m_sweep.runFolder(trial));
    return checkpoints.empty() ? 0 : checkpoints.back().step;
  }

  [[nodiscard]] std::vector<RungResult> resultsAt(const std::vector<int>& numbers, std::int64_t rung) const {
    std::vector<RungResult> results;
    for (const auto number : numbers) {
      const auto& trial = m_sweep.trials[static_cast<std::size_t>(number - 1)];
      RungResult result{number, std::numeric_limits<double>::quiet_NaN()};
      const auto points = readMetrics(metricsFile(m_sweep.runFolder(trial))).value();
      for (const auto& point : points) {
        if (point.step == rung && trialFailure(m_sweep, trial).empty()) result.validationLoss = point.validationLoss;
      }
      results.push_back(result);
    }
    return results;
  }

  void makeAllPictures() {
    for (const auto& trial : m_sweep.trials) {
      if (!trialFailure(m_sweep, trial).empty()) continue;
      for (std::size_t prompt = 0; prompt < m_sweep.file.samples->prompts.size(); ++prompt) makePictures(trial, prompt);
    }
  }

  // A prompt whose pictures are not all there is made again from the first.
  void makePictures(const SweepTrial& trial, std::size_t prompt) {
    const auto wanted = static_cast<std::size_t>(m_sweep.file.samples->count);
    if (picturesOf(m_sweep, trial, prompt).size() == wanted) return;
    const auto folder = promptFolder(m_sweep, trial, prompt);
    std::error_code failure;
    fs::remove_all(folder, failure);
    if (failure) stop(systemError(failure.value(), "make the pictures anew in", folder.string()));
    const auto finished = m_host.run(pictureJob(trial, prompt));
    if (finished.outcome == Outcome::Cancelled) stop({ErrorCode::Cancelled, "The sweep was stopped; it can go on."});
    if (finished.outcome == Outcome::Failed) stop(finished.error.value());
  }

  [[nodiscard]] Sample pictureJob(const SweepTrial& trial, std::size_t prompt) const {
    const auto checkpoints = listCheckpoints(m_sweep.runFolder(trial));
    const auto best = std::ranges::find_if(checkpoints, &CheckpointInfo::best);
    const auto& samples = *m_sweep.file.samples;
    Sample job;
    job.project = m_sweep.file.project;
    job.weights = WhichWeights::Step;
    job.checkpoint = best != checkpoints.end() ? best->folder : checkpoints.back().folder;
    job.checkpointStep = best != checkpoints.end() ? best->step : checkpoints.back().step;
    job.prompt = samples.prompts[prompt];
    job.seed = samples.seed;
    job.count = samples.count;
    job.settings = samples.settings;
    job.out = promptFolder(m_sweep, trial, prompt);
    return job;
  }

  Finished writeResults() const {
    const auto rows = sweepRows(m_sweep).value();
    auto made = writeSweepSheets(m_sweep, rows).value();
    const auto add = [&](const char* name, const std::string& content) {
      writeFileAtomically(m_sweep.folder / name, content).value();
      made.push_back(m_sweep.folder / name);
    };
    auto summary = "Sweep " + m_sweep.id() + " is done: " + (m_sweep.folder / "table.md").string() + ".";
    if (isRanked(rows)) {
      TrainConfig best;
      applyTrainOptions(best, rows.front().trial.options).value();
      add("best.yaml", trainOptionsYaml(best));
      summary += " Best by validation: run " + std::to_string(rows.front().trial.number) + " (" +
                 describeTrial(rows.front().trial) + ").";
    }
    add("table.csv", sweepCsv(rows));
    add("table.md", sweepMarkdown(m_sweep, rows));
    add("table.json", sweepJson(m_sweep, rows));  // last: it says that the sweep is finished
    if (std::ranges::all_of(rows, [](const SweepRow& row) { return row.state == "failed"; })) {
      return failed({ErrorCode::InvalidArgument,
                     "All runs of the sweep failed. " + rows.front().failure,
                     {},
                     m_sweep.folder.string()});
    }
    return succeeded(summary, std::move(made));
  }

  const Sweep& m_sweep;
  const BatchHost& m_host;
};

}  // namespace

Finished runSweep(const Sweep& sweep, const BatchHost& host) {
  try {
    if (sweep.finished()) {
      return succeeded("Nothing left to do: sweep " + sweep.id() + " is finished. Its table: " +
                       (sweep.folder / "table.md").string() + ". Leave --resume out for a new one.");
    }
    const auto lock = FileLock::tryAcquire(sweep.folder / ".lock", 0).value();
    if (!lock) {
      return failed({ErrorCode::InvalidArgument,
                     "Another Likeness runs the sweep " + sweep.folder.string() + ". Wait until it is done.",
                     {},
                     sweep.folder.string()});
    }
    return SweepRunner(sweep, host).run();
  } catch (const ErrorException& failure) {
    if (failure.error().code == ErrorCode::Cancelled) return cancelled(failure.error().message);
    return failed(failure.error());
  }
}

Finished runSweepFile(const fs::path& file, bool resume, const BatchHost& host) {
  const auto sweep = resume ? findSweep(file) : createSweep(file);
  return sweep.ok() ? runSweep(*sweep, host) : failed(sweep.error());
}

}  // namespace likeness
