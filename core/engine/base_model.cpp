#include "core/engine/base_model.h"

#include <cstdlib>
#include <system_error>

#include "core/base/json.h"
#include "core/diffusion/noise_schedule_config.h"
#include "core/model/autoencoder_kl.h"
#include "core/model/unet2d_condition_model.h"
#include "core/weights/diffusers_folder.h"

namespace likeness {
namespace fs = std::filesystem;
namespace {

bool isModel(const fs::path& folder) {
  std::error_code ignored;
  return fs::exists(folder / "model_index.json", ignored);
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

Result<fs::path> modelFolder(const fs::path& model) {
  if (model.empty()) return findBaseModel();
  std::error_code failure;
  if (!fs::exists(model, failure)) {
    return Error{ErrorCode::NotFound,
                 "The model folder " + model.string() + " does not exist. Check the path.",
                 {},
                 model.string()};
  }
  if (!isModel(model)) {
    return Error{ErrorCode::NotFound,
                 model.string() +
                     " is not a model in diffusers layout: it has no model_index.json. Name the folder that has it.",
                 {},
                 model.string()};
  }
  return model;
}

Result<ModelSummary> summarizeModel(const fs::path& model) {
  LK_TRY(const auto folder, modelFolder(model));
  LK_TRY(const auto unetJson, readJsonFile(folder / "unet" / "config.json"));
  LK_TRY(const auto vaeJson, readJsonFile(folder / "vae" / "config.json"));
  LK_TRY(const auto unet, UNet2DConditionConfig::fromJson(unetJson, folder / "unet" / "config.json"));
  LK_TRY(const auto vae, AutoencoderKlConfig::fromJson(vaeJson, folder / "vae" / "config.json"));
  const auto factor = vae.downsamplingFactor();
  ModelSummary summary;
  summary.resolution = static_cast<int>(unet.sampleSize.value_or(vae.sampleSize / factor) * factor);
  summary.sizeMultiple = static_cast<int>(factor * unet.downsamplingFactor());
  const auto name = model.empty() ? std::string("Embedded base")
                                  : (model.has_filename() ? model : model.parent_path()).filename().string();
  summary.title = name + " · " + std::to_string(summary.resolution) + " px";
  return summary;
}

Result<ClipTokenizer> checkModelFolder(const fs::path& model) {
  LK_TRY(const auto folder, modelFolder(model));
  LK_TRY(const auto summary, summarizeModel(model));
  static_cast<void>(summary);
  LK_TRY(const auto index, readJsonFile(folder / "model_index.json"));
  static_cast<void>(index);
  LK_TRY(const auto scheduler, readSchedulerJson(folder / "scheduler" / "scheduler_config.json"));
  LK_TRY(const auto schedule, NoiseScheduleConfig::fromJson(scheduler, folder / "scheduler" / "scheduler_config.json"));
  static_cast<void>(schedule);
  for (const char* part : {"unet", "vae", "text_encoder"}) {
    LK_TRY(const auto weights, openComponentWeights(folder / part));
    static_cast<void>(weights);
  }
  return ClipTokenizer::open(folder / "tokenizer");
}

}  // namespace likeness
