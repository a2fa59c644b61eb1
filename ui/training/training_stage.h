#pragma once
#include <QString>
#include <optional>

#include "ui/session.h"

namespace likeness {

/// Where training stands, as far as the page's sentence and buttons hang on it.
enum class TrainingStage {
  NeedsPhotos,  ///< nothing to learn from yet
  Ready,        ///< never trained
  Waiting,      ///< asked for, another job runs first
  Running,
  Paused,
  Stopping,
  CanGoOn,  ///< a run that stopped before its end and has a checkpoint
  Done,     ///< the newest run reached its end
  Failed,   ///< the newest run ended by an error, with nothing to go on from
};

[[nodiscard]] TrainingStage trainingStage(const Session& session);

/// The newest run of a project, null when it has none.
[[nodiscard]] const RunInfo* newestRun(const ProjectSnapshot& project);

/// The step that a resumed run goes on from: that of the newest checkpoint.
[[nodiscard]] std::optional<std::int64_t> resumeStep(const RunInfo& run);

/// "step 412 of 800", with the numbers in the user's spelling.
[[nodiscard]] QString stepOf(std::int64_t step, std::int64_t steps);

}  // namespace likeness
