#include "core/model/autoencoder_kl.h"
#include "core/model/config_reader.h"

namespace likeness {

namespace {

constexpr std::int64_t kMaxVaeChannels = 16384;

void checkBlockTypes(const ConfigReader& reader, const char* key, const std::string& only, std::size_t count) {
  const auto names = reader.texts(key, std::vector<std::string>(count, only));
  reader.require(names.size() == count, key, "as long a list as block_out_channels");
  for (const std::string& name : names) {
    if (name != only) reader.failUnsupported(key, name);
  }
}

std::size_t countLevels(const ConfigReader& reader, const Json& json) {
  const auto found = json.find("block_out_channels");
  if (found == json.end() || found->is_null()) return 1;
  reader.require(found->is_array() && !found->empty() && found->size() <= 8, "block_out_channels",
                 "a list of 1 to 8 whole numbers");
  return found->size();
}

void readScaling(const ConfigReader& reader, AutoencoderKlConfig& config) {
  config.scalingFactor = reader.number("scaling_factor", 0.18215, 1e-6, 1e6);
  if (reader.has("shift_factor")) config.shiftFactor = reader.number("shift_factor", 0, -1e6, 1e6);
  const auto channels = static_cast<std::size_t>(config.latentChannels);
  config.latentsMean = reader.numbers("latents_mean", channels);
  config.latentsStd = reader.numbers("latents_std", channels);
  reader.require(config.latentsMean.empty() == config.latentsStd.empty(), "latents_std", "given with latents_mean");
  for (const double deviation : config.latentsStd) reader.require(deviation > 0, "latents_std", "positive");
}

AutoencoderKlConfig readVae(const ConfigReader& reader, const Json& json) {
  reader.allowOnly("_class_name", {"AutoencoderKL"});
  reader.allowOnly("act_fn", {"silu", "swish"});
  AutoencoderKlConfig config;
  const std::size_t count = countLevels(reader, json);
  checkBlockTypes(reader, "down_block_types", "DownEncoderBlock2D", count);
  checkBlockTypes(reader, "up_block_types", "UpDecoderBlock2D", count);
  config.blockOutChannels = reader.integers("block_out_channels", {64}, count, 1, kMaxVaeChannels);
  config.inChannels = reader.integer("in_channels", 3, 1, 1024);
  config.outChannels = reader.integer("out_channels", 3, 1, 1024);
  config.latentChannels = reader.integer("latent_channels", 4, 1, 1024);
  config.layersPerBlock = reader.integer("layers_per_block", 1, 1, 16);
  config.normGroups = reader.integer("norm_num_groups", 32, 1, kMaxVaeChannels);
  for (const std::int64_t channels : config.blockOutChannels) {
    reader.require(channels % config.normGroups == 0, "norm_num_groups", "a divisor of all channels");
  }
  if (reader.has("sample_size")) config.sampleSize = reader.integers("sample_size", {}, 2, 1, 65536).front();
  config.midBlockAttention = reader.boolean("mid_block_add_attention", true);
  config.useQuantConv = reader.boolean("use_quant_conv", true);
  config.usePostQuantConv = reader.boolean("use_post_quant_conv", true);
  config.forceUpcast = reader.boolean("force_upcast", true);
  readScaling(reader, config);
  return config;
}

}  // namespace

Result<AutoencoderKlConfig> AutoencoderKlConfig::fromJson(const Json& json, const std::filesystem::path& file) {
  return readConfig<AutoencoderKlConfig>(json, file,
                                         [&json](const ConfigReader& reader) { return readVae(reader, json); });
}

}  // namespace likeness
