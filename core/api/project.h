#pragma once
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "core/api/photo.h"
#include "core/api/train_config.h"

namespace likeness {

/// One class image of a project.
struct PriorInfo {
  std::filesystem::path file;
  std::uint64_t seed = 0;
  bool kept = true;
};

/// One checkpoint of a run.
struct CheckpointInfo {
  std::int64_t step = 0;
  std::filesystem::path folder;
  double validationLoss = 0;  ///< NaN when never validated
  bool best = false;
};

enum class RunState { Running, Interrupted, Finished, Failed, Stopped };

/// One training run. Running but without a live process means interrupted: it can be resumed.
struct RunInfo {
  std::string id;
  std::filesystem::path folder;
  RunState state = RunState::Interrupted;
  std::int64_t step = 0;   ///< last step that was logged
  std::int64_t steps = 0;  ///< steps wanted
  std::vector<CheckpointInfo> checkpoints;  ///< oldest first
};

/// A picture made in the project.
struct PictureInfo {
  std::filesystem::path file;
  std::string recipe;  ///< JSON text, see SampleSpec
  bool favourite = false;
};

/// A subject that is taught beside a project's first one.
struct SubjectInfo {
  std::string classNoun;
  std::string identifierToken;
  double weight = 1;         ///< how much it counts beside the others
  std::int64_t repeats = 1;  ///< how often it is shown while the others are shown once
  std::vector<PhotoInfo> photos;
};

/// Everything that the window shows of a project: a value, made anew after each change.
struct ProjectSnapshot {
  std::filesystem::path folder;
  std::string name;
  std::string classNoun;
  std::string identifierToken = "sks";
  std::string tokenAdvice;      ///< a sentence where the token is not one rare token of the model; else empty
  std::filesystem::path model;  ///< empty: the embedded base
  std::string modelTitle;       ///< "Embedded base · 128 px"
  int resolution = 0;           ///< pixels of the trained square
  std::vector<PhotoInfo> photos;
  std::vector<PriorInfo> priors;
  std::filesystem::path ownPriors;  ///< a folder of the user's own class images, empty: made ones
  TrainConfig train;
  std::vector<RunInfo> runs;         ///< oldest first
  std::vector<PictureInfo> pictures; ///< oldest first
  std::string page;                  ///< the page that the window showed last
  double weight = 1;                 ///< of the first subject, see SubjectInfo
  std::int64_t repeats = 1;
  std::vector<SubjectInfo> furtherSubjects;  ///< beside the one above
};

}  // namespace likeness
