#include "core/engine/job_list.h"
#include "core/engine/project_view.h"
#include "core/engine/run_planner.h"
#include "core/engine/train_run.h"
#include "core/project/project_subjects.h"

namespace likeness {

Finished runJob(const PlanTraining& spec, JobContext& context, Studio& studio) {
  const auto project = Project::open(spec.project).value();
  Train train{spec.project, spec.overrides};
  train.preset = spec.preset;
  const auto config = chooseRun(project, train).value().config;
  // Photos are read here as training reads them, so that what reads them counts as part of the program.
  const auto resolution = resolutionOf(project.content().model, config).value();
  for (const auto& subject : allSubjects(project.content())) {
    auto photos = project.photosOf(subject);
    studio.photos.examine(photos, resolution, context.control).value();
  }
  RunPlanner planner(project, context, studio);
  context.events.send(Planned{planner.planWithOffers(config)});
  return succeeded({});
}

}  // namespace likeness
