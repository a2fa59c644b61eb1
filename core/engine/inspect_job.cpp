#include <algorithm>
#include <array>
#include <sstream>

#include "core/api/options.h"
#include "core/base/text.h"
#include "core/data/photo_reader.h"
#include "core/data/picture_file.h"
#include "core/engine/base_model.h"
#include "core/engine/job_list.h"
#include "core/project/run_folder.h"
#include "core/train/checkpoint.h"
#include "core/weights/diffusers_folder.h"
#include "core/weights/open_weights.h"
#include "core/weights/safetensors.h"

namespace likeness {
namespace fs = std::filesystem;
namespace {

// Collects what is said, once for people and once as JSON.
class About {
 public:
  About(const char* kind, const fs::path& path) {
    m_json = {{"kind", kind}, {"path", path.string()}};
    m_text << path.string() << ": " << kind << '\n';
  }
  template <typename T>
  void add(const char* key, const char* label, const T& value) {
    m_json[key] = value;
    m_text << "  " << label << ": " << value << '\n';
  }
  void line(const std::string& text) { m_text << "  " << text << '\n'; }
  Json& json() { return m_json; }
  [[nodiscard]] Inspected answer() const {
    return {m_text.str(), m_json.dump(-1, ' ', false, Json::error_handler_t::replace)};
  }

 private:
  std::ostringstream m_text;
  Json m_json;
};

struct Counts {
  std::int64_t tensors = 0;
  std::uint64_t numbers = 0, bytes = 0;
  std::map<std::string, std::int64_t> dtypes;
};

void count(const TensorSource& file, Counts& counts) {
  for (const auto& [name, info] : file.tensors()) {
    std::uint64_t numbers = 1;
    for (const auto size : info.shape) numbers *= static_cast<std::uint64_t>(size);
    ++counts.tensors;
    counts.numbers += numbers;
    counts.bytes += info.end - info.begin;
    ++counts.dtypes[c10::toString(info.dtype)];
  }
}

Json toJson(const Counts& counts) {
  return {
      {"tensors", counts.tensors}, {"parameters", counts.numbers}, {"bytes", counts.bytes}, {"dtypes", counts.dtypes}};
}

std::string describe(const Counts& counts) {
  std::string text = std::to_string(counts.tensors) + " tensors, " + std::to_string(counts.numbers) + " parameters, " +
                     formatBytes(counts.bytes);
  for (const auto& [dtype, number] : counts.dtypes) text += ", " + std::to_string(number) + " × " + dtype;
  return text;
}

Result<Inspected> inspectModel(const fs::path& folder, JobContext& context) {
  LK_TRY(const auto summary, summarizeModel(folder));
  About about("model", folder);
  about.add("resolution", "trained at (px)", summary.resolution);
  about.add("size_multiple", "sizes are multiples of (px)", summary.sizeMultiple);
  for (const char* part : {"unet", "vae", "text_encoder"}) {
    context.control.proceedOrThrow();
    LK_TRY(const auto files, openComponentWeights(folder / part));
    Counts counts;
    for (const auto& file : files) count(*file, counts);
    about.json()["parts"][part] = toJson(counts);
    about.line(std::string(part) + ": " + describe(counts));
    LK_TRY(about.json()["configs"][part], readJsonFile(folder / part / "config.json"));
  }
  LK_TRY(const auto scheduler, readSchedulerJson(folder / "scheduler" / "scheduler_config.json"));
  about.add("scheduler", "scheduler", jsonOr<std::string>(scheduler, "_class_name", "unknown"));
  about.add("prediction_type", "predicts", jsonOr<std::string>(scheduler, "prediction_type", "epsilon"));
  LK_TRY(const auto identity, modelIdentity(folder));
  about.add("identity", "SHA-256 of its content", identity);
  return about.answer();
}

Result<Inspected> inspectCheckpoint(const fs::path& folder) {
  LK_TRY(const auto state, readCheckpointState(folder));
  About about("checkpoint", folder);
  about.add("step", "after step", state.step);
  about.add("instance_prompt", "subject", state.instancePrompt);
  about.add("class_prompt", "class", state.classPrompt);
  about.add("text_encoder", "text encoder trained", state.textEncoder);
  about.json()["validation_loss"] = state.validationLoss;
  about.json()["model_identity"] = state.modelIdentity;
  about.json()["options"] = trainOptionValues(state.config);
  for (const char* name : {"unet.safetensors", "text_encoder.safetensors", "optimizer.safetensors"}) {
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
  About about("run", folder);
  addRun(about, run);
  return about.answer();
}

Result<Inspected> inspectProject(const fs::path& folder) {
  LK_TRY(const auto project, Project::open(folder));
  const auto view = project.snapshot();
  About about("project", view.folder);
  about.add("class", "class noun", view.classNoun);
  about.add("token", "identifier token", view.identifierToken);
  about.add("model", "model", view.model.empty() ? std::string("embedded base") : view.model.string());
  about.add("photos", "photos", view.photos.size());
  about.json()["training"] = trainOptionValues(view.train);
  for (const auto& option : trainOptions()) about.line(option.name + ": " + option.get(view.train));
  about.json()["runs"] = Json::array();
  for (const auto& run : view.runs) addRun(about, run);
  return about.answer();
}

Result<Inspected> inspectWeights(const fs::path& path) {
  LK_TRY(const auto opened, openWeightsFile(path));
  const auto& file = *opened;
  About about("weights file", path);
  Counts counts;
  count(file, counts);
  about.line(describe(counts));
  about.json().update(toJson(counts));
  about.json()["metadata"] = file.metadata();
  for (const auto& [key, value] : file.metadata()) about.line(key + " = " + value);
  for (const auto& [name, info] : file.tensors()) {
    std::ostringstream shape;
    shape << c10::toString(info.dtype) << ' ' << at::IntArrayRef(info.shape);
    about.line(name + ": " + shape.str());
    about.json()["shapes"][name] = info.shape;
  }
  return about.answer();
}

bool isWeightsName(const fs::path& path) {
  constexpr std::array<const char*, 5> kEndings{".safetensors", ".ckpt", ".pt", ".pth", ".bin"};
  return std::find(kEndings.begin(), kEndings.end(), path.extension()) != kEndings.end();
}

Result<Inspected> inspectPicture(const fs::path& path) {
  LK_TRY(const auto header, readPhotoHeader(path));
  About about("picture", path);
  about.add("format", "format", header.format);
  about.add("width", "width (px)", header.width);
  about.add("height", "height (px)", header.height);
  if (const auto texts = readPictureTexts(path); texts.ok() && texts->contains("parameters")) {
    about.add("parameters", "parameters", texts->at("parameters"));
  }
  if (const auto recipe = readRecipe(path); recipe.ok()) {
    about.json()["recipe"] = *recipe;
    for (const auto& [key, value] : recipe->items()) {
      about.line(key + ": " + (value.is_string() ? value.get<std::string>() : value.dump()));
    }
  }
  return about.answer();
}

Result<Inspected> inspect(const fs::path& given, JobContext& context) {
  std::error_code failure;
  auto path = fs::absolute(given).lexically_normal();
  if (!path.has_filename()) path = path.parent_path();
  const auto status = fs::status(path, failure);
  if (failure || !fs::exists(status)) return systemError(failure ? failure.value() : ENOENT, "look at", given.string());
  if (!fs::is_directory(status))
    return isWeightsName(path) ? inspectWeights(path) : inspectPicture(path);
  const auto has = [&](const char* name) { return fs::exists(path / name, failure); };
  if (has("project.yaml")) return inspectProject(path);
  if (has("model_index.json")) return inspectModel(path, context);
  if (has("state.json")) return inspectCheckpoint(path);
  if (has("run.json")) return inspectRun(path);
  if (failure) return systemError(failure.value(), "look into", given.string());
  return Error{ErrorCode::Unsupported,
               given.string() +
                   " is neither a model, nor a checkpoint, a run or a project. Name one of those, a .safetensors file "
                   "or a picture.",
               {},
               given.string()};
}

}  // namespace

Finished runJob(const Inspect& spec, JobContext& context, Studio&) {
  context.events.send(inspect(spec.path, context).value());
  return succeeded({});
}

}  // namespace likeness
