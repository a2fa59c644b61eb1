#include "core/engine/run_planner.h"

#include "core/engine/base_model.h"
#include "core/engine/project_view.h"
#include "core/project/project_subjects.h"
#include "core/tensor/memory.h"
#include "core/train/dreambooth_trainer.h"
#include "core/train/token_vectors.h"

namespace likeness {

RunPlanner::RunPlanner(const Project& project, JobContext& context, Studio& studio)
    : m_project(project),
      m_context(context),
      m_studio(studio),
      m_model(modelPath(project.content().model).value()),
      m_program(residentBytes()) {}

TrainingPlan RunPlanner::plan(const TrainConfig& config) {
  releaseFreedMemory();
  const auto before = residentBytes();
  const auto& content = m_project.content();
  auto model = m_studio.models.fresh(m_model, m_context.control).value();
  m_sizes = squareSizes(model, config);
  std::vector<std::string> prompts;
  for (const auto& subject : allSubjects(content)) {
    prompts.push_back(instancePrompt(subject));
    if (config.priorWeight > 0) prompts.push_back(classPrompt(subject));
  }
  if (tokenVectorCount(config) > 0) addNewWord(model, config, newWord(config, content.token, content.classNoun)).value();
  auto plan = planTraining(model, config, prompts, before, m_context.control).value();
  // What an earlier trial left behind, a run would not have.
  const auto left = std::min(plan.program, before - std::min(before, m_program));
  plan.program -= left;
  plan.total -= left;
  return plan;
}

TrainingPlan RunPlanner::planWithOffers(const TrainConfig& config) {
  m_context.events.progress({"Trying a few steps", 0, 1});
  auto asked = plan(config);
  if (asked.fits()) return asked;
  m_context.events.progress({"Looking for settings that fit", 0, 1});
  const auto sizes = m_sizes;
  asked.offers = nearestThatFit(config, sizes, [this](const TrainConfig& changed) { return plan(changed); });
  return asked;
}

void refuseWhatCannotFit(const StableDiffusion& model, const Project& project, const TrainConfig& config,
                         JobContext& context, Studio& studio) {
  const auto counted = countedPlan(model, config);
  const auto resolution = trainedResolution(model, config).value();
  if (surelyFits(counted, config, resolution, residentBytes())) return;
  RunPlanner planner(project, context, studio);
  checkFits(planner.planWithOffers(config)).value();
}

}  // namespace likeness
