#include "core/engine/base_model.h"
#include "core/engine/job_list.h"

namespace likeness {

Finished runJob(const Export& spec, JobContext& context, Studio& studio) {
  const auto project = Project::open(spec.project).value();
  if (spec.out.empty())
    throw ErrorException({ErrorCode::InvalidArgument, "No folder for the model was given. Name a new one."});
  const auto checkpoint = chooseCheckpoint(project.folder(), spec.weights, spec.checkpointStep).value();
  const auto folder = modelPath(project.content().model).value();
  context.events.progress({"Opening the model", 0, 1});
  const auto model = studio.models.trained(folder, checkpoint.folder, context.control).value();
  context.events.progress({"Writing the model", 0, 1});
  const auto out = std::filesystem::absolute(spec.out);
  makeFolder(out.parent_path()).value();
  exportDiffusersFolder(model, out, torch::kFloat32, &context.control).value();
  context.events.progress({"Writing the model", 1, 1});
  return succeeded("Wrote the model of step " + std::to_string(checkpoint.step) +
                       " as a diffusers folder: " + spec.out.string() + ". Prompts name the subject \"" +
                       project.content().token + " " + project.content().classNoun + "\".",
                   {spec.out});
}

}  // namespace likeness
