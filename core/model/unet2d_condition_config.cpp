#include <algorithm>

#include "core/model/config_reader.h"
#include "core/model/unet2d_condition_model.h"

namespace likeness {

namespace {

constexpr std::int64_t kMaxChannels = 16384;

/// Refuses what diffusers' class can do beyond Stable Diffusion.
void refuseOtherModels(const ConfigReader& reader) {
  reader.allowOnly("_class_name", {"UNet2DConditionModel"});
  reader.allowOnly("act_fn", {"silu", "swish"});
  reader.allowOnly("mid_block_type", {"UNetMidBlock2DCrossAttn"});
  reader.allowOnly("attention_type", {"default"});
  reader.allowOnly("time_embedding_type", {"positional"});
  reader.allowOnly("resnet_time_scale_shift", {"default"});
  reader.allowOnly("addition_embed_type", {"text_time"});
  reader.allowOnly("mid_block_scale_factor", {1});
  reader.allowOnly("dropout", {0.0});
  for (const char* key : {"only_cross_attention", "mid_block_only_cross_attention", "dual_cross_attention",
                          "resnet_skip_time_act", "class_embeddings_concat"}) {
    reader.allowOnly(key, {false});
  }
  for (const char* key : {"class_embed_type", "num_class_embeds", "encoder_hid_dim", "encoder_hid_dim_type",
                          "time_cond_proj_dim", "timestep_post_act", "time_embedding_act_fn", "cross_attention_norm",
                          "reverse_transformer_layers_per_block"}) {
    reader.allowOnly(key, {});
  }
}

/// For each level, whether its block attends to the text.
std::vector<bool> attentionOf(const ConfigReader& reader, const char* key, const std::vector<std::string>& fallback,
                              const std::string& with, const std::string& without) {
  std::vector<bool> result;
  for (const std::string& name : reader.texts(key, fallback)) {
    if (name != with && name != without) reader.failUnsupported(key, name);
    result.push_back(name == with);
  }
  reader.require(!result.empty() && result.size() <= 8, key, "a list of 1 to 8 block types");
  return result;
}

void readLevels(const ConfigReader& reader, UNet2DConditionConfig& config) {
  const std::string crossDown = "CrossAttnDownBlock2D", crossUp = "CrossAttnUpBlock2D";
  const auto down = attentionOf(reader, "down_block_types", {crossDown, crossDown, crossDown, "DownBlock2D"},
                                crossDown, "DownBlock2D");
  const auto up = attentionOf(reader, "up_block_types", {"UpBlock2D", crossUp, crossUp, crossUp}, crossUp, "UpBlock2D");
  const std::size_t count = down.size();
  reader.require(up.size() == count, "up_block_types", "as long a list as down_block_types");

  const auto perLevel = [&](const char* key, std::int64_t fallback, std::int64_t most) {
    return reader.integers(key, std::vector<std::int64_t>(count, fallback), count, 1, most);
  };
  reader.require(reader.has("block_out_channels") || count == 4, "block_out_channels", "given");
  const auto channels = reader.integers("block_out_channels", {320, 640, 1280, 1280}, count, 1, kMaxChannels);
  const auto layers = perLevel("layers_per_block", 2, 16);
  // attention_head_dim has meant the number of heads since the first release (diffusers #2011).
  const char* headsKey = reader.has("num_attention_heads") ? "num_attention_heads" : "attention_head_dim";
  const auto heads = perLevel(headsKey, 8, 1024);
  const auto depth = perLevel("transformer_layers_per_block", 1, 64);
  const auto context = perLevel("cross_attention_dim", 1280, kMaxChannels);

  for (std::size_t i = 0; i < count; ++i) {
    UNetLevelConfig level;
    level.channels = channels[i];
    level.layers = layers[i];
    level.attentionHeads = heads[i];
    level.transformerLayers = depth[i];
    level.crossAttentionDim = context[i];
    level.downAttention = down[i];
    level.upAttention = up[count - 1 - i];
    const bool attends = level.downAttention || level.upAttention || i + 1 == count;
    reader.require(!attends || channels[i] % heads[i] == 0, headsKey, "a divisor of the level's channels");
    reader.require(channels[i] % config.normGroups == 0, "norm_num_groups", "a divisor of all channels");
    reader.require(context[i] == context[0], "cross_attention_dim", "the same at each level");
    config.levels.push_back(level);
  }
}

/// norm1 of an up block's resnets sees the concatenation of two levels.
void checkGroups(const ConfigReader& reader, const UNet2DConditionConfig& config) {
  for (std::size_t i = 0; i + 1 < config.levels.size(); ++i) {
    const std::int64_t both = config.levels[i].channels + config.levels[i + 1].channels;
    reader.require(both % config.normGroups == 0, "norm_num_groups", "a divisor of all channels");
  }
}

UNet2DConditionConfig readUnet(const ConfigReader& reader) {
  refuseOtherModels(reader);
  UNet2DConditionConfig config;
  config.inChannels = reader.integer("in_channels", 4, 1, 1024);
  config.outChannels = reader.integer("out_channels", 4, 1, 1024);
  if (reader.has("sample_size")) config.sampleSize = reader.integers("sample_size", {}, 2, 1, 8192).front();
  config.normGroups = reader.integer("norm_num_groups", 32, 1, kMaxChannels);
  config.normEps = reader.number("norm_eps", 1e-5, 1e-12, 1e-1);
  config.downsamplePadding = reader.integer("downsample_padding", 1, 0, 1);
  config.convInKernel = reader.integer("conv_in_kernel", 3, 1, 15);
  config.convOutKernel = reader.integer("conv_out_kernel", 3, 1, 15);
  reader.require(config.convInKernel % 2 == 1, "conv_in_kernel", "odd");
  reader.require(config.convOutKernel % 2 == 1, "conv_out_kernel", "odd");
  config.useLinearProjection = reader.boolean("use_linear_projection", false);
  config.upcastAttention = reader.boolean("upcast_attention", false);
  config.flipSinToCos = reader.boolean("flip_sin_to_cos", true);
  config.freqShift = reader.number("freq_shift", 0, 0, 1);
  config.centerInputSample = reader.boolean("center_input_sample", false);
  readLevels(reader, config);
  checkGroups(reader, config);
  reader.require(config.levels[0].channels >= 4, "block_out_channels", "at least 4");
  config.timeEmbedDim = reader.integer("time_embedding_dim", 4 * config.levels[0].channels, 1, 4 * kMaxChannels);
  if (reader.has("addition_embed_type")) {
    reader.require(reader.has("projection_class_embeddings_input_dim"), "projection_class_embeddings_input_dim",
                   "given");
    UNetAdditionConfig addition;
    addition.timeEmbedDim = reader.integer("addition_time_embed_dim", 256, 4, kMaxChannels);
    addition.inputDim = reader.integer("projection_class_embeddings_input_dim", 2816, 1, 8 * kMaxChannels);
    config.addition = addition;
  }
  return config;
}

}  // namespace

Result<UNet2DConditionConfig> UNet2DConditionConfig::fromJson(const Json& json, const std::filesystem::path& file) {
  return readConfig<UNet2DConditionConfig>(json, file, readUnet);
}

}  // namespace likeness
