#include "core/pretrain/model_plan.h"

#include "core/base/atomic_file.h"

namespace likeness {
namespace fs = std::filesystem;
namespace {

// What the embedded base is built like.
constexpr const char* kVaeConfig = R"({"_class_name": "AutoencoderKL", "_diffusers_version": "0.42.1", "act_fn": "silu",
  "block_out_channels": [16, 48, 96, 128], "layers_per_block": 1, "latent_channels": 8, "norm_num_groups": 4,
  "down_block_types": ["DownEncoderBlock2D", "DownEncoderBlock2D", "DownEncoderBlock2D", "DownEncoderBlock2D"],
  "up_block_types": ["UpDecoderBlock2D", "UpDecoderBlock2D", "UpDecoderBlock2D", "UpDecoderBlock2D"],
  "in_channels": 3, "out_channels": 3, "force_upcast": false})";
constexpr const char* kUNetConfig = R"({"_class_name": "UNet2DConditionModel", "_diffusers_version": "0.42.1",
  "act_fn": "silu", "in_channels": 8, "out_channels": 8, "layers_per_block": 1, "block_out_channels": [96, 160, 192],
  "down_block_types": ["DownBlock2D", "CrossAttnDownBlock2D", "CrossAttnDownBlock2D"],
  "up_block_types": ["CrossAttnUpBlock2D", "CrossAttnUpBlock2D", "UpBlock2D"], "cross_attention_dim": 128,
  "attention_head_dim": 4, "norm_num_groups": 16})";
constexpr const char* kTextEncoderConfig = R"({"architectures": ["CLIPTextModel"], "model_type": "clip_text_model",
  "vocab_size": 49408, "hidden_size": 128, "intermediate_size": 512, "num_hidden_layers": 2, "num_attention_heads": 4,
  "max_position_embeddings": 77, "hidden_act": "quick_gelu", "layer_norm_eps": 1e-05, "projection_dim": 128,
  "bos_token_id": 49406, "eos_token_id": 49407, "pad_token_id": 49407})";
constexpr const char* kSchedulerConfig = R"({"_class_name": "DDIMScheduler", "_diffusers_version": "0.42.1",
  "num_train_timesteps": 1000, "beta_start": 0.00085, "beta_end": 0.012, "beta_schedule": "scaled_linear",
  "prediction_type": "epsilon", "clip_sample": false, "set_alpha_to_one": false, "steps_offset": 1})";

Json configFrom(const PretrainConfig& config, const char* part, const char* name, const char* fallback) {
  if (config.configs.empty()) return Json::parse(fallback);
  auto json = readJsonFile(config.configs / part / name).value();
  json.erase("_name_or_path");
  return json;
}

void checkPhases(const PretrainConfig& config, const PretrainStage& stage, std::int64_t multiple) {
  for (const auto& phase : stage.phases) {
    if (phase.size % multiple == 0) continue;
    throw ErrorException({ErrorCode::InvalidArgument,
                          "In " + config.file.string() + ": the size " + std::to_string(phase.size) +
                              " of a phase is not a multiple of " + std::to_string(multiple) +
                              ", which this model's VAE needs.",
                          {}, config.file.string()});
  }
}

ModelParts plan(const PretrainConfig& config) {
  ModelParts parts;
  auto& json = parts.json;
  json.vae = configFrom(config, "vae", "config.json", kVaeConfig);
  json.unet = configFrom(config, "unet", "config.json", kUNetConfig);
  json.textEncoder = configFrom(config, "text_encoder", "config.json", kTextEncoderConfig);
  json.scheduler = configFrom(config, "scheduler", "scheduler_config.json", kSchedulerConfig);
  json.vae.update(config.vae);
  json.unet.update(config.unet);
  json.textEncoder.update(config.textEncoder);
  json.modelIndex = pretrainedModelIndex(json.scheduler);
  json.vae["sample_size"] = config.vaeStage.phases.back().size;
  json.vae["scaling_factor"] = 1.0;  // until it is measured
  parts.vae = AutoencoderKlConfig::fromJson(json.vae, config.file).value();
  const auto factor = parts.vae->downsamplingFactor();
  json.unet["sample_size"] = config.unetStage.phases.back().size / factor;
  parts.unet = UNet2DConditionConfig::fromJson(json.unet, config.file).value();
  parts.textEncoder = ClipTextConfig::fromJson(json.textEncoder, config.file).value();
  parts.scheduler = NoiseScheduleConfig::fromJson(json.scheduler, config.file).value();
  parts.tokenizer = ClipTokenizer::open(config.tokenizer).value();
  checkPhases(config, config.vaeStage, factor);
  checkPhases(config, config.unetStage, factor);
  Findings findings(config.file);
  checkAgreement(config.file, parts, findings);
  if (findings.error()) throw ErrorException(*findings.error());
  return parts;
}

}  // namespace

Json pretrainedModelIndex(const Json& scheduler) {
  return {{"_class_name", "StableDiffusionPipeline"},
          {"_diffusers_version", "0.42.1"},
          {"requires_safety_checker", false},
          {"safety_checker", {nullptr, nullptr}},
          {"feature_extractor", {nullptr, nullptr}},
          {"scheduler", {"diffusers", jsonOr<std::string>(scheduler, "_class_name", "DDIMScheduler")}},
          {"text_encoder", {"transformers", "CLIPTextModel"}},
          {"tokenizer", {"transformers", "CLIPTokenizer"}},
          {"unet", {"diffusers", "UNet2DConditionModel"}},
          {"vae", {"diffusers", "AutoencoderKL"}}};
}

Result<ModelParts> planModel(const PretrainConfig& config) {
  try {
    return plan(config);
  } catch (const ErrorException& failure) {
    return failure.error();
  }
}

}  // namespace likeness
