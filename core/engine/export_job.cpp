#include "core/engine/base_model.h"
#include "core/engine/embedding_output.h"
#include "core/engine/job_list.h"
#include "core/engine/lora_output.h"
#include "core/engine/model_output.h"
#include "core/project/project_subjects.h"
#include "core/sample/open_model_files.h"
#include "core/api/options.h"

namespace likeness {

Finished runJob(const Export& spec, JobContext& context, Studio& studio) {
  const auto project = Project::open(spec.project).value();
  if (spec.out.empty())
    throw ErrorException({ErrorCode::InvalidArgument, "No name for the model was given. Name a new one."});
  const auto dtype = parseDtype(spec.dtype).value().value_or(torch::kFloat32);
  const auto checkpoint = chooseCheckpoint(project.folder(), spec.weights, spec.checkpointStep).value();
  const auto& content = project.content();
  const std::string named = content.furtherSubjects.empty() ? "subject" : "subjects";
  const auto naming = " Prompts name the " + named + " \"" + subjectWords(content) + "\".";
  const auto ofStep = " of step " + std::to_string(checkpoint.step);
  if (spec.embedding) {
    const auto text = writeTrainedEmbedding(spec, project, checkpoint);
    return succeeded("Wrote the training" + ofStep + " as " + text + naming, {spec.out});
  }
  if (spec.lora) {
    const auto text = writeTrainedLora(spec, project, checkpoint);
    return succeeded("Wrote the training" + ofStep + " as " + text + naming, {spec.out});
  }
  const auto state = readCheckpointState(checkpoint.folder).value();
  refuseWordAlone(state, project);
  const auto word = embeddingBeside(spec.out, state);
  context.events.progress({"Opening the model", 0, 1});
  const auto model = studio.models.merged(modelPath(content.model).value(), checkpoint.folder, context.control).value();
  const auto files = modelFilesOf(model).value();
  SingleFileInfo info{subjectWords(content), content.token, content.classNoun, {}, {}};
  info.recipe = {{"step", checkpoint.step}, {"options", trainOptionValues(content.train)}};
  const auto text = writeModel(files, {spec.format, spec.out, dtype, std::move(info)}, context) +
                    writeEmbeddingBeside(word, spec, project, checkpoint);
  return succeeded("Wrote the model" + ofStep + " as " + text + naming, {spec.out});
}

}  // namespace likeness
