#include "core/base/text.h"
#include "core/weights/layouts/deduce_configs.h"
#include "core/weights/layouts/family_configs.h"
#include "core/weights/layouts/layout_maps.h"
#include "core/weights/layouts/model_files.h"
#include "core/weights/layouts/part_views.h"
#include "core/weights/layouts/recognize.h"
#include "core/weights/layouts/single_file_metadata.h"

namespace likeness {
namespace {

// SD 2's encoder leaves its last layer out, and the file has it all the same (diffusers drops it by its number, too).
constexpr std::int64_t kLayersOfSd2 = 24;

HasName namesUnder(const TensorSource& file, const std::string& prefix) {
  return [&file, prefix](const std::string& name) { return file.has(prefix + name); };
}

Error notAModel(const TensorSource& file, const Recognized& what) {
  const auto path = file.path().string();
  const auto refuse = [&](const std::string& next) {
    return Error{ErrorCode::Unsupported, path + " is a " + what.name + ", not a whole model. " + next, {}, path};
  };
  switch (what.kind) {
    case WeightsKind::OtherFamily:
      return {ErrorCode::Unsupported,
              path + " is a " + what.name +
                  ", which this program can't run. Choose a Stable Diffusion 1.x, 2.x or XL base model.",
              {},
              path};
    case WeightsKind::Vae:
      return refuse("Choose a model, and give this file as its VAE.");
    case WeightsKind::Lora:
      return refuse("Choose the model that it was made for, and give this file as a LoRA.");
    case WeightsKind::Embedding:
      return refuse("Choose the model that it was made for, and give this file as an embedding.");
    case WeightsKind::UNet:
      return refuse("Choose the folder that holds model_index.json.");
    default:
      return refuse("Choose a Stable Diffusion 1.x, 2.x or XL model.");
  }
}

// Opens a single file part by part.
class Opener {
 public:
  Opener(std::shared_ptr<const TensorSource> file, ModelFamily family)
      : m_file(std::move(file)), m_prefixes(compvisPrefixes(*m_file)) {
    m_model.path = m_file->path();
    m_model.family = family;
    m_model.singleFile = true;
    m_model.metadata = m_file->metadata();
    m_stored = storedConfigs(m_model.metadata, m_model.notes);
  }

  Result<ModelFiles> open(const OpenModelOptions& options) {
    LK_CHECK(openUNet(options));
    LK_CHECK(openVae());
    LK_CHECK(openTextEncoders());
    choosePrediction();
    chooseRest();
    if (!m_unused.empty()) {
      m_model.notes.push_back(std::to_string(m_unused.size()) + " tensors belong to no part and are left out, " +
                              quotedName(m_unused.front()) + " for one.");
    }
    return std::move(m_model);
  }

 private:
  [[nodiscard]] Json stored(const std::string& part) const { return m_stored.value(part, Json::object()); }

  Result<void> openUNet(const OpenModelOptions& options) {
    const auto& prefix = *m_prefixes.unet;
    const auto map = unetKeyMap(unetLayoutOfCompvis(namesUnder(*m_file, prefix)));
    LK_TRY(auto plain, diffusersView(m_file, prefix, map, false, &m_unused));
    const bool both = m_file->has(emaName(prefix + "input_blocks.0.0.weight"));
    if (!both && options.ema.value_or(false)) {
      return Error{ErrorCode::NotFound,
                   m_model.path.string() + " holds no moving average of its weights. Take the plain ones.", {},
                   m_model.path.string()};
    }
    if (both) {
      LK_TRY(auto average, diffusersView(m_file, prefix, map, true));
      m_model.unetIsEma = options.ema.value_or(storedEma(m_model.metadata));
      m_model.otherUnet = m_model.unetIsEma ? plain : average;
      if (m_model.unetIsEma) plain = average;
      m_model.notes.push_back(std::string("It holds two sets of UNet weights: the plain ones and their moving average (EMA). ") +
                              (m_model.unetIsEma ? "The moving average is used." : "The plain ones are used."));
    }
    LK_TRY(auto config, deduceUNetConfig(*plain, m_model.family, stored(kUNet)));
    m_model.parts[kUNet] = {std::move(plain), std::move(config)};
    return {};
  }

  Result<void> openVae() {
    if (!m_prefixes.vae) return {};
    const auto& prefix = *m_prefixes.vae;
    const auto map = vaeKeyMap(vaeLayoutOfCompvis(namesUnder(*m_file, prefix)));
    LK_TRY(auto weights, diffusersView(m_file, prefix, map, false, prefix.empty() ? nullptr : &m_unused));
    LK_TRY(auto config, deduceVaeConfig(*weights, m_model.family, stored(kVae)));
    m_model.parts[kVae] = {std::move(weights), std::move(config)};
    return {};
  }

  Result<void> openTextEncoders() {
    if (m_prefixes.clip) {
      LK_TRY(auto weights, diffusersView(m_file, *m_prefixes.clip, clipKeyMap()));
      LK_TRY(auto config, deduceTextConfig(*weights, false, stored(kTextEncoder)));
      m_model.parts[kTextEncoder] = {std::move(weights), std::move(config)};
    }
    if (!m_prefixes.openClip) return {};
    const bool second = m_model.family == ModelFamily::Sdxl;
    auto layers = openClipLayers(namesUnder(*m_file, *m_prefixes.openClip));
    if (!second && layers == kLayersOfSd2) --layers;
    const auto* name = second ? kTextEncoder2 : kTextEncoder;
    LK_TRY(auto weights, diffusersView(m_file, *m_prefixes.openClip, openClipKeyMap(layers, second)));
    LK_TRY(auto config, deduceTextConfig(*weights, true, stored(name)));
    m_model.parts[name] = {std::move(weights), std::move(config)};
    return {};
  }

  void choosePrediction() {
    const auto said = storedPrediction(m_model.metadata);
    const auto scheduler = stored("scheduler");
    const bool marked = m_file->has("v_pred");
    const bool needsRun = m_model.family == ModelFamily::Sd2 && !m_model.inpainting();
    m_model.predictionKnown = true;
    if (!scheduler.empty() || said) {
      m_model.predictionFrom = "its metadata say so";
    } else if (marked) {
      m_model.predictionFrom = "it has the mark v_pred";
    } else if (!needsRun) {
      m_model.predictionFrom = std::string("as ") + familyName(m_model.family) + " does unless it says otherwise";
    } else {
      m_model.predictionKnown = false;
      m_model.predictionFrom = "the tensors don't show it; the UNet is tried when the model is opened";
    }
    if (!scheduler.empty()) {
      m_model.scheduler = scheduler;
      return;
    }
    const bool zeroSnr = m_file->has("ztsnr");
    m_model.scheduler = familyScheduler(m_model.family, said.value_or(marked), zeroSnr && said.value_or(marked));
    if (m_model.predictionKnown) setPrediction(m_model, said.value_or(marked));
  }

  void chooseRest() {
    m_model.modelIndex = stored("model_index");
    if (m_model.modelIndex.empty()) {
      m_model.modelIndex = familyModelIndex(m_model.family, m_model.inpainting(),
                                            jsonOr<std::string>(m_model.scheduler, "_class_name", "DDIMScheduler"));
    }
    const auto tokenizer = [&](const std::string& name, bool padWithZero) {
      const auto files = stored(name);
      m_model.tokenizers[name] = files.empty() ? clipTokenizerFiles(padWithZero) : files;
    };
    tokenizer("tokenizer", m_model.family == ModelFamily::Sd2);
    if (m_model.family == ModelFamily::Sdxl) tokenizer("tokenizer_2", true);
  }

  std::shared_ptr<const TensorSource> m_file;
  CompvisPrefixes m_prefixes;
  ModelFiles m_model;
  Json m_stored;
  std::vector<std::string> m_unused;
};

}  // namespace

void setPrediction(ModelFiles& model, bool v) {
  const bool zeroSnr = jsonOr(model.scheduler, "rescale_betas_zero_snr", false);
  if (model.predictsV() != v) model.scheduler = familyScheduler(model.family, v, zeroSnr && v);
  if (model.modelIndex.is_object() && model.modelIndex.contains("scheduler")) {
    model.modelIndex["scheduler"] = {"diffusers", model.scheduler["_class_name"]};
  }
  model.predictionKnown = true;
  // SD 2 comes in two sizes: 512 pixels that predict noise, 768 that predict v.
  const auto unet = model.parts.find(kUNet);
  if (model.family != ModelFamily::Sd2 || unet == model.parts.end()) return;
  unet->second.config["sample_size"] = v ? 96 : 64;
  if (const auto vae = model.parts.find(kVae); vae != model.parts.end()) {
    vae->second.config["sample_size"] = v ? 768 : 512;
  }
}

Result<ModelFiles> openSingleFile(std::shared_ptr<const TensorSource> file, const OpenModelOptions& options) {
  const auto what = recognizeWeights(*file);
  if (what.kind != WeightsKind::Model) return notAModel(*file, what);
  return Opener(std::move(file), *what.family).open(options);
}

}  // namespace likeness
