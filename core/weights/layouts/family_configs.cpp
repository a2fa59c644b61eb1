#include "core/weights/layouts/family_configs.h"

#include "core/weights/layouts/model_files.h"

namespace likeness {
namespace {

// Whose layout is written: the version that the tests compare with. diffusers' inpainting pipelines open no folder that
// names none.
constexpr const char* kDiffusersVersion = "0.42.1";

}  // namespace

Json familyScheduler(ModelFamily family, bool v, bool zeroSnr) {
  Json config = {{"num_train_timesteps", 1000},
                 {"beta_schedule", "scaled_linear"},
                 {"beta_start", 0.00085},
                 {"beta_end", 0.012},
                 {"trained_betas", nullptr},
                 {"prediction_type", v ? "v_prediction" : "epsilon"},
                 {"steps_offset", 1},
                 {"timestep_spacing", zeroSnr ? "trailing" : "leading"}};
  if (zeroSnr) config["rescale_betas_zero_snr"] = true;
  if (family == ModelFamily::Sdxl) {
    config["_class_name"] = "EulerDiscreteScheduler";
    config["interpolation_type"] = "linear";
    config["use_karras_sigmas"] = false;
    return config;
  }
  // PNDM knows no zero terminal SNR.
  const bool pndm = !v && !zeroSnr;
  config["_class_name"] = pndm ? "PNDMScheduler" : "DDIMScheduler";
  config["set_alpha_to_one"] = false;
  if (pndm) config["skip_prk_steps"] = true;
  if (!pndm) config["clip_sample"] = false;
  return config;
}

Json familyModelIndex(ModelFamily family, bool inpainting, const std::string& scheduler) {
  const bool xl = family == ModelFamily::Sdxl;
  Json index = {{"_class_name", std::string(xl ? "StableDiffusionXL" : "StableDiffusion") +
                                    (inpainting ? "InpaintPipeline" : "Pipeline")},
                {"_diffusers_version", kDiffusersVersion},
                {kUNet, {"diffusers", "UNet2DConditionModel"}},
                {kVae, {"diffusers", "AutoencoderKL"}},
                {kTextEncoder, {"transformers", "CLIPTextModel"}},
                {"tokenizer", {"transformers", "CLIPTokenizer"}},
                {"scheduler", {"diffusers", scheduler}},
                {"feature_extractor", {nullptr, nullptr}}};
  if (xl) {
    index[kTextEncoder2] = {"transformers", "CLIPTextModelWithProjection"};
    index["tokenizer_2"] = {"transformers", "CLIPTokenizer"};
    index["image_encoder"] = {nullptr, nullptr};
    index["force_zeros_for_empty_prompt"] = true;
  } else {
    index["safety_checker"] = {nullptr, nullptr};
    index["requires_safety_checker"] = false;
  }
  return index;
}

Json clipTokenizerFiles(bool padWithZero) {
  const char* pad = padWithZero ? "!" : "<|endoftext|>";
  Json special = {{"bos_token", "<|startoftext|>"},
                  {"eos_token", "<|endoftext|>"},
                  {"unk_token", "<|endoftext|>"},
                  {"pad_token", pad}};
  Json config = special;
  config["tokenizer_class"] = "CLIPTokenizer";
  config["model_max_length"] = 77;
  config["add_prefix_space"] = false;
  config["do_lower_case"] = true;
  return {{"special_tokens_map", special}, {"tokenizer_config", config}};
}

ModelFamily familyOfConfig(const Json& unet) {
  if (jsonOr<std::string>(unet, "addition_embed_type", "") == "text_time") return ModelFamily::Sdxl;
  return jsonOr(unet, "use_linear_projection", false) ? ModelFamily::Sd2 : ModelFamily::Sd1;
}

}  // namespace likeness
