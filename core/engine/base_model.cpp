#include "core/engine/base_model.h"

#include <cstdlib>
#include <system_error>

#include "core/base/json.h"
#include "core/diffusion/noise_schedule_config.h"
#include "core/model/autoencoder_kl.h"
#include "core/model/unet2d_condition_model.h"
#include "core/weights/diffusers_folder.h"
#include "core/weights/layouts/model_files.h"
#include "core/weights/layouts/write_model.h"

namespace likeness {
namespace fs = std::filesystem;
namespace {

bool isModel(const fs::path& folder) {
  std::error_code ignored;
  return fs::exists(folder / "model_index.json", ignored);
}

struct Configs {
  UNet2DConditionConfig unet;
  AutoencoderKlConfig vae;
};

// Of a folder's JSON files, or as a single file's tensors show them.
Result<Configs> readConfigs(const fs::path& path) {
  if (fs::is_directory(path)) {
    LK_TRY(const auto unetJson, readJsonFile(path / "unet" / "config.json"));
    LK_TRY(const auto vaeJson, readJsonFile(path / "vae" / "config.json"));
    LK_TRY(auto unet, UNet2DConditionConfig::fromJson(unetJson, path / "unet" / "config.json"));
    LK_TRY(auto vae, AutoencoderKlConfig::fromJson(vaeJson, path / "vae" / "config.json"));
    return Configs{std::move(unet), std::move(vae)};
  }
  LK_TRY(const auto files, openModelFiles(path));
  LK_CHECK(checkModelFiles(files));
  LK_TRY(auto unet, UNet2DConditionConfig::fromJson(files.parts.at(kUNet).config, path));
  LK_TRY(auto vae, AutoencoderKlConfig::fromJson(files.parts.at(kVae).config, path));
  return Configs{std::move(unet), std::move(vae)};
}

Result<ClipTokenizer> checkFolder(const fs::path& folder) {
  LK_TRY(const auto index, readJsonFile(folder / "model_index.json"));
  LK_TRY(const auto scheduler, readSchedulerJson(folder / "scheduler" / "scheduler_config.json"));
  LK_TRY(const auto schedule, NoiseScheduleConfig::fromJson(scheduler, folder / "scheduler" / "scheduler_config.json"));
  static_cast<void>(schedule);
  std::vector<std::string> parts = {kUNet, kVae, kTextEncoder};
  const auto second = index.find(kTextEncoder2);
  if (second != index.end() && second->is_array() && !second->empty() && !second->front().is_null()) {
    parts.emplace_back(kTextEncoder2);
  }
  for (const auto& part : parts) {
    LK_TRY(const auto weights, openComponentWeights(folder / part));
    static_cast<void>(weights);
  }
  return ClipTokenizer::open(folder / "tokenizer");
}

// A single file brings no vocabulary: that of the embedded base is the same.
Result<ClipTokenizer> checkFile(const fs::path& file) {
  LK_TRY(const auto files, openModelFiles(file));
  LK_TRY(const auto vocabulary, findVocabulary());
  return ClipTokenizer::open(vocabulary, files.tokenizers.at("tokenizer"));
}

}  // namespace

Result<fs::path> findBaseModel() {
  if (const char* given = std::getenv("LIKENESS_BASE"); given != nullptr && *given != '\0') {
    if (isModel(given)) return fs::path(given);
    return Error{ErrorCode::NotFound,
                 std::string("LIKENESS_BASE names ") + given +
                     ", but no model lies there (it has no model_index.json). Correct it.",
                 {},
                 given};
  }
  std::error_code ignored;
  const auto program = fs::read_symlink("/proc/self/exe", ignored);
  const auto installed = program.parent_path().parent_path() / "share" / "likeness" / "base";
  if (isModel(installed)) return installed;
  if (isModel(LIKENESS_BUILD_BASE)) return fs::path(LIKENESS_BUILD_BASE);
  return Error{ErrorCode::NotFound,
               "The embedded base model is missing: it should lie in " + installed.string() +
                   ". Install Likeness again, or set LIKENESS_BASE to a model's folder.",
               {},
               installed.string()};
}

Result<fs::path> findVocabulary() {
  LK_TRY(const auto base, findBaseModel());
  return base / "tokenizer";
}

Result<fs::path> modelPath(const fs::path& model) {
  if (model.empty()) return findBaseModel();
  std::error_code failure;
  const auto status = fs::status(model, failure);
  if (!fs::exists(status)) {
    return Error{ErrorCode::NotFound,
                 "The model " + model.string() + " does not exist. Check the path.",
                 {},
                 model.string()};
  }
  if (fs::is_regular_file(status) || isModel(model)) return model;
  if (!fs::is_directory(status)) {
    return Error{ErrorCode::InvalidArgument,
                 model.string() + " is neither a folder nor a file. Name a model.",
                 {},
                 model.string()};
  }
  return Error{ErrorCode::NotFound,
               model.string() +
                   " is not a model in diffusers layout: it has no model_index.json. Name the folder that has it.",
               {},
               model.string()};
}

Result<ModelSummary> summarizeModel(const fs::path& model) {
  LK_TRY(const auto path, modelPath(model));
  LK_TRY(const auto configs, readConfigs(path));
  const auto factor = configs.vae.downsamplingFactor();
  ModelSummary summary;
  summary.resolution = static_cast<int>(configs.unet.sampleSize.value_or(configs.vae.sampleSize / factor) * factor);
  summary.sizeMultiple = static_cast<int>(factor * configs.unet.downsamplingFactor());
  const auto name = model.empty() ? std::string("Embedded base")
                                  : (model.has_filename() ? model : model.parent_path()).filename().string();
  summary.title = name + " · " + std::to_string(summary.resolution) + " px";
  return summary;
}

Result<std::string> presetFamilyOf(const fs::path& model) {
  std::error_code ignored;
  LK_TRY(const auto path, modelPath(model));
  if (const auto base = findBaseModel(); base.ok() && fs::equivalent(*base, path, ignored)) return std::string("base");
  LK_TRY(const auto files, openModelFiles(path));
  return std::string(familyId(files.family));
}

Result<ClipTokenizer> checkModel(const fs::path& model) {
  LK_TRY(const auto path, modelPath(model));
  LK_TRY(const auto summary, summarizeModel(model));
  static_cast<void>(summary);
  return fs::is_directory(path) ? checkFolder(path) : checkFile(path);
}

}  // namespace likeness
