#include "core/api/options.h"
#include "core/base/text.h"
#include "core/data/photo_reader.h"
#include "core/data/picture_file.h"
#include "core/engine/about.h"
#include "core/engine/inspect_picture.h"
#include "core/engine/inspect_weights.h"
#include "core/engine/job_list.h"
#include "core/project/run_folder.h"
#include "core/train/checkpoint.h"
#include "core/weights/safetensors.h"

namespace likeness {
namespace fs = std::filesystem;
namespace {

Result<Inspected> inspectCheckpoint(const fs::path& folder) {
  LK_TRY(const auto state, readCheckpointState(folder));
  About about("checkpoint", "checkpoint", folder);
  about.add("step", "after step", state.step);
  about.add("instance_prompt", "subject", state.prompts.front().instance);
  about.add("class_prompt", "class", state.prompts.front().classes);
  if (!state.token.empty()) about.add("token", "word with vectors of its own", state.token);
  for (std::size_t i = 1; i < state.prompts.size(); ++i) {
    const auto& [instance, classes] = state.prompts[i];
    about.json()["further_subjects"].push_back({{"instance_prompt", instance}, {"class_prompt", classes}});
    about.line("subject " + std::to_string(i + 1) + ": " + instance + "; class: " + classes);
  }
  about.add("text_encoder", "text encoder trained", state.textEncoder);
  about.json()["validation_loss"] = state.validationLoss;
  about.json()["model_identity"] = state.modelIdentity;
  about.json()["options"] = trainOptionValues(state.config);
  for (const char* name :
       {"unet.safetensors", "text_encoder.safetensors", "text_encoder_2.safetensors", kLoraFile,
        kEmbeddingFile, "optimizer.safetensors"}) {
    if (!fs::exists(folder / name)) continue;
    LK_TRY(const auto file, SafetensorsFile::open(folder / name));
    Counts counts;
    count(file, counts);
    about.json()["files"][name] = toJson(counts);
    about.line(std::string(name) + ": " + describe(counts));
  }
  for (const auto& option : trainOptions()) about.line(option.name + ": " + option.get(state.config));
  return about.answer();
}

void addRun(About& about, const RunInfo& run) {
  Json json = {{"id", run.id},
               {"state", runStateName(run.state)},
               {"step", run.step},
               {"steps", run.steps},
               {"checkpoints", Json::array()}};
  std::string steps;
  for (const auto& checkpoint : listCheckpoints(run.folder)) {
    json["checkpoints"].push_back(checkpoint.step);
    steps += (steps.empty() ? "" : ", ") + std::to_string(checkpoint.step) + (checkpoint.best ? " (best)" : "");
  }
  about.json()["runs"].push_back(json);
  about.line("run " + run.id + ": " + runStateName(run.state) + ", step " + std::to_string(run.step) + " of " +
             std::to_string(run.steps) + (steps.empty() ? "" : ", checkpoints of steps " + steps));
}

Result<Inspected> inspectRun(const fs::path& folder) {
  LK_TRY(const auto run, readRun(folder.parent_path().parent_path(), folder.filename().string()));
  About about("run", "run", folder);
  addRun(about, run);
  return about.answer();
}

void addFurtherSubjects(About& about, const ProjectSnapshot& view) {
  if (view.furtherSubjects.empty()) return;
  const auto balance = [](double weight, std::int64_t repeats) {
    return (weight == 1 ? "" : ", weight " + Json(weight).dump()) +
           (repeats == 1 ? "" : ", repeats " + std::to_string(repeats));
  };
  about.json()["weight"] = view.weight;
  about.json()["repeats"] = view.repeats;
  about.line("[V1]: " + view.identifierToken + " " + view.classNoun + balance(view.weight, view.repeats));
  int number = 1;
  for (const auto& subject : view.furtherSubjects) {
    const auto photos = subject.photos.size();
    about.json()["further_subjects"].push_back({{"class", subject.classNoun},
                                                {"token", subject.identifierToken},
                                                {"weight", subject.weight},
                                                {"repeats", subject.repeats},
                                                {"photos", photos}});
    about.line("[V" + std::to_string(++number) + "]: " + subject.identifierToken + " " + subject.classNoun + ", " +
               std::to_string(photos) + (photos == 1 ? " photo" : " photos") +
               balance(subject.weight, subject.repeats));
  }
}

Result<Inspected> inspectProject(const fs::path& folder) {
  LK_TRY(const auto project, Project::open(folder));
  const auto view = project.snapshot();
  About about("project", "project", view.folder);
  about.add("class", "class noun", view.classNoun);
  about.add("token", "identifier token", view.identifierToken);
  about.add("model", "model", view.model.empty() ? std::string("embedded base") : view.model.string());
  about.add("photos", "photos", view.photos.size());
  addFurtherSubjects(about, view);
  about.json()["training"] = trainOptionValues(view.train);
  for (const auto& option : trainOptions()) about.line(option.name + ": " + option.get(view.train));
  about.json()["runs"] = Json::array();
  for (const auto& run : view.runs) addRun(about, run);
  return about.answer();
}

Result<Inspected> inspect(const fs::path& given, bool withIdentity) {
  std::error_code failure;
  auto path = fs::absolute(given).lexically_normal();
  if (!path.has_filename()) path = path.parent_path();
  const auto status = fs::status(path, failure);
  if (failure || !fs::exists(status)) return systemError(failure ? failure.value() : ENOENT, "look at", given.string());
  if (!fs::is_directory(status)) return isWeightsFile(path) ? inspectWeights(path) : inspectPicture(path);
  const auto has = [&](const char* name) { return fs::exists(path / name, failure); };
  if (has("project.yaml")) return inspectProject(path);
  if (has("model_index.json")) return inspectModel(path, withIdentity);
  if (has("state.json")) return inspectCheckpoint(path);
  if (has("run.json")) return inspectRun(path);
  if (failure) return systemError(failure.value(), "look into", given.string());
  return Error{ErrorCode::Unsupported,
               given.string() +
                   " is neither a model, nor a checkpoint, a run or a project. Name one of those, a file of weights "
                   "or a picture.",
               {},
               given.string()};
}

}  // namespace

Finished runJob(const Inspect& spec, JobContext& context, Studio&) {
  context.events.send(inspect(spec.path, spec.identity).value());
  return succeeded({});
}

}  // namespace likeness
