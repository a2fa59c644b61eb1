#include "core/base/atomic_file.h"
#include "core/pretrain/pretrain_config.h"
#include "core/project/yaml_reader.h"

namespace likeness {
namespace fs = std::filesystem;
namespace {

constexpr std::int64_t kMany = 1'000'000'000;
const std::vector<std::string> kStageKeys = {"phases", "learning_rate", "warmup", "decay", "power", "ema",
                                             "weight_decay", "beta1", "beta2", "max_grad_norm", "precision"};

std::vector<std::string> withKeys(std::vector<std::string> keys, const std::vector<std::string>& more) {
  keys.insert(keys.end(), more.begin(), more.end());
  return keys;
}

PretrainPhase phaseOf(const YamlReader& reader, const YAML::Node& node, const fs::path& file) {
  const YamlReader phase(node, file, "a phase");
  phase.onlyKnows({"size", "steps", "batch"});
  for (const char* key : {"size", "steps", "batch"}) {
    if (!phase.has(key)) reader.refuse(std::string("a phase lacks its ") + key + ".");
  }
  return {phase.number<std::int64_t>("size", 0, 8, 4096), phase.number<std::int64_t>("steps", 0, 1, kMany),
          phase.number<std::int64_t>("batch", 0, 1, 4096)};
}

void readStage(const YamlReader& reader, const fs::path& file, const std::string& name, PretrainStage& stage) {
  if (!reader.has("phases") || !reader.at("phases").IsSequence() || reader.at("phases").size() == 0) {
    reader.refuse(name + " lacks phases, a list as [{size: 64, steps: 1000, batch: 16}].");
  }
  for (const auto& node : reader.at("phases")) stage.phases.push_back(phaseOf(reader, node, file));
  stage.learningRate = reader.number<double>("learning_rate", stage.learningRate, 0, 1);
  stage.warmup = reader.number<std::int64_t>("warmup", stage.warmup, 0, kMany);
  const auto decay = reader.has("decay") ? reader.word("decay", {"cosine", "power", "constant"}) : std::string();
  if (decay == "cosine") stage.decay = LrScheduleKind::Cosine;
  if (decay == "power") stage.decay = LrScheduleKind::Polynomial;
  if (decay == "constant") stage.decay = LrScheduleKind::Constant;
  stage.power = reader.number<double>("power", stage.power, 0, 100);
  stage.ema = reader.number<double>("ema", stage.ema, 0, 0.999999);
  stage.weightDecay = reader.number<double>("weight_decay", stage.weightDecay, 0, 10);
  stage.beta1 = reader.number<double>("beta1", stage.beta1, 0, 0.9999);
  stage.beta2 = reader.number<double>("beta2", stage.beta2, 0, 0.999999);
  stage.maxGradNorm = reader.number<double>("max_grad_norm", stage.maxGradNorm, 0, 1e9);
  const auto precision = reader.word("precision", {"auto", "fp32", "bf16"});
  stage.precision = precision == "fp32" ? Precision::Fp32 : precision == "bf16" ? Precision::Bf16 : Precision::Auto;
}

void readVae(const YamlReader& top, const fs::path& file, VaeStage& stage) {
  if (!top.has("vae")) top.refuse("it says nothing of the VAE. Give its phases under vae.");
  const YamlReader reader(top.at("vae"), file, "vae");
  reader.onlyKnows(
      withKeys({"kl_weight", "squared_weight", "pyramid_weight", "pyramid_levels", "extra_share"}, kStageKeys));
  stage.learningRate = 1.5e-3, stage.warmup = 150, stage.decay = LrScheduleKind::Polynomial, stage.power = 0.7;
  stage.ema = 0.998, stage.weightDecay = 1e-3;
  readStage(reader, file, "vae", stage);
  stage.klWeight = reader.number<double>("kl_weight", stage.klWeight, 0, 100);
  stage.squaredWeight = reader.number<double>("squared_weight", stage.squaredWeight, 0, 100);
  stage.pyramidWeight = reader.number<double>("pyramid_weight", stage.pyramidWeight, 0, 100);
  stage.pyramidLevels = reader.number<std::int64_t>("pyramid_levels", stage.pyramidLevels, 0, 8);
  stage.extraShare = reader.number<double>("extra_share", stage.extraShare, 0, 1);
}

void readUNet(const YamlReader& top, const fs::path& file, UNetStage& stage) {
  if (!top.has("unet")) top.refuse("it says nothing of the UNet. Give its phases under unet.");
  const YamlReader reader(top.at("unet"), file, "unet");
  reader.onlyKnows(withKeys({"caption_dropout", "snr_gamma"}, kStageKeys));
  readStage(reader, file, "unet", stage);
  stage.captionDropout = reader.number<double>("caption_dropout", stage.captionDropout, 0, 1);
  stage.snrGamma = reader.number<double>("snr_gamma", stage.snrGamma, 0, 1000);
}

// Numbers, truths and texts of YAML as JSON has them.
Json jsonOf(const YAML::Node& node) {
  if (node.IsSequence()) {
    auto list = Json::array();
    for (const auto& item : node) list.push_back(jsonOf(item));
    return list;
  }
  if (!node.IsScalar()) return nullptr;
  const auto value = Json::parse(node.Scalar(), nullptr, false);
  return node.Tag() == "!" || value.is_discarded() ? Json(node.Scalar()) : value;
}

Json keysOf(const YamlReader& reader, const char* part) {
  auto json = Json::object();
  if (!reader.has(part)) return json;
  if (!reader.at(part).IsMap()) reader.refuse(std::string(part) + " of model is not a list of names and values.");
  for (const auto& entry : reader.at(part)) json[entry.first.Scalar()] = jsonOf(entry.second);
  return json;
}

fs::path pathOf(const YamlReader& reader, const char* key, const fs::path& file, bool required) {
  const auto text = reader.text(key);
  if (text.empty() && required) reader.refuse(std::string("it lacks ") + key + ", a folder.");
  return text.empty() ? fs::path() : (fs::absolute(file).parent_path() / text).lexically_normal();
}

void readModel(const YamlReader& top, const fs::path& file, PretrainConfig& config) {
  if (!top.has("model")) return;
  const YamlReader reader(top.at("model"), file, "model");
  reader.onlyKnows({"configs", "vae", "unet", "text_encoder"});
  config.configs = pathOf(reader, "configs", file, false);
  config.vae = keysOf(reader, "vae");
  config.unet = keysOf(reader, "unet");
  config.textEncoder = keysOf(reader, "text_encoder");
}

PretrainConfig readAll(const YAML::Node& root, const fs::path& file) {
  const YamlReader reader(root, file, "a pretraining");
  if (reader.number<int>("version", kPretrainVersion, 1, 1'000'000) > kPretrainVersion) {
    throw ErrorException({ErrorCode::NewerVersion,
                          file.string() + " was written for a newer version of Likeness. Update Likeness to use it.",
                          {}, file.string()});
  }
  reader.onlyKnows({"version", "pictures", "vae_pictures", "output", "tokenizer", "model", "seed", "weights", "vae",
                    "unet", "checkpoint_every", "keep_checkpoints", "sample_every", "sample_prompts"});
  PretrainConfig config;
  config.file = file;
  config.pictures = pathOf(reader, "pictures", file, true);
  config.vaePictures = pathOf(reader, "vae_pictures", file, false);
  config.output = pathOf(reader, "output", file, true);
  config.tokenizer = pathOf(reader, "tokenizer", file, true);
  readModel(reader, file, config);
  config.seed = reader.number<std::uint64_t>("seed", 0, 0, UINT64_MAX);
  config.weights = reader.word("weights", {"fp32", "fp16"}) == "fp16" ? WeightDtype::Fp16 : WeightDtype::Fp32;
  readVae(reader, file, config.vaeStage);
  readUNet(reader, file, config.unetStage);
  config.checkpointEvery = reader.number<std::int64_t>("checkpoint_every", config.checkpointEvery, 1, kMany);
  config.keepCheckpoints = reader.number<std::int64_t>("keep_checkpoints", config.keepCheckpoints, 1, 1000);
  config.sampleEvery = reader.number<std::int64_t>("sample_every", config.sampleEvery, 0, kMany);
  config.samplePrompts = reader.texts("sample_prompts");
  if (config.samplePrompts.size() > 64) reader.refuse("sample_prompts has more than 64 prompts. Give fewer.");
  return config;
}

}  // namespace

Result<PretrainConfig> parsePretrainConfig(const std::string& text, const fs::path& file) {
  LK_TRY(const auto root, parseYamlMapping(text, file));
  try {
    return readAll(root, file);
  } catch (const ErrorException& failure) {
    return failure.error();
  }
}

Result<PretrainConfig> readPretrainConfig(const fs::path& file) {
  LK_TRY(const auto text, readFile(file, kMaxYamlBytes));
  return parsePretrainConfig(text, file);
}

}  // namespace likeness
