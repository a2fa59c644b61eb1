#include "core/base/log.h"
#include "core/engine/job_list.h"
#include "core/engine/token_advice.h"
#include "core/project/run_folder.h"
#include "core/train/checkpoint.h"

namespace likeness {
namespace fs = std::filesystem;
namespace {

Error notTrained(const fs::path& project) {
  return {ErrorCode::NotFound,
          project.string() + " is not trained yet: it has no checkpoint. Train it first.",
          {},
          project.string()};
}

}  // namespace

Result<CheckpointInfo> chooseCheckpoint(const fs::path& project, WhichWeights weights, std::int64_t step) {
  const auto runs = listRuns(project);
  std::string known;
  for (auto run = runs.rbegin(); run != runs.rend(); ++run) {
    const auto checkpoints = listCheckpoints(run->folder);
    if (checkpoints.empty()) continue;
    if (weights == WhichWeights::Last) return checkpoints.back();
    for (const auto& checkpoint : checkpoints) {
      if (weights == WhichWeights::Step ? checkpoint.step == step : checkpoint.best) return checkpoint;
      known += (known.empty() ? "" : ", ") + std::to_string(checkpoint.step);
    }
    if (weights == WhichWeights::Best) return checkpoints.back();
    break;
  }
  if (known.empty()) return notTrained(project);
  return Error{ErrorCode::NotFound,
               "The newest run of " + project.string() + " has no checkpoint of step " + std::to_string(step) +
                   ". There are those of: " + known + ".",
               {},
               project.string()};
}

void sendProject(const Project& project, JobContext& context, Studio& studio) {
  // Read again: another thread may have edited it meanwhile.
  const auto current = Project::open(project.folder());
  if (!current.ok()) return LK_LOG_WARN("{}", current.error().message);
  auto view = viewProject(*current, studio.photos, studio.recipes, context.control);
  if (view.ok()) view->tokenAdvice = tokenAdvice(studio.tokenizers, view->model, view->identifierToken);
  if (view.ok()) context.events.send(ProjectChanged{std::move(view).value()});
}

}  // namespace likeness
