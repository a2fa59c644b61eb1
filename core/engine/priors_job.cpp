#include "core/api/options.h"
#include "core/engine/base_model.h"
#include "core/engine/job_list.h"
#include "core/engine/training_set.h"
#include "core/project/project_lock.h"

namespace likeness {

PriorSet preparePriors(const Project& project, const PriorRequest& request, JobContext& context, Studio& studio) {
  makeFolder(request.projectPriorsFolder).value();
  const auto folder = modelPath(project.content().model).value();
  const auto plan = planPriors(request).value();
  PriorCallbacks callbacks;
  callbacks.onPrior = [&](const PriorReady& prior) { context.events.send(prior); };
  callbacks.onProgress = [&](const Progress& progress) { context.events.progress(progress); };
  callbacks.onNotice = [&](const Notice& notice) { context.events.send(notice); };
  if (plan.missing == 0 && !request.replaceRejected) {  // no need to open the model
    context.notice("priors", "All " + std::to_string(plan.reused) + " class images are there already.");
    return {priorFolder(request), listPriors(priorFolder(request)).value(), plan.reused, 0};
  }
  context.events.progress({"Opening the model", 0, 1});
  const auto model = studio.models.base(folder, context.control).value();
  return makePriors(model, request, context.control, callbacks).value();
}

Finished runJob(const MakePriors& spec, JobContext& context, Studio& studio) {
  auto project = Project::open(spec.project).value();
  const auto lock = ProjectLock::acquire(project.folder(), ProjectLockKind::Compute);
  lock.value();
  if (spec.count) {
    const auto text = std::to_string(*spec.count);
    project.edit([&](ProjectFile& content) { return setTrainOption(content.train, "prior_count", text); }).value();
  }
  const auto subjects = subjectsWithMadePriors(project.content());
  if (subjects.empty()) {
    throw ErrorException({ErrorCode::InvalidArgument, "The project uses your own class images in " +
                                                          project.content().ownPriors.string() +
                                                          ". Switch back to made ones first."});
  }
  const auto priors = prepareAllPriors(project, project.content().train, spec.replaceRejected, context, studio);
  const auto& folder = subjects.size() == 1 ? priors.folder : project.priorsFolder();
  sendProject(project, context, studio);
  return succeeded("Made " + std::to_string(priors.made) + " class images, " + std::to_string(priors.reused) +
                       " were there already: " + folder.string(),
                   {folder});
}

}  // namespace likeness
