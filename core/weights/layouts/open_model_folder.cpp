#include <array>

#include "core/weights/diffusers_folder.h"
#include "core/weights/layouts/family_configs.h"
#include "core/weights/layouts/model_files.h"
#include "core/weights/layouts/part_views.h"
#include "core/weights/open_weights.h"

namespace likeness {
namespace fs = std::filesystem;
namespace {

Error unsupported(const fs::path& folder, const std::string& what) {
  return {ErrorCode::Unsupported, folder.string() + " " + what, {}, folder.string()};
}

bool lists(const Json& index, const std::string& component) {
  const auto found = index.find(component);
  return found != index.end() && found->is_array() && !found->empty() && !found->front().is_null();
}

Result<void> checkKind(const fs::path& folder, const Json& index) {
  const std::string advice = "Choose a Stable Diffusion 1.x, 2.x or XL base model.";
  for (const char* extra : {"text_encoder_3", "transformer", "prior", "controlnet", "adapter", "depth_estimator"}) {
    if (lists(index, extra)) {
      return unsupported(folder, "has a component " + std::string(extra) + ", which this version can't use. " + advice);
    }
  }
  if (lists(index, kTextEncoder2) && !lists(index, kTextEncoder)) {
    return unsupported(folder, "has only the second of SDXL's text encoders, as its refiner has. " + advice);
  }
  return {};
}

Result<void> readPart(const fs::path& folder, const std::string& name, ModelFiles& model) {
  LK_TRY(auto config, readJsonFile(folder / name / "config.json"));
  LK_TRY(const auto files, openComponentWeights(folder / name));
  LK_TRY(auto weights, canonicalView(name, files));
  model.parts[name] = {std::move(weights), std::move(config)};
  return {};
}

// The second set of UNet weights, where the folder has one: the plain weights as diffusers names them beside their moving
// average, or the moving average beside the plain ones, as we name it.
Result<void> readOtherUNet(const fs::path& folder, const OpenModelOptions& options, ModelFiles& model) {
  std::error_code ignored;
  for (const bool mainIsEma : {true, false}) {
    const auto name = std::string("diffusion_pytorch_model.") + (mainIsEma ? "non_ema" : "ema");
    for (const char* ending : {".safetensors", ".bin"}) {
      const auto file = folder / kUNet / (name + ending);
      if (model.otherUnet != nullptr || !fs::exists(file, ignored)) continue;
      LK_TRY(auto opened, openWeightsFile(file));
      LK_TRY(model.otherUnet, canonicalView(kUNet, {std::move(opened)}));
      model.unetIsEma = mainIsEma;
    }
  }
  if (model.otherUnet == nullptr) {
    if (!options.ema.value_or(false)) return {};
    return Error{ErrorCode::NotFound,
                 folder.string() + " holds no moving average of its weights. Take the plain ones.", {},
                 folder.string()};
  }
  if (options.ema && *options.ema != model.unetIsEma) {
    std::swap(model.otherUnet, model.parts[kUNet].weights);
    model.unetIsEma = *options.ema;
  }
  model.notes.push_back(std::string("It holds two sets of UNet weights: the plain ones and their moving average (EMA). ") +
                        (model.unetIsEma ? "The moving average is used." : "The plain ones are used."));
  return {};
}

void readTokenizer(const fs::path& folder, const std::string& name, ModelFiles& model) {
  std::error_code ignored;
  if (!fs::is_directory(folder / name, ignored)) return;
  model.vocabularies[name] = folder / name;
  Json files = Json::object();
  for (const std::string file : {"special_tokens_map", "tokenizer_config", "added_tokens"}) {
    const auto read = readJsonFile(folder / name / (file + ".json"));
    if (read.ok()) files[file] = *read;
  }
  model.tokenizers[name] = std::move(files);
}

Result<ModelFiles> openFolder(const fs::path& folder, const OpenModelOptions& options) {
  ModelFiles model;
  model.path = folder;
  LK_TRY(model.modelIndex, readJsonFile(folder / "model_index.json"));
  LK_CHECK(checkKind(folder, model.modelIndex));
  for (const std::string part : {kUNet, kVae, kTextEncoder, kTextEncoder2}) {
    std::error_code ignored;
    if (fs::is_directory(folder / part, ignored)) LK_CHECK(readPart(folder, part, model));
  }
  if (!model.has(kUNet)) {
    return Error{ErrorCode::NotFound,
                 "The model " + folder.string() + " is incomplete: its folder unet is missing. Copy or download the "
                 "whole model again.",
                 {},
                 folder.string()};
  }
  model.family = familyOfConfig(model.parts[kUNet].config);
  LK_CHECK(readOtherUNet(folder, options, model));
  LK_TRY(model.scheduler, readJsonFile(folder / "scheduler" / "scheduler_config.json"));
  model.predictionFrom = "its scheduler's config says so";
  readTokenizer(folder, "tokenizer", model);
  if (model.family == ModelFamily::Sdxl) readTokenizer(folder, "tokenizer_2", model);
  return model;
}

}  // namespace

Result<ModelFiles> openModelFiles(const fs::path& path, const OpenModelOptions& options) {
  std::error_code failure;
  const auto status = fs::status(path, failure);
  if (!fs::exists(status)) {
    return Error{ErrorCode::NotFound, "There is no model " + path.string() + ". Check the path.", {}, path.string()};
  }
  if (!fs::is_directory(status)) {
    LK_TRY(auto file, openWeightsFile(path));
    return openSingleFile(std::move(file), options);
  }
  if (!fs::exists(path / "model_index.json", failure)) {
    return Error{ErrorCode::NotFound,
                 path.string() + " holds no model_index.json, so it is not a Stable Diffusion folder in the diffusers "
                                 "layout. Choose the folder that holds that file, or a model's single file.",
                 {},
                 path.string()};
  }
  return openFolder(path, options);
}

}  // namespace likeness
