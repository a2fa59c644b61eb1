#include "core/train/checkpoint.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <limits>
#include <optional>

#include "core/api/options.h"
#include "core/base/atomic_file.h"
#include "core/base/json.h"
#include "core/base/log.h"
#include "core/train/weight_average.h"
#include "core/weights/diffusers_folder.h"
#include "core/weights/load_module.h"
#include "core/weights/lora_write.h"
#include "core/weights/textual_inversion.h"
#include "core/weights/safetensors.h"

namespace likeness {
namespace fs = std::filesystem;
namespace {

constexpr const char* kStateFile = "state.json";
constexpr const char* kUnetFile = "unet.safetensors";
constexpr std::array kTextEncoderFiles{"text_encoder.safetensors", "text_encoder_2.safetensors"};
constexpr const char* kOptimizerFile = "optimizer.safetensors";
constexpr const char* kAverageLoraFile = "lora_average.safetensors";
constexpr const char* kAverageEmbeddingFile = "embedding_average.safetensors";
constexpr const char* kAverageFile = "average.safetensors";
constexpr const char* kPrefix = "step-";

std::optional<std::int64_t> stepOfFolder(const fs::path& folder) {
  const auto name = folder.filename().string();
  if (!name.starts_with(kPrefix)) return std::nullopt;
  std::int64_t step = 0;
  const auto* end = name.data() + name.size();
  const auto [stop, error] = std::from_chars(name.data() + std::string_view(kPrefix).size(), end, step);
  if (error != std::errc() || stop != end || step < 0) return std::nullopt;
  return step;
}

// state.json goes first: without it the rest is not a checkpoint, so an interruption leaves no half one.
void removeCheckpoint(const fs::path& folder) {
  std::error_code failed;
  fs::remove(folder / kStateFile, failed);
  fs::remove_all(folder, failed);
  if (failed) LK_LOG_WARN("could not delete the old checkpoint {}: {}", folder.string(), failed.message());
}

int versionOf(const CheckpointState& state) {
  if (!state.token.empty()) return kCheckpointVersion;
  return state.config.method == TrainMethod::Lora ? 2 : 1;
}

Json stateToJson(const CheckpointState& state) {
  Json config = Json::object();
  for (const auto& [name, value] : trainOptionValues(state.config)) config[name] = value;
  Json validations = Json::array();
  for (const auto& [step, loss] : state.validations) {
    validations.push_back({{"step", step}, {"loss", std::isfinite(loss) ? Json(loss) : Json()}});
  }
  Json json{{"version", versionOf(state)},
           {"token", state.token},
          {"step", state.step},
          {"config", config},
          {"model_identity", state.modelIdentity},
          {"instance_prompt", state.prompts.front().instance},
          {"class_prompt", state.prompts.front().classes},
          {"validation_loss", std::isfinite(state.validationLoss) ? Json(state.validationLoss) : Json()},
          {"text_encoder", state.textEncoder},
          {"validations", validations},
          {"threads", state.threads}};
  if (state.photosAtOnce > 0) json["photos_at_once"] = state.photosAtOnce;
  if (state.recompute) json["recompute"] = true;
  if (state.lossScale) {
    const auto& scale = *state.lossScale;
    json["loss_scale"] = {{"scale", scale.scale},
                          {"good_steps", scale.goodSteps},
                          {"skipped", scale.skipped},
                          {"skipped_in_a_row", scale.skippedInARow}};
  }
  for (std::size_t i = 1; i < state.prompts.size(); ++i) {
    json["further_subjects"].push_back(
        {{"instance_prompt", state.prompts[i].instance}, {"class_prompt", state.prompts[i].classes}});
  }
  return json;
}

// What a run had measured, where the file says it; older ones don't.
void readProgress(const Json& json, CheckpointState& state) {
  const auto number = std::numeric_limits<double>::quiet_NaN();
  if (const auto list = json.find("validations"); list != json.end() && list->is_array()) {
    for (const auto& entry : *list) {
      if (!entry.is_object()) continue;
      state.validations.push_back({jsonOr<std::int64_t>(entry, "step", 0), jsonOr(entry, "loss", number)});
    }
  }
  if (const auto scale = json.find("loss_scale"); scale != json.end() && scale->is_object()) {
    const LossScale start;
    state.lossScale = LossScale{jsonOr(*scale, "scale", start.scale), jsonOr<std::int64_t>(*scale, "good_steps", 0),
                                jsonOr<std::int64_t>(*scale, "skipped", 0),
                                jsonOr<std::int64_t>(*scale, "skipped_in_a_row", 0)};
  }
}

SubjectPrompts promptsIn(const Json& json) {
  return {jsonOr<std::string>(json, "instance_prompt", ""), jsonOr<std::string>(json, "class_prompt", "")};
}

Error damaged(const fs::path& checkpoint, const std::string& detail) {
  return {ErrorCode::Corrupt,
          "The checkpoint " + checkpoint.string() + " is damaged. Choose another one of this run.", detail,
          checkpoint.string()};
}

Result<void> writeWholeWeights(const fs::path& folder, const StableDiffusion& model, bool textEncoder) {
  LK_CHECK(writeSafetensors(folder / kUnetFile, stateDict(*model.unet)));
  const auto encoders = model.textEncoders();
  for (std::size_t i = 0; textEncoder && i < encoders.size(); ++i) {
    LK_CHECK(writeSafetensors(folder / kTextEncoderFiles.at(i), stateDict(*encoders[i].model)));
  }
  return {};
}

Result<TensorSources> openWeights(const fs::path& checkpoint, const char* file) {
  LK_TRY(auto weights, SafetensorsFile::open(checkpoint / file));
  return TensorSources{std::make_shared<const SafetensorsFile>(std::move(weights))};
}

}  // namespace

fs::path checkpointsFolder(const fs::path& runFolder) { return runFolder / "checkpoints"; }

fs::path checkpointFolder(const fs::path& runFolder, std::int64_t step) {
  return checkpointsFolder(runFolder) / (kPrefix + std::to_string(step));
}

std::vector<CheckpointInfo> listCheckpoints(const fs::path& runFolder) {
  std::vector<CheckpointInfo> found;
  std::error_code failed;
  for (const auto& entry : fs::directory_iterator(checkpointsFolder(runFolder), failed)) {
    const auto step = stepOfFolder(entry.path());
    if (!step || !fs::exists(entry.path() / kStateFile, failed)) continue;
    const auto state = readCheckpointState(entry.path());
    if (!state.ok()) {
      LK_LOG_WARN("left out a checkpoint: {}", state.error().message);
      continue;
    }
    found.push_back({*step, entry.path(), state.value().validationLoss, false});
  }
  std::ranges::sort(found, {}, &CheckpointInfo::step);
  if (found.empty()) return found;
  const auto rank = [](const CheckpointInfo& info) {
    return std::isnan(info.validationLoss) ? std::numeric_limits<double>::infinity() : info.validationLoss;
  };
  const auto best = std::ranges::min_element(found, {}, rank);
  (std::isnan(best->validationLoss) ? found.back() : *best).best = true;
  return found;
}

Result<CheckpointState> readCheckpointState(const fs::path& checkpoint) {
  std::error_code failed;
  if (!fs::exists(checkpoint / kStateFile, failed)) {
    return Error{ErrorCode::NotFound, "There is no checkpoint in " + checkpoint.string() + ".", "",
                 checkpoint.string()};
  }
  LK_TRY(const auto json, readJsonFile(checkpoint / kStateFile));
  const auto version = jsonOr(json, "version", 0);
  if (version > kCheckpointVersion) {
    return Error{ErrorCode::NewerVersion,
                 "The checkpoint " + checkpoint.string() + " was written by a newer version. Update this program.", "",
                 checkpoint.string()};
  }
  if (version < 1 || !json.contains("step") || !json.contains("config") || !json["config"].is_object()) {
    return damaged(checkpoint, "state.json lacks version, step or config");
  }
  CheckpointState state;
  state.step = jsonOr<std::int64_t>(json, "step", 0);
  for (const auto& [name, value] : json["config"].items()) {
    if (!value.is_string()) return damaged(checkpoint, "option " + name);
    // An option that we no longer have can't matter; one that we can't read does.
    const auto set = setTrainOption(state.config, name, value.get<std::string>());
    if (!set.ok()) LK_LOG_WARN("{}: {}", checkpoint.string(), set.error().message);
  }
  state.modelIdentity = jsonOr<std::string>(json, "model_identity", "");
  state.prompts = {promptsIn(json)};
  if (json.contains("further_subjects") && json["further_subjects"].is_array()) {
    for (const auto& subject : json["further_subjects"]) state.prompts.push_back(promptsIn(subject));
  }
  state.validationLoss = jsonOr(json, "validation_loss", std::numeric_limits<double>::quiet_NaN());
  state.textEncoder = jsonOr(json, "text_encoder", false);
  state.threads = jsonOr(json, "threads", 0);
  state.photosAtOnce = jsonOr<std::int64_t>(json, "photos_at_once", 0);
  state.recompute = jsonOr(json, "recompute", false);
  readProgress(json, state);
  state.token = jsonOr<std::string>(json, "token", "");
  return state;
}

Result<void> loadTrainedWeights(StableDiffusion& model, const fs::path& checkpoint, LoraMode mode, WeightsFor use) {
  LK_TRY(const auto state, readCheckpointState(checkpoint));
  if (!state.token.empty()) {
    LK_TRY(const auto file, SafetensorsFile::open(use == WeightsFor::Pictures ? embeddingForPictures(checkpoint)
                                                                              : checkpoint / kEmbeddingFile));
    LK_TRY(auto word, readTextualInversion(file));
    word.names = {state.token};
    LK_CHECK(checkEmbeddings(model.textEncoders(), {word}));
    model.embeddings.push_back(std::move(word));
  }
  if (state.config.method == TrainMethod::TextualInversion) return {};
  if (state.config.method == TrainMethod::Lora) {
    const auto file = use == WeightsFor::Pictures ? loraForPictures(checkpoint) : checkpoint / kLoraFile;
    LK_TRY(auto applied, applyLoras(model, {{file, 1.0}}, mode));
    applied.keep();
    return {};
  }
  LK_TRY(const auto unet, openWeights(checkpoint, kUnetFile));
  auto encoders = model.textEncoders();
  for (std::size_t i = 0; state.textEncoder && i < encoders.size(); ++i) {
    LK_TRY(const auto weights, openWeights(checkpoint, kTextEncoderFiles.at(i)));
    if (const auto loaded = loadModule(*encoders[i].model, weights); !loaded.ok()) return loaded.error();
  }
  if (const auto loaded = loadModule(*model.unet, unet); !loaded.ok()) return loaded.error();
  if (use == WeightsFor::Training || state.config.emaDecay == 0) return {};
  return loadAveragedWeights(model, averageFile(checkpoint));
}

fs::path averageFile(const fs::path& checkpoint) { return checkpoint / kAverageFile; }

fs::path loraForPictures(const fs::path& checkpoint) {
  std::error_code failed;
  const auto average = checkpoint / kAverageLoraFile;
  return fs::exists(average, failed) ? average : checkpoint / kLoraFile;
}

fs::path embeddingForPictures(const fs::path& checkpoint) {
  std::error_code failed;
  const auto average = checkpoint / kAverageEmbeddingFile;
  return fs::exists(average, failed) ? average : checkpoint / kEmbeddingFile;
}

namespace {

Result<void> writeLearnt(const fs::path& folder, const StableDiffusion& model, const CheckpointState& state,
                         const LearntTensors& learnt) {
  if (state.config.method == TrainMethod::Full) return writeWholeWeights(folder, model, state.textEncoder);
  const LoraWriteOptions options{.dtype = torch::kFloat32};
  if (state.config.method == TrainMethod::Lora) {
    LK_CHECK(writeLora(folder / kLoraFile, learnt.loras, loraNames(model), options));
    if (!learnt.averageLoras.empty()) {
      LK_CHECK(writeLora(folder / kAverageLoraFile, learnt.averageLoras, loraNames(model), options));
    }
  }
  if (state.token.empty()) return {};
  LK_CHECK(writeTextualInversion(folder / kEmbeddingFile, {{state.token}, learnt.token, {}}));
  if (learnt.averageToken.empty()) return {};
  return writeTextualInversion(folder / kAverageEmbeddingFile, {{state.token}, learnt.averageToken, {}});
}

}  // namespace

Result<CheckpointInfo> writeCheckpoint(const fs::path& runFolder, const StableDiffusion& model,
                                       const NamedTensors& optimizer, const CheckpointState& state,
                                       const LearntTensors& learnt) {
  const auto folder = checkpointFolder(runFolder, state.step);
  std::error_code failed;
  fs::create_directories(checkpointsFolder(runFolder), failed);
  if (failed) return systemError(failed.value(), "create the folder", checkpointsFolder(runFolder).string());
  LK_TRY(auto writer, AtomicDirectory::create(folder));
  LK_CHECK(writeLearnt(writer.path(), model, state, learnt));
  LK_CHECK(writeSafetensors(writer.path() / kOptimizerFile, optimizer));
  if (!learnt.average.empty()) LK_CHECK(writeSafetensors(averageFile(writer.path()), learnt.average));
  LK_CHECK(writeFileAtomically(writer.path() / kStateFile, stateToJson(state).dump(2) + "\n"));
  if (fs::exists(folder, failed)) removeCheckpoint(folder);
  LK_CHECK(writer.commit());
  for (const auto& info : listCheckpoints(runFolder)) {
    if (info.step == state.step) return info;
  }
  return damaged(folder, "not listed after it was written");
}

void pruneCheckpoints(const fs::path& runFolder, std::int64_t keep, const fs::path& alsoKeep) {
  const auto all = listCheckpoints(runFolder);
  const auto newest = static_cast<std::size_t>(std::max<std::int64_t>(1, keep));
  for (std::size_t i = 0; i + newest < all.size(); ++i) {
    if (!all[i].best && all[i].folder != alsoKeep) removeCheckpoint(all[i].folder);
  }
}

void cleanCheckpoints(const fs::path& runFolder) {
  std::error_code failed;
  if (!fs::exists(checkpointsFolder(runFolder), failed)) return;
  removeStaleTemporaries(checkpointsFolder(runFolder));
  std::vector<fs::path> broken;
  for (const auto& entry : fs::directory_iterator(checkpointsFolder(runFolder), failed)) {
    if (stepOfFolder(entry.path()) && !fs::exists(entry.path() / kStateFile, failed)) broken.push_back(entry.path());
  }
  for (const auto& folder : broken) removeCheckpoint(folder);
}

}  // namespace likeness
