#include "core/engine/base_model.h"
#include "core/engine/job_list.h"
#include "core/engine/project_view.h"
#include "core/tensor/memory.h"
#include "core/tensor/precision.h"
#include "core/train/planner.h"
#include "core/project/yaml_file.h"

namespace likeness {

Finished runJob(const PlanTraining& spec, JobContext& context, Studio& studio) {
  const auto project = Project::open(spec.project).value();
  auto config = project.content().train;
  applyTrainOptions(config, spec.overrides).value();
  config.precision = resolvedPrecision(config.precision);
  // Photos are read here as training reads them, so that what reads them counts as part of the program.
  auto photos = project.snapshot().photos;
  studio.photos.examine(photos, resolutionOf(project.content().model, config).value(), context.control).value();
  const auto program = residentBytes();
  context.events.progress({"Opening the model", 0, 1});
  auto model = studio.models.fresh(modelPath(project.content().model).value(), context.control).value();
  context.events.progress({"Trying a few steps", 0, 1});
  const std::vector<std::string> prompts{instancePrompt(project.content()), classPrompt(project.content())};
  context.events.send(Planned{planTraining(model, config, prompts, program, context.control).value()});
  return succeeded({});
}

}  // namespace likeness
