#include "core/weights/layouts/deduce_configs.h"

#include <algorithm>

#include "core/weights/layouts/layout_maps.h"

namespace likeness {
namespace {

constexpr std::int64_t kHeadWidth = 64;

Error unusual(const TensorSource& source, ErrorCode code, const std::string& what) {
  return {code, source.path().string() + " " + what, {}, source.path().string()};
}

// One number where all levels have the same, else the list.
Json perLevel(const std::vector<std::int64_t>& values) {
  const bool same = std::all_of(values.begin(), values.end(), [&](auto value) { return value == values.front(); });
  return same && !values.empty() ? Json(values.front()) : Json(values);
}

// Keeps what is known where it says the same in another way: one number for all levels.
void put(Json& config, const char* key, const Json& value) {
  const auto known = config.find(key);
  if (known != config.end() && known->is_array() && value.is_number() && !known->empty() &&
      std::all_of(known->begin(), known->end(), [&](const Json& item) { return item == value; })) {
    return;
  }
  config[key] = value;
}

void putIfUnknown(Json& config, const char* key, const Json& value) {
  if (!config.contains(key) || config[key].is_null()) config[key] = value;
}

Json startFrom(const Json& known, const char* className) {
  Json config = known.is_object() ? known : Json::object();
  config["_class_name"] = className;
  return config;
}

// Transformer blocks of one attention, and that all of the list have as many.
std::optional<std::int64_t> depthOf(const TensorSource& unet, const std::string& list, std::int64_t count) {
  std::int64_t depth = 0;
  for (std::int64_t j = 0; j < count; ++j) {
    std::int64_t own = 0;
    while (unet.has(list + std::to_string(j) + ".transformer_blocks." + std::to_string(own) + ".norm1.weight")) ++own;
    if (own == 0 || (j > 0 && own != depth)) return std::nullopt;
    depth = own;
  }
  return depth;
}

// Depth of each level's attentions; nothing where attentions of a level differ, which no config of ours can say.
std::optional<std::vector<std::int64_t>> depthsOf(const TensorSource& unet, const UNetLayout& layout) {
  std::vector<std::int64_t> depths;
  const auto count = static_cast<std::int64_t>(layout.levels.size());
  for (std::int64_t i = 0; i < count; ++i) {
    const auto& level = layout.levels[static_cast<std::size_t>(i)];
    std::vector<std::optional<std::int64_t>> found;
    if (level.downAttention) found.push_back(depthOf(unet, "down_blocks." + std::to_string(i) + ".attentions.", level.layers));
    if (level.upAttention) {
      found.push_back(depthOf(unet, "up_blocks." + std::to_string(count - 1 - i) + ".attentions.", level.layers + 1));
    }
    if (i + 1 == count) found.push_back(depthOf(unet, "mid_block.attentions.", 1));
    if (std::any_of(found.begin(), found.end(), [&](const auto& depth) { return !depth || depth != found.front(); })) {
      return std::nullopt;
    }
    depths.push_back(found.empty() ? 1 : *found.front());
  }
  return depths;
}

// The first resnet that an up block lacks: it has one more than the down block of its level. Empty if none does.
std::string missingBlock(const TensorSource& unet, const UNetLayout& layout) {
  const auto count = static_cast<std::int64_t>(layout.levels.size());
  for (std::int64_t i = 0; i < count; ++i) {
    for (std::int64_t j = 0; j <= layout.levels[static_cast<std::size_t>(count - 1 - i)].layers; ++j) {
      const auto name = "up_blocks." + std::to_string(i) + ".resnets." + std::to_string(j);
      if (!unet.has(name + ".conv1.weight")) return name;
    }
  }
  return {};
}

Json blockTypes(const UNetLayout& layout, bool up) {
  auto types = Json::array();
  for (std::size_t i = 0; i < layout.levels.size(); ++i) {
    const auto& level = layout.levels[up ? layout.levels.size() - 1 - i : i];
    if (up) types.push_back(level.upAttention ? "CrossAttnUpBlock2D" : "UpBlock2D");
    if (!up) types.push_back(level.downAttention ? "CrossAttnDownBlock2D" : "DownBlock2D");
  }
  return types;
}

// "attention_head_dim" has meant the number of heads since diffusers' first release.
void putHeads(Json& config, const std::vector<std::int64_t>& channels, ModelFamily family) {
  if (config.contains("num_attention_heads") && !config["num_attention_heads"].is_null()) return;
  std::vector<std::int64_t> heads;
  for (const auto wide : channels) heads.push_back(std::max<std::int64_t>(1, wide / kHeadWidth));
  putIfUnknown(config, "attention_head_dim", family == ModelFamily::Sd1 ? Json(8) : Json(heads));
}

void putAddition(Json& config, const TensorSource& unet) {
  const auto width = sizeOf(unet, "add_embedding.linear_1.weight", 1);
  if (width == 0) return;
  put(config, "addition_embed_type", "text_time");
  put(config, "projection_class_embeddings_input_dim", width);
  putIfUnknown(config, "addition_time_embed_dim", 256);
}

}  // namespace

Result<Json> deduceUNetConfig(const TensorSource& unet, ModelFamily family, const Json& known) {
  const auto layout = unetLayoutOfDiffusers(namesOf(unet));
  if (layout.levels.empty()) {
    return unusual(unet, ErrorCode::Corrupt, "holds a UNet without blocks. The file is incomplete; get it again.");
  }
  if (const auto lost = missingBlock(unet, layout); !lost.empty()) {
    return unusual(unet, ErrorCode::Corrupt, "lacks " + lost + " of its UNet. The file is incomplete; get it again.");
  }
  const auto depths = depthsOf(unet, layout);
  if (!depths) {
    return unusual(unet, ErrorCode::Unsupported,
                   "holds a UNet whose attentions differ within a level, like SSD-1B's, which this version can't run. "
                   "Use a Stable Diffusion 1, 2 or XL model.");
  }
  std::vector<std::int64_t> channels, layers;
  for (std::size_t i = 0; i < layout.levels.size(); ++i) {
    channels.push_back(sizeOf(unet, "down_blocks." + std::to_string(i) + ".resnets.0.conv1.weight", 0));
    layers.push_back(layout.levels[i].layers);
  }
  std::int64_t context = 0;
  bool linear = false;
  for (const auto& [name, info] : unet.tensors()) {
    if (name.ends_with(".attn2.to_k.weight") && info.shape.size() == 2) context = info.shape[1];
    if (name.ends_with(".proj_in.weight")) linear = info.shape.size() == 2;
  }
  Json config = startFrom(known, "UNet2DConditionModel");
  put(config, "in_channels", sizeOf(unet, "conv_in.weight", 1));
  put(config, "out_channels", sizeOf(unet, "conv_out.weight", 0));
  put(config, "block_out_channels", Json(channels));
  put(config, "down_block_types", blockTypes(layout, false));
  put(config, "up_block_types", blockTypes(layout, true));
  put(config, "layers_per_block", perLevel(layers));
  put(config, "transformer_layers_per_block", perLevel(*depths));
  put(config, "cross_attention_dim", context);
  put(config, "use_linear_projection", linear);
  const auto timeWidth = sizeOf(unet, "time_embedding.linear_1.weight", 0);
  const bool usual = timeWidth % 4 == 0 && timeWidth / 4 == channels.front();
  if (!usual || !config.value("time_embedding_dim", Json()).is_null()) put(config, "time_embedding_dim", timeWidth);
  putAddition(config, unet);
  putHeads(config, channels, family);
  putIfUnknown(config, "upcast_attention", family == ModelFamily::Sd2);
  putIfUnknown(config, "sample_size", family == ModelFamily::Sdxl ? 128 : 64);
  return config;
}

Result<Json> deduceVaeConfig(const TensorSource& vae, ModelFamily family, const Json& known) {
  const auto layout = vaeLayoutOfDiffusers(namesOf(vae));
  if (layout.levels < 1 || layout.layers < 1) {
    return unusual(vae, ErrorCode::Corrupt, "holds a VAE without blocks. The file is incomplete; get it again.");
  }
  for (const std::string half : {"encoder", "decoder"}) {
    if (vae.has(half + ".conv_in.weight")) continue;
    return unusual(vae, ErrorCode::Corrupt, "holds a VAE without its " + half + ". Get the whole file again.");
  }
  std::vector<std::int64_t> channels;
  for (std::int64_t i = 0; i < layout.levels; ++i) {
    channels.push_back(sizeOf(vae, "encoder.down_blocks." + std::to_string(i) + ".resnets.0.conv1.weight", 0));
  }
  const auto levels = static_cast<std::size_t>(layout.levels);
  Json config = startFrom(known, "AutoencoderKL");
  put(config, "in_channels", sizeOf(vae, "encoder.conv_in.weight", 1));
  put(config, "out_channels", sizeOf(vae, "decoder.conv_out.weight", 0));
  put(config, "latent_channels", sizeOf(vae, "decoder.conv_in.weight", 1));
  put(config, "block_out_channels", Json(channels));
  put(config, "layers_per_block", layout.layers);
  put(config, "down_block_types", Json(std::vector<std::string>(levels, "DownEncoderBlock2D")));
  put(config, "up_block_types", Json(std::vector<std::string>(levels, "UpDecoderBlock2D")));
  if (!vae.has("quant_conv.weight")) put(config, "use_quant_conv", false);
  if (!vae.has("post_quant_conv.weight")) put(config, "use_post_quant_conv", false);
  if (!vae.has("decoder.mid_block.attentions.0.group_norm.weight")) put(config, "mid_block_add_attention", false);
  putIfUnknown(config, "scaling_factor", family == ModelFamily::Sdxl ? 0.13025 : 0.18215);
  putIfUnknown(config, "sample_size", family == ModelFamily::Sdxl ? 1024 : 512);
  putIfUnknown(config, "force_upcast", true);
  return config;
}

Result<Json> deduceTextConfig(const TensorSource& text, bool openClip, const Json& known) {
  const auto width = sizeOf(text, "text_model.embeddings.token_embedding.weight", 1);
  const auto layers = clipLayers(namesOf(text));
  if (width == 0 || layers == 0) {
    return unusual(text, ErrorCode::Corrupt, "holds a text encoder without layers. The file is incomplete; get it again.");
  }
  const auto projection = sizeOf(text, "text_projection.weight", 0);
  Json config = known.is_object() ? known : Json::object();
  config["architectures"] = Json::array({projection > 0 ? "CLIPTextModelWithProjection" : "CLIPTextModel"});
  config["model_type"] = "clip_text_model";
  put(config, "vocab_size", sizeOf(text, "text_model.embeddings.token_embedding.weight", 0));
  put(config, "max_position_embeddings", sizeOf(text, "text_model.embeddings.position_embedding.weight", 0));
  put(config, "hidden_size", width);
  put(config, "intermediate_size", sizeOf(text, "text_model.encoder.layers.0.mlp.fc1.weight", 0));
  put(config, "num_hidden_layers", layers);
  if (projection > 0) put(config, "projection_dim", projection);
  putIfUnknown(config, "projection_dim", openClip ? 512 : width);
  putIfUnknown(config, "num_attention_heads", std::max<std::int64_t>(1, width / kHeadWidth));
  putIfUnknown(config, "hidden_act", openClip ? "gelu" : "quick_gelu");
  putIfUnknown(config, "layer_norm_eps", 1e-5);
  putIfUnknown(config, "attention_dropout", 0.0);
  putIfUnknown(config, "bos_token_id", 49406);
  putIfUnknown(config, "eos_token_id", 49407);
  putIfUnknown(config, "pad_token_id", openClip ? 0 : 49407);
  return config;
}

}  // namespace likeness
