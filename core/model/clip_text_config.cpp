#include "core/model/clip_text_model.h"
#include "core/model/config_reader.h"

namespace likeness {

namespace {

constexpr std::int64_t kMaxWidth = 16384;

bool hasProjection(const ConfigReader& reader) {
  for (const std::string& name : reader.texts("architectures", {})) {
    if (name == "CLIPTextModelWithProjection") return true;
  }
  return false;
}

ClipTextConfig readClip(const ConfigReader& reader) {
  reader.allowOnly("model_type", {"clip_text_model"});
  reader.allowOnly("hidden_act", {"quick_gelu", "gelu"});
  reader.allowOnly("attention_dropout", {0.0});
  reader.allowOnly("dropout", {0.0});
  ClipTextConfig config;
  config.vocabSize = reader.integer("vocab_size", config.vocabSize, 3, 1 << 22);
  config.hiddenSize = reader.integer("hidden_size", config.hiddenSize, 1, kMaxWidth);
  config.intermediateSize = reader.integer("intermediate_size", config.intermediateSize, 1, 4 * kMaxWidth);
  config.hiddenLayers = reader.integer("num_hidden_layers", config.hiddenLayers, 1, 128);
  config.attentionHeads = reader.integer("num_attention_heads", config.attentionHeads, 1, 256);
  config.maxPositions = reader.integer("max_position_embeddings", config.maxPositions, 1, 8192);
  config.eosTokenId = reader.integer("eos_token_id", config.eosTokenId, 0, 1 << 22);
  config.layerNormEps = reader.number("layer_norm_eps", config.layerNormEps, 1e-12, 1e-1);
  config.quickGelu = reader.text("hidden_act", "quick_gelu") == "quick_gelu";
  reader.require(config.hiddenSize % config.attentionHeads == 0, "num_attention_heads", "a divisor of hidden_size");
  if (hasProjection(reader)) config.projectionSize = reader.integer("projection_dim", 512, 1, kMaxWidth);
  return config;
}

}  // namespace

Result<ClipTextConfig> ClipTextConfig::fromJson(const Json& json, const std::filesystem::path& file) {
  return readConfig<ClipTextConfig>(json, file, readClip);
}

}  // namespace likeness
