#pragma once
#include <algorithm>
#include <filesystem>
#include <optional>
#include <string>

#include "core/api/job.h"
#include "core/engine/job_context.h"
#include "core/project/project.h"
#include "core/project/run_folder.h"

namespace likeness {

/// Which run a Train job works on, and from where.
struct TrainRun {
  std::filesystem::path folder;      ///< empty until a new run's folder is made
  std::filesystem::path newFolder;   ///< where to make it; empty: under the project's `runs/`
  std::filesystem::path resumeFrom;  ///< a checkpoint, or empty: from the first step
  std::int64_t firstStep = 0;
  std::int64_t stopAfter = 0;        ///< see Train
  TrainConfig config;
  std::string presetSentence;        ///< what its preset does, for people; empty without one

  [[nodiscard]] std::string id() const { return folder.filename().string(); }
  [[nodiscard]] std::int64_t lastStep() const {
    return stopAfter > 0 ? std::min(stopAfter, config.steps) : config.steps;
  }
  [[nodiscard]] bool nothingLeft() const { return firstStep >= lastStep(); }
};

/// A new run with the project's options, or the one to go on with, with its own; preset and overrides over them; nothing
/// is written. Errors: NotFound if there is nothing to resume; those of setTrainOption and of presetOptions.
[[nodiscard]] Result<TrainRun> chooseRun(const Project& project, const Train& spec);

/// Makes the folder of a new run; writes config.yaml, then run.json, which makes it a run.
[[nodiscard]] Result<void> beginRun(const Project& project, TrainRun& run);

/// The sentence that says what will run before it runs.
[[nodiscard]] std::string announce(const TrainRun& run, std::size_t photos, std::size_t priors, int resolution);

}  // namespace likeness
