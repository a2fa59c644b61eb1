#include "tests/support/tiny_model.h"

#include "core/base/atomic_file.h"
#include "core/base/json.h"
#include "core/model/autoencoder_kl.h"
#include "core/model/clip_text_model.h"
#include "core/model/initialize.h"
#include "core/model/unet2d_condition_model.h"
#include "core/weights/diffusers_folder.h"
#include "core/weights/safetensors.h"

namespace likeness::test {
namespace fs = std::filesystem;
namespace {

const Json kUnet = {{"_class_name", "UNet2DConditionModel"},
                    {"sample_size", 8},
                    {"in_channels", 4},
                    {"out_channels", 4},
                    {"block_out_channels", {32, 32}},
                    {"down_block_types", {"DownBlock2D", "CrossAttnDownBlock2D"}},
                    {"up_block_types", {"CrossAttnUpBlock2D", "UpBlock2D"}},
                    {"layers_per_block", 1},
                    {"cross_attention_dim", 32},
                    {"attention_head_dim", 2},
                    {"norm_num_groups", 8}};
const Json kVae = {{"_class_name", "AutoencoderKL"},
                   {"sample_size", 32},
                   {"in_channels", 3},
                   {"out_channels", 3},
                   {"latent_channels", 4},
                   {"block_out_channels", {8, 16, 16}},
                   {"layers_per_block", 1},
                   {"down_block_types", {"DownEncoderBlock2D", "DownEncoderBlock2D", "DownEncoderBlock2D"}},
                   {"up_block_types", {"UpDecoderBlock2D", "UpDecoderBlock2D", "UpDecoderBlock2D"}},
                   {"norm_num_groups", 4},
                   {"scaling_factor", 0.5}};
const Json kText = {{"architectures", {"CLIPTextModel"}},
                    {"model_type", "clip_text_model"},
                    {"vocab_size", 49408},
                    {"hidden_size", 32},
                    {"intermediate_size", 64},
                    {"num_hidden_layers", 1},
                    {"num_attention_heads", 2},
                    {"max_position_embeddings", 77},
                    {"hidden_act", "quick_gelu"},
                    {"bos_token_id", 49406},
                    {"eos_token_id", 49407},
                    {"pad_token_id", 49407}};
const Json kScheduler = {
    {"_class_name", "DDIMScheduler"},   {"num_train_timesteps", 1000}, {"beta_start", 0.00085},     {"beta_end", 0.012},
    {"beta_schedule", "scaled_linear"}, {"clip_sample", false},        {"set_alpha_to_one", false}, {"steps_offset", 1},
    {"prediction_type", "epsilon"}};
const Json kIndex = {{"_class_name", "StableDiffusionPipeline"},
                     {"unet", {"diffusers", "UNet2DConditionModel"}},
                     {"vae", {"diffusers", "AutoencoderKL"}},
                     {"text_encoder", {"transformers", "CLIPTextModel"}},
                     {"tokenizer", {"transformers", "CLIPTokenizer"}},
                     {"scheduler", {"diffusers", "DDIMScheduler"}},
                     {"safety_checker", {nullptr, nullptr}},
                     {"feature_extractor", {nullptr, nullptr}},
                     {"requires_safety_checker", false}};

Json with(Json json, const Json& changes) {
  json.update(changes);
  return json;
}

Json unetOf(TinyKind kind) {
  const Json linear = {{"use_linear_projection", true}, {"attention_head_dim", {1, 2}}};
  switch (kind) {
    case TinyKind::Sd1:
      return kUnet;
    case TinyKind::Sd2:
      return with(kUnet, linear);
    case TinyKind::Sdxl:
      return with(with(kUnet, linear), {{"cross_attention_dim", 80},
                                        {"transformer_layers_per_block", {1, 2}},
                                        {"addition_embed_type", "text_time"},
                                        {"addition_time_embed_dim", 8},
                                        {"projection_class_embeddings_input_dim", 6 * 8 + 24}});
    case TinyKind::Inpainting:
      return with(kUnet, {{"in_channels", 9}});
  }
  throw std::logic_error("unknown kind");
}

// What deduce_configs.cpp assumes, in place of what is smaller.
Json plainUnetOf(TinyKind kind) {
  const Json unet = with(unetOf(kind), {{"norm_num_groups", 32}});
  if (kind == TinyKind::Sd1 || kind == TinyKind::Inpainting) return with(unet, {{"attention_head_dim", 8}});
  const Json wide = with(unet, {{"attention_head_dim", 1}});
  if (kind == TinyKind::Sd2) return with(wide, {{"upcast_attention", true}});
  return with(wide, {{"addition_time_embed_dim", 256}, {"projection_class_embeddings_input_dim", 6 * 256 + 24}});
}

Json plainVaeOf(TinyKind kind) {
  return with(kVae, {{"block_out_channels", {32, 32, 32}},
                     {"norm_num_groups", 32},
                     {"scaling_factor", kind == TinyKind::Sdxl ? 0.13025 : 0.18215}});
}

Json textOf(TinyKind kind, bool plain) {
  const bool openClip = kind == TinyKind::Sd2;
  const bool deep = openClip || kind == TinyKind::Sdxl;
  const Json text = deep ? with(kText, {{"num_hidden_layers", 2}}) : kText;
  return plain ? with(text, {{"num_attention_heads", 1}, {"hidden_act", openClip ? "gelu" : "quick_gelu"}}) : text;
}

Json schedulerOf(TinyKind kind) {
  if (kind == TinyKind::Sd2) return with(kScheduler, {{"prediction_type", "v_prediction"}});
  if (kind == TinyKind::Sdxl) return with(kScheduler, {{"_class_name", "EulerDiscreteScheduler"}});
  return kScheduler;
}

Json indexOf(TinyKind kind) {
  if (kind == TinyKind::Inpainting) return with(kIndex, {{"_class_name", "StableDiffusionInpaintPipeline"}});
  if (kind != TinyKind::Sdxl) return kIndex;
  Json index = with(kIndex, {{"_class_name", "StableDiffusionXLPipeline"},
                             {"text_encoder_2", {"transformers", "CLIPTextModelWithProjection"}},
                             {"tokenizer_2", {"transformers", "CLIPTokenizer"}},
                             {"scheduler", {"diffusers", "EulerDiscreteScheduler"}},
                             {"force_zeros_for_empty_prompt", true}});
  for (const char* left : {"safety_checker", "feature_extractor", "requires_safety_checker"}) index.erase(left);
  return index;
}

void writeJson(const fs::path& file, const Json& json) {
  fs::create_directories(file.parent_path());
  writeFileAtomically(file, json.dump(2)).value();
}

template <typename Model, typename Config>
void writePart(const fs::path& folder, const Json& json, const char* weights, unsigned seed) {
  Model model(Config::fromJson(json, folder / "config.json").value());
  initializeRandomly(*model, seed);
  writeJson(folder / "config.json", json);
  writeSafetensors(folder / weights, stateDict(*model)).value();
}

// `padWithBang`: as SD 2 and SDXL's second tokenizer pad.
void copyTokenizer(const fs::path& base, const fs::path& folder, bool padWithBang) {
  fs::create_directories(folder);
  fs::copy(base / "tokenizer", folder, fs::copy_options::overwrite_existing | fs::copy_options::recursive);
  if (!padWithBang) return;
  Json special = readJsonFile(folder / "special_tokens_map.json").value();
  special["pad_token"] = "!";
  writeJson(folder / "special_tokens_map.json", special);
}

}  // namespace

void writeTinyModel(const fs::path& folder, const fs::path& base, unsigned seed, TinyKind kind, bool plain) {
  const bool xl = kind == TinyKind::Sdxl;
  const Json text = textOf(kind, plain);
  const char* weights = "diffusion_pytorch_model.safetensors";
  writePart<UNet2DConditionModel, UNet2DConditionConfig>(folder / "unet", plain ? plainUnetOf(kind) : unetOf(kind),
                                                         weights, seed);
  writePart<AutoencoderKl, AutoencoderKlConfig>(folder / "vae", plain ? plainVaeOf(kind) : kVae, weights, seed + 1);
  writePart<ClipTextModel, ClipTextConfig>(folder / "text_encoder", text, "model.safetensors", seed + 2);
  writeJson(folder / "scheduler" / "scheduler_config.json", schedulerOf(kind));
  writeJson(folder / "model_index.json", indexOf(kind));
  copyTokenizer(base, folder / "tokenizer", kind == TinyKind::Sd2);
  if (!xl) return;
  const Json second = with(text, {{"architectures", Json::array({"CLIPTextModelWithProjection"})},
                                  {"hidden_act", "gelu"},
                                  {"hidden_size", 48},
                                  {"projection_dim", 24}});
  writePart<ClipTextModel, ClipTextConfig>(folder / "text_encoder_2", second, "model.safetensors", seed + 3);
  copyTokenizer(base, folder / "tokenizer_2", true);
}

}  // namespace likeness::test
