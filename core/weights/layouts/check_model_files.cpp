#include "core/model/autoencoder_kl.h"
#include "core/model/clip_text_model.h"
#include "core/model/unet2d_condition_model.h"
#include "core/weights/layouts/write_model.h"
#include "core/weights/load_module.h"

namespace likeness {
namespace {

Error incomplete(const ModelFiles& model, const std::vector<std::string>& missing) {
  std::string parts, advice;
  for (const auto& part : missing) {
    parts += (parts.empty() ? "" : " and ") + part;
    if (part == kVae) advice += " Give a VAE of its own.";
    if (part == kTextEncoder || part == kTextEncoder2) advice = " Get the whole model.";
  }
  return {ErrorCode::NotFound, model.path.string() + " lacks its " + parts + "." + advice, {}, model.path.string()};
}

// A part's module without values, compared with its weights.
template <typename Model, typename Config>
Result<Config> checkPart(const ModelFiles& model, const char* name) {
  const auto& part = model.parts.at(name);
  const auto& path = part.weights->path();
  LK_TRY(auto config, Config::fromJson(part.config, path));
  const ParameterDeviceGuard namesOnly(torch::kMeta);
  Model module(config);
  const auto report = compareModule(*module, {part.weights});
  if (report.complete()) return config;
  return Error{ErrorCode::Corrupt, report.sentence(path.string()), report.detail(), path.string()};
}

Error disagree(const ModelFiles& model, const std::string& what) {
  return {ErrorCode::Corrupt,
          "The parts of the model " + model.path.string() + " don't belong together: " + what +
              ". Choose a part that was made for it.",
          {},
          model.path.string()};
}

}  // namespace

Result<void> checkModelFiles(const ModelFiles& model) {
  if (const auto missing = model.missing(); !missing.empty()) return incomplete(model, missing);
  LK_TRY(const auto unet, (checkPart<UNet2DConditionModel, UNet2DConditionConfig>(model, kUNet)));
  LK_TRY(const auto vae, (checkPart<AutoencoderKl, AutoencoderKlConfig>(model, kVae)));
  LK_TRY(const auto text, (checkPart<ClipTextModel, ClipTextConfig>(model, kTextEncoder)));
  auto width = text.hiddenSize;
  if (model.family == ModelFamily::Sdxl) {
    LK_TRY(const auto second, (checkPart<ClipTextModel, ClipTextConfig>(model, kTextEncoder2)));
    width += second.hiddenSize;
  }
  if (unet.crossAttentionDim() != width) {
    return disagree(model, "the UNet expects text of width " + std::to_string(unet.crossAttentionDim()) +
                               ", the text encoding has " + std::to_string(width));
  }
  if (unet.outChannels != vae.latentChannels) {
    return disagree(model, "the UNet works on " + std::to_string(unet.outChannels) + " latent channels, the VAE on " +
                               std::to_string(vae.latentChannels));
  }
  return {};
}

}  // namespace likeness
