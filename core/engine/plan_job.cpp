#include "core/engine/base_model.h"
#include "core/engine/job_list.h"
#include "core/engine/project_view.h"
#include "core/engine/train_run.h"
#include "core/tensor/memory.h"
#include "core/train/planner.h"
#include "core/train/token_vectors.h"

namespace likeness {

Finished runJob(const PlanTraining& spec, JobContext& context, Studio& studio) {
  const auto project = Project::open(spec.project).value();
  Train train{spec.project, spec.overrides};
  train.preset = spec.preset;
  const auto config = chooseRun(project, train).value().config;
  // Photos are read here as training reads them, so that what reads them counts as part of the program.
  const auto resolution = resolutionOf(project.content().model, config).value();
  std::vector<std::string> prompts;
  for (const auto& subject : allSubjects(project.content())) {
    auto photos = project.photosOf(subject);
    studio.photos.examine(photos, resolution, context.control).value();
    prompts.push_back(instancePrompt(subject));
    if (config.priorWeight > 0) prompts.push_back(classPrompt(subject));
  }
  const auto program = residentBytes();
  context.events.progress({"Opening the model", 0, 1});
  auto model = studio.models.fresh(modelPath(project.content().model).value(), context.control).value();
  context.events.progress({"Trying a few steps", 0, 1});
  if (tokenVectorCount(config) > 0) {
    addNewWord(model, config, newWord(config, project.content().token, project.content().classNoun)).value();
  }
  context.events.send(Planned{planTraining(model, config, prompts, program, context.control).value()});
  return succeeded({});
}

}  // namespace likeness
