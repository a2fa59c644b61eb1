#include "core/model/config_reader.h"
#include "core/model/vision_transformer.h"

namespace likeness {
namespace {

constexpr std::int64_t kMaxWidth = 16384;

VisionTransformerConfig readVision(const ConfigReader& reader, VisionKind kind) {
  reader.allowOnly("hidden_act", {"quick_gelu", "gelu"});
  reader.allowOnly("num_channels", {3});
  reader.allowOnly("qkv_bias", {true});
  reader.allowOnly("use_swiglu_ffn", {false});
  reader.allowOnly("apply_layernorm", {true});
  const bool clip = kind == VisionKind::Clip;
  VisionTransformerConfig config;
  config.kind = kind;
  config.hiddenSize = reader.integer("hidden_size", 768, 1, kMaxWidth);
  config.hiddenLayers = reader.integer("num_hidden_layers", 12, 1, 128);
  config.attentionHeads = reader.integer("num_attention_heads", 12, 1, 256);
  config.imageSize = reader.integer("image_size", 224, 1, 4096);
  config.patchSize = reader.integer("patch_size", clip ? 32 : kind == VisionKind::Dino ? 16 : 14, 1, 1024);
  config.layerNormEps = reader.number("layer_norm_eps", clip ? 1e-5 : kind == VisionKind::Dino ? 1e-12 : 1e-6, 0, 0.1);
  config.quickGelu = reader.text("hidden_act", clip ? "quick_gelu" : "gelu") == "quick_gelu";
  config.intermediateSize = kind == VisionKind::Dinov2
                                ? config.hiddenSize * reader.integer("mlp_ratio", 4, 1, 16)
                                : reader.integer("intermediate_size", 3072, 1, 4 * kMaxWidth);
  reader.require(config.hiddenSize % config.attentionHeads == 0, "num_attention_heads", "a divisor of hidden_size");
  reader.require(config.imageSize >= config.patchSize, "patch_size", "at most image_size");
  return config;
}

VisionTransformerConfig readClip(const Json& json, const ConfigReader& reader, const std::filesystem::path& file) {
  const auto vision = json.find("vision_config");
  const bool both = vision != json.end() && vision->is_object();
  auto config = readVision(both ? ConfigReader(*vision, file) : reader, VisionKind::Clip);
  config.projectionSize = reader.integer("projection_dim", 512, 1, kMaxWidth);
  return config;
}

}  // namespace

Result<VisionTransformerConfig> VisionTransformerConfig::fromJson(const Json& json, const std::filesystem::path& file) {
  return readConfig<VisionTransformerConfig>(json, file, [&](const ConfigReader& reader) {
    const auto type = reader.text("model_type", "");
    if (type == "clip" || type == "clip_vision_model") return readClip(json, reader, file);
    if (type == "vit") return readVision(reader, VisionKind::Dino);
    if (type == "dinov2") return readVision(reader, VisionKind::Dinov2);
    reader.failUnsupported("model_type", type);
  });
}

}  // namespace likeness
