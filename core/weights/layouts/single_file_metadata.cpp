#include "core/weights/layouts/single_file_metadata.h"

#include <array>

#include "core/base/text.h"

namespace likeness {
namespace {

constexpr const char* kConfigs = "likeness.configs";
constexpr const char* kEmaUsed = "likeness.ema_used";
constexpr std::size_t kMostConfigs = std::size_t{1} << 20;

std::string architecture(const ModelFiles& model) {
  std::string name;
  switch (model.family) {
    case ModelFamily::Sd1:
      name = "stable-diffusion-v1";
      break;
    case ModelFamily::Sd2:
      name = model.predictsV() ? "stable-diffusion-v2-768-v" : "stable-diffusion-v2-512";
      break;
    default:
      name = "stable-diffusion-xl-v1-base";
  }
  return name + (model.inpainting() ? "-inpainting" : "");
}

// Pixels that the model was trained at, each way; 0 where the configs don't say.
std::int64_t resolution(const ModelFiles& model) {
  const auto unet = model.parts.find(kUNet), vae = model.parts.find(kVae);
  if (unet == model.parts.end() || vae == model.parts.end()) return 0;
  const auto size = jsonOr<std::int64_t>(unet->second.config, "sample_size", 0);
  const auto channels = vae->second.config.find("block_out_channels");
  if (size <= 0 || size > 8192 || channels == vae->second.config.end() || !channels->is_array()) return 0;
  return channels->empty() || channels->size() > 8 ? 0 : size << (channels->size() - 1);
}

Json configsOf(const ModelFiles& model) {
  Json configs = {{"model_index", model.modelIndex}, {"scheduler", model.scheduler}};
  for (const auto& [name, part] : model.parts) configs[name] = part.config;
  for (const auto& [name, files] : model.tokenizers) configs[name] = files;
  return configs;
}

std::string textOf(const Json& json) { return json.dump(-1, ' ', false, Json::error_handler_t::replace); }

std::string at(const Metadata& metadata, const char* key) {
  const auto found = metadata.find(key);
  return found == metadata.end() ? std::string() : found->second;
}

}  // namespace

Metadata singleFileMetadata(const ModelFiles& model, const SingleFileInfo& info, const std::string& date) {
  Metadata metadata{{"format", "pt"},
                    {"modelspec.sai_model_spec", "1.0.0"},
                    {"modelspec.architecture", architecture(model)},
                    {"modelspec.implementation", "https://github.com/Stability-AI/generative-models"},
                    {"modelspec.title", info.title.empty() ? model.path.stem().string() : info.title},
                    {"modelspec.prediction_type", model.predictsV() ? "v" : "epsilon"},
                    {"modelspec.date", date},
                    {kConfigs, textOf(configsOf(model))}};
  if (const auto size = std::to_string(resolution(model)); size != "0") {
    metadata["modelspec.resolution"] = size + "x" + size;
  }
  if (model.otherUnet != nullptr && model.unetIsEma) metadata[kEmaUsed] = "true";
  if (!info.token.empty()) {
    metadata["likeness.token"] = info.token;
    metadata["modelspec.trigger_phrase"] = info.token + (info.classNoun.empty() ? "" : " " + info.classNoun);
  }
  if (!info.classNoun.empty()) metadata["likeness.class"] = info.classNoun;
  if (!info.recipe.is_null()) metadata["likeness.recipe"] = textOf(info.recipe);
  if (!info.previewJpeg.empty()) {
    metadata["modelspec.thumbnail"] = "data:image/jpeg;base64," + base64(info.previewJpeg);
  }
  return metadata;
}

Json storedConfigs(const Metadata& metadata, std::vector<std::string>& notes) {
  const auto text = at(metadata, kConfigs);
  if (text.empty()) return Json::object();
  const auto json = text.size() > kMostConfigs ? Json() : parseJson(text);
  if (!json.is_object()) {
    notes.emplace_back("The configs in its metadata are damaged and are not used.");
    return Json::object();
  }
  Json configs = Json::object();
  for (const auto& [name, config] : json.items()) {
    if (config.is_object()) configs[name] = config;
  }
  return configs;
}

bool storedEma(const Metadata& metadata) { return at(metadata, kEmaUsed) == "true"; }

std::optional<bool> storedPrediction(const Metadata& metadata) {
  const auto type = at(metadata, "modelspec.prediction_type");
  if (type == "v" || type == "v_prediction") return true;
  if (type == "epsilon") return false;
  const auto kind = at(metadata, "modelspec.architecture");
  if (kind.starts_with("stable-diffusion-v2-768-v")) return true;
  if (kind.starts_with("stable-diffusion-v2-512")) return false;
  return std::nullopt;
}

}  // namespace likeness
