#include "core/engine/embedding_output.h"

#include "core/api/options.h"
#include "core/base/json.h"
#include "core/engine/failure.h"
#include "core/engine/model_output.h"
#include "core/project/project_subjects.h"
#include "core/weights/open_weights.h"
#include "core/weights/textual_inversion.h"

namespace likeness {
namespace fs = std::filesystem;
namespace {

std::string write(const fs::path& target, const Export& spec, const Project& project,
                  const CheckpointInfo& checkpoint) {
  const auto state = readCheckpointState(checkpoint.folder).value();
  const auto file = openWeightsFile(embeddingForPictures(checkpoint.folder)).value();
  auto word = readTextualInversion(*file).value();
  word.names = {state.token};
  const auto dtype = parseDtype(spec.dtype).value().value_or(torch::kFloat32);
  writeTextualInversion(target, word, dtype, trainedMetadata(project, state)).value();
  return "\"" + state.token + "\" of " + std::to_string(word.count()) + (word.count() == 1 ? " vector: " : " vectors: ") +
         target.string() + ".";
}

}  // namespace

Metadata trainedMetadata(const Project& project, const CheckpointState& state) {
  const auto& content = project.content();
  const Json recipe{{"step", state.step}, {"options", trainOptionValues(state.config)}};
  const auto words = subjectWords(content);
  return {{"likeness.token", content.token},
          {"likeness.class", content.classNoun},
          {"likeness.recipe", recipe.dump(-1, ' ', false, Json::error_handler_t::replace)},
          {"modelspec.title", words},
          {"modelspec.trigger_phrase", words}};
}

std::string writeTrainedEmbedding(const Export& spec, const Project& project, const CheckpointInfo& checkpoint) {
  const auto state = readCheckpointState(checkpoint.folder).value();
  if (state.token.empty()) {
    refuse("The newest run of " + project.folder().string() +
               " learnt no word of its own. Train with method=textual-inversion, or with method=lora and token_vectors.",
           project.folder());
  }
  if (spec.out.extension() != ".safetensors") {
    refuse("An embedding's file must end in .safetensors: " + spec.out.string(), spec.out);
  }
  std::error_code ignored;
  if (fs::exists(fs::symlink_status(spec.out, ignored))) {
    refuse(spec.out.string() + " exists already. Give a new name.", spec.out);
  }
  return "the textual-inversion embedding " + write(spec.out, spec, project, checkpoint);
}

fs::path embeddingBeside(const fs::path& out, const CheckpointState& state) {
  if (state.token.empty()) return {};
  const bool file = out.extension() == ".safetensors";
  const auto name = (file ? out.stem() : out.filename()).string() + "_emb.safetensors";
  const auto target = file ? out.parent_path() / name : out / name;
  std::error_code ignored;
  if (fs::exists(fs::symlink_status(target, ignored))) {
    refuse(target.string() + ", where the run's word belongs, exists already. Give a new name.", target);
  }
  return target;
}

std::string writeEmbeddingBeside(const fs::path& target, const Export& spec, const Project& project,
                                 const CheckpointInfo& checkpoint) {
  if (target.empty()) return {};
  return " It needs the word " + write(target, spec, project, checkpoint);
}

void refuseWordAlone(const CheckpointState& state, const Project& project) {
  if (state.config.method != TrainMethod::TextualInversion) return;
  refuse("The newest run of " + project.folder().string() + " learnt the word \"" + state.token +
             "\" and left the model as it is. Export the word alone, with --format embedding, and use it with the model "
             "that you began with.",
         project.folder());
}

}  // namespace likeness
