#include "core/engine/train_run.h"

#include "core/api/options.h"
#include "core/base/atomic_file.h"
#include "core/engine/base_model.h"
#include "core/project/presets.h"
#include "core/project/yaml_file.h"
#include "core/tensor/precision.h"
#include "core/train/checkpoint.h"
#include "core/train/dreambooth_trainer.h"

namespace likeness {
namespace fs = std::filesystem;

namespace {

// The preset's options, then the overrides.
Result<void> applySpec(TrainRun& run, const Project& project, const Train& spec) {
  if (!spec.preset.empty()) {
    LK_TRY(const auto family, presetFamilyOf(project.content().model));
    LK_TRY(const auto preset, presetOptions(spec.preset, family));
    LK_CHECK(applyTrainOptions(run.config, preset.options));
    run.presetSentence = preset.sentence;
  }
  LK_CHECK(applyTrainOptions(run.config, spec.overrides));
  run.config.precision = resolvedPrecision(run.config.precision);
  return {};
}

// The folder of the run to go on with; empty: a new one.
Result<fs::path> folderToGoOnWith(const Project& project, const Train& spec) {
  std::error_code ignored;
  if (!spec.runFolder.empty()) return fs::exists(spec.runFolder / "run.json", ignored) ? spec.runFolder : fs::path();
  if (!spec.resume) return fs::path();
  const auto runs = listRuns(project.folder());
  if (!runs.empty()) return runs.back().folder;
  return Error{
      ErrorCode::NotFound,
      project.folder().string() + " has no run to go on with. Start one with likeness-cli train, without --resume.",
      {},
      project.folder().string()};
}

}  // namespace

Result<TrainRun> chooseRun(const Project& project, const Train& spec) {
  TrainRun run;
  run.newFolder = spec.runFolder;
  run.stopAfter = spec.stopAfter;
  LK_TRY(run.folder, folderToGoOnWith(project, spec));
  if (run.folder.empty()) {
    run.config = project.content().train;
    LK_CHECK(applySpec(run, project, spec));
    return run;
  }
  LK_TRY(const auto options, readTrainOptions(run.folder / "config.yaml"));
  LK_CHECK(applyTrainOptions(run.config, options, run.folder / "config.yaml"));
  LK_CHECK(applySpec(run, project, spec));
  const auto checkpoints = listCheckpoints(run.folder);
  if (!checkpoints.empty()) {
    run.resumeFrom = checkpoints.back().folder;
    run.firstStep = checkpoints.back().step;
  }
  return run;
}

Result<void> beginRun(const Project& project, TrainRun& run) {
  const bool isNew = run.folder.empty();
  if (isNew) {
    run.folder = run.newFolder;
    if (run.folder.empty()) {
      LK_TRY(run.folder, createRunFolder(project.folder()));
    }
    LK_CHECK(makeFolder(run.folder));
  }
  const auto begin = [&]() -> Result<void> {
    LK_CHECK(noteThreads(run.folder));
    LK_CHECK(writeFileAtomically(run.folder / "config.yaml", trainOptionsYaml(run.config)));
    return writeRunRecord(run.folder, {RunState::Running, run.firstStep, run.config.steps, {}});
  };
  const auto begun = begin();
  std::error_code ignored;
  if (!begun.ok() && isNew) fs::remove_all(run.folder, ignored);
  return begun;
}

std::string announce(const TrainRun& run, std::size_t photos, std::size_t priors, int resolution) {
  const auto number = [](auto n) { return std::to_string(n); };
  const auto start = run.resumeFrom.empty() ? "Training run " + run.id() + ": " + number(run.lastStep()) + " steps"
                                            : "Going on with run " + run.id() + " after step " + number(run.firstStep) +
                                                  ": " + number(run.lastStep() - run.firstStep) + " of " +
                                                  number(run.config.steps) + " steps are left";
  return start + ", " + number(photos) + (photos == 1 ? " photo" : " photos") + " and " + number(priors) +
         " class images at " + number(resolution) + " px in " + trainOptionValues(run.config).at("precision") +
         ".";
}

}  // namespace likeness
