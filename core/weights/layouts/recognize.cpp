#include "core/weights/layouts/recognize.h"

#include <algorithm>
#include <array>

#include "core/weights/lora_key.h"

namespace likeness {
namespace {

const char* const kModel = "model.diffusion_model.";

template <typename Condition>
bool any(const TensorSource& file, const Condition& condition) {
  return std::any_of(file.tensors().begin(), file.tensors().end(),
                     [&](const auto& entry) { return condition(entry.first); });
}

// Width of the text that a UNet attends to.
std::int64_t contextWidth(const TensorSource& file) {
  for (const auto& [name, info] : file.tensors()) {
    if (name.ends_with("attn2.to_k.weight") && info.shape.size() >= 2) return info.shape[1];
  }
  return 0;
}

std::optional<ModelFamily> familyOfWidth(std::int64_t width) {
  switch (width) {
    case 768:
      return ModelFamily::Sd1;
    case 1024:
      return ModelFamily::Sd2;
    case 2048:
      return ModelFamily::Sdxl;
    default:
      return std::nullopt;
  }
}

struct Mark {
  std::string_view name;  // of a tensor, or the beginning of some; within model.diffusion_model. or at the top
  const char* family;
};
// Source: the names by which diffusers' single_file_utils.py tells checkpoints apart.
constexpr std::array kOtherFamilies{
    Mark{"joint_blocks.0.", "Stable Diffusion 3"},
    Mark{"distilled_guidance_layer.", "Chroma"},
    Mark{"txt_in.individual_token_refiner.", "Hunyuan Video"},
    Mark{"single_stream_modulation.lin.weight", "FLUX.2"},
    Mark{"double_blocks.0.", "FLUX"},
    Mark{"single_transformer_blocks.0.", "FLUX"},
    Mark{"double_layers.0.", "AuraFlow"},
    Mark{"double_stream_blocks.0.", "HiDream"},
    Mark{"patchify_proj.", "LTX-Video"},
    Mark{"cap_embedder.0.", "Lumina 2 or Z-Image"},
    Mark{"adaln_single.", "PixArt"},
    Mark{"head.modulation", "Wan"},
    Mark{"blocks.0.attn.qkv_x.weight", "Mochi"},
    Mark{"blocks.0.cross_attn.kv_linear.weight", "Sana"},
    Mark{"clip_txt_mapper.weight", "Stable Cascade"},
    Mark{"down_blocks.0.channelwise.", "Stable Cascade"},
    Mark{"down_blocks.0.motion_modules.", "AnimateDiff"},
    Mark{"input_blocks.1.0.time_stack.", "Stable Video Diffusion"},
    Mark{"input_blocks.1.1.time_stack.", "Stable Video Diffusion"},
    Mark{"transformer_blocks.0.attn.add_k_proj.", "Stable Diffusion 3 or FLUX"},
};
constexpr std::array kOtherMarks{
    Mark{"edm_mean", "Playground 2.5 (EDM)"},
    Mark{"edm_vpred.sigma_max", "CosXL (EDM)"},
    Mark{"text_encoders.t5xxl.", "Stable Diffusion 3 or FLUX"},
    Mark{"cond_stage_model.transformer.token_emb.weight", "Latent Diffusion (with a BERT)"},
    Mark{"cc_projection.weight", "Zero123"},
    Mark{"cond_stage_model.visual.", "an older Zero123"},
};

Recognized other(const std::string& family) { return {WeightsKind::OtherFamily, family + " model"}; }

std::optional<Recognized> otherFamily(const TensorSource& file) {
  for (const auto& mark : kOtherMarks) {
    if (hasPrefix(file, std::string(mark.name))) return other(mark.family);
  }
  for (const auto& mark : kOtherFamilies) {
    const std::string name(mark.name);
    if (hasPrefix(file, name) || hasPrefix(file, kModel + name)) return other(mark.family);
  }
  return std::nullopt;
}

// Which of the Stable Diffusions a UNet in CompVis's layout belongs to, or a relative that is run otherwise.
Recognized recognizeUNet(const TensorSource& file, const std::string& prefix) {
  const auto latents = sizeOf(file, prefix + "out.2.weight", 0), in = sizeOf(file, prefix + "input_blocks.0.0.weight", 1);
  const auto width = contextWidth(file);
  const bool labels = file.has(prefix + "label_emb.0.0.weight");
  const bool first = hasPrefix(file, "conditioner.embedders.0.transformer.");
  const bool second = hasPrefix(file, "conditioner.embedders.1.model.");
  if (file.has(prefix + "label_emb.weight")) return other("Stable Diffusion x4 upscaler");
  if (!second && (hasPrefix(file, "conditioner.embedders.0.model.") || (labels && width == 1280 && !first))) {
    return other("Stable Diffusion XL refiner");
  }
  if (labels && !second && !first && (hasPrefix(file, "cond_stage_model.") || width == 1024 || width == 768)) {
    return other("Stable unCLIP");
  }
  if (in == 2 * latents) return other("InstructPix2Pix");
  if (in == latents + 1) return other("depth-to-image");
  if (in != latents && in != 2 * latents + 1) return other("diffusion (" + std::to_string(in) + "-channel)");
  const auto model = [&](ModelFamily family) {
    return Recognized{WeightsKind::Model, std::string(familyName(family)) + " model", family};
  };
  if (labels) return model(ModelFamily::Sdxl);
  if (hasPrefix(file, "cond_stage_model.model.")) return model(ModelFamily::Sd2);
  if (hasPrefix(file, "cond_stage_model.transformer.")) return model(ModelFamily::Sd1);
  return model(familyOfWidth(width).value_or(ModelFamily::Sd1));
}

std::string forFamily(const std::optional<ModelFamily>& family) {
  return family ? std::string(" for ") + familyName(*family) : std::string();
}

// The modules that a LoRA changes, as far as they tell what it was made for.
struct LoraMarks {
  bool matrices = false, kohya = false, transformer = false, secondEncoder = false;
  std::int64_t width = 0;      // of the text that attention reads
  std::string_view otherKind;  // of an adapter that is no LoRA
};

LoraMarks marksOf(const TensorSource& file) {
  LoraMarks marks;
  for (const auto& [name, info] : file.tensors()) {
    if (const auto kind = otherAdapterKind(name); !kind.empty() && marks.otherKind.empty()) marks.otherKind = kind;
    const auto key = parseLoraKey(name);
    if (!key || (key->part != LoraPart::Down && key->part != LoraPart::Up)) continue;
    marks.matrices = true;
    marks.kohya = marks.kohya || name.find(".lora_down.") != std::string::npos;
    marks.secondEncoder = marks.secondEncoder || key->component == LoraComponent::TextEncoder2;
    const auto module = loraSpelling(key->module);
    const auto starts = [&](const char* start) { return module.starts_with(start); };
    const bool ofUnet = !key->component || key->component == LoraComponent::Unet;
    marks.transformer = marks.transformer || (ofUnet && (starts("transformer_") || starts("single_") ||
                                                         starts("double_") || starts("joint_")));
    const bool readsText = key->part == LoraPart::Down && module.ends_with("attn2_to_k") && info.shape.size() >= 2;
    if (readsText && marks.width == 0) marks.width = info.shape[1];
  }
  return marks;
}

// By the words of sd-scripts' and the model spec's metadata.
std::optional<ModelFamily> familyOfMetadata(const Metadata& metadata) {
  for (const char* key : {"ss_base_model_version", "modelspec.architecture"}) {
    const auto found = metadata.find(key);
    if (found == metadata.end()) continue;
    const auto says = [&](const char* word) { return found->second.find(word) != std::string::npos; };
    if (says("xl")) return ModelFamily::Sdxl;
    if (says("v2")) return ModelFamily::Sd2;
    if (says("v1")) return ModelFamily::Sd1;
  }
  return std::nullopt;
}

std::optional<Recognized> recognizeLora(const TensorSource& file) {
  const auto marks = marksOf(file);
  if (!marks.matrices && marks.otherKind.empty()) return std::nullopt;
  Recognized what;
  what.kind = WeightsKind::Lora;
  if (!marks.transformer) {
    what.family = marks.secondEncoder ? ModelFamily::Sdxl : familyOfWidth(marks.width);
    if (!what.family) what.family = familyOfMetadata(file.metadata());
  }
  what.madeFor = marks.transformer ? "a transformer model, such as FLUX or Stable Diffusion 3"
                 : what.family     ? familyName(*what.family)
                                   : "";
  what.name = !marks.otherKind.empty() ? std::string(marks.otherKind) + " adapter"
              : marks.kohya            ? "LoRA in kohya's naming"
                                       : "LoRA in PEFT's naming";
  if (!what.madeFor.empty()) what.name += " for " + what.madeFor;
  return what;
}

// A1111's, sd-scripts' or diffusers' textual inversion: rows of a text encoder's width.
std::optional<Recognized> recognizeEmbedding(const TensorSource& file) {
  const auto& tensors = file.tensors();
  const auto isRows = [](const auto& entry) {
    const auto& shape = entry.second.shape;
    const auto width = shape.empty() ? 0 : shape.back();
    return shape.size() <= 2 && (width == 768 || width == 1024 || width == 1280) &&
           (shape.size() == 1 || shape.front() <= 512);
  };
  const bool named = any(file, [](const std::string& name) {
    return name == "emb_params" || name == "clip_l" || name == "clip_g" || name.starts_with("string_to_param");
  });
  const bool bare = !tensors.empty() && tensors.size() <= 2 && std::all_of(tensors.begin(), tensors.end(), isRows);
  if (!named && !bare) return std::nullopt;
  std::int64_t rows = 0, width = 0;
  for (const auto& entry : tensors) {
    if (!isRows(entry) || entry.second.shape.back() <= width) continue;
    width = entry.second.shape.back();
    rows = entry.second.shape.size() == 1 ? 1 : entry.second.shape.front();
  }
  const auto family = tensors.size() == 2 ? std::optional(ModelFamily::Sdxl) : familyOfWidth(width);
  return Recognized{WeightsKind::Embedding,
                    "textual-inversion embedding of " + std::to_string(rows) + " tokens" + forFamily(family), family};
}

}  // namespace

bool hasPrefix(const TensorSource& file, const std::string& prefix) {
  const auto found = file.tensors().lower_bound(prefix);
  return found != file.tensors().end() && found->first.starts_with(prefix);
}

CompvisPrefixes compvisPrefixes(const TensorSource& file) {
  CompvisPrefixes found;
  const auto pick = [&](std::optional<std::string>& place, std::initializer_list<const char*> prefixes,
                        const std::string& sign) {
    for (const auto* prefix : prefixes) {
      if (!place && file.has(prefix + sign)) place = prefix;
    }
  };
  pick(found.unet, {kModel, ""}, "input_blocks.0.0.weight");
  pick(found.vae, {"first_stage_model.", "vae.", ""}, "decoder.mid.block_1.conv1.weight");
  for (const auto* sign : {"text_model.embeddings.token_embedding.weight", "embeddings.token_embedding.weight"}) {
    pick(found.clip, {"cond_stage_model.transformer.", "conditioner.embedders.0.transformer."}, sign);
  }
  pick(found.openClip, {"cond_stage_model.model.", "conditioner.embedders.1.model."}, "token_embedding.weight");
  if (file.has("transformer.resblocks.0.ln_1.weight")) pick(found.openClip, {""}, "token_embedding.weight");
  return found;
}

const char* kindId(WeightsKind kind) {
  constexpr std::array kIds = {"model", "unet",      "vae",        "text_encoder", "lora",
                               "embedding", "controlnet", "other_family", "other"};
  return kIds[static_cast<std::size_t>(kind)];
}

Recognized recognizeWeights(const TensorSource& file) {
  if (auto lora = recognizeLora(file)) return *lora;
  if (hasPrefix(file, "control_model.") || hasPrefix(file, "controlnet_cond_embedding.") ||
      hasPrefix(file, "input_hint_block.")) {
    return {WeightsKind::ControlNet, "ControlNet" + forFamily(familyOfWidth(contextWidth(file))),
            familyOfWidth(contextWidth(file))};
  }
  if (auto family = otherFamily(file)) return *family;
  const auto prefixes = compvisPrefixes(file);
  if (prefixes.unet) return recognizeUNet(file, *prefixes.unet);
  if (file.has("down_blocks.0.resnets.0.conv1.weight")) {
    const auto family = familyOfWidth(contextWidth(file));
    return {WeightsKind::UNet, "UNet in diffusers' naming" + forFamily(family), family};
  }
  if (prefixes.vae) return {WeightsKind::Vae, "VAE in CompVis's naming"};
  if (file.has("decoder.mid_block.resnets.0.conv1.weight")) return {WeightsKind::Vae, "VAE in diffusers' naming"};
  if (prefixes.openClip) return {WeightsKind::TextEncoder, "text encoder in OpenCLIP's naming"};
  if (prefixes.clip || file.has("text_model.embeddings.token_embedding.weight") ||
      file.has("embeddings.token_embedding.weight")) {
    return {WeightsKind::TextEncoder, "text encoder in transformers' naming"};
  }
  if (auto embedding = recognizeEmbedding(file)) return *embedding;
  return {WeightsKind::Other, "file of tensors"};
}

}  // namespace likeness
