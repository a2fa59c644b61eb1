#include "core/pretrain/pretrain_config.h"

#include <algorithm>

#include "core/tensor/precision.h"

namespace likeness {
namespace {

Json stageJson(const PretrainStage& stage) {
  auto phases = Json::array();
  for (const auto& phase : stage.phases) phases.push_back({phase.size, phase.steps, phase.batch});
  return {{"phases", phases},
          {"learning_rate", stage.learningRate},
          {"warmup", stage.warmup},
          {"decay", static_cast<int>(stage.decay)},
          {"power", stage.power},
          {"ema", stage.ema},
          {"weight_decay", stage.weightDecay},
          {"beta1", stage.beta1},
          {"beta2", stage.beta2},
          {"max_grad_norm", stage.maxGradNorm},
          {"bf16", stage.usesBf16()}};
}

}  // namespace

std::int64_t PretrainStage::steps() const {
  std::int64_t sum = 0;
  for (const auto& phase : phases) sum += phase.steps;
  return sum;
}

bool PretrainStage::usesBf16() const { return resolvedPrecision(precision) == Precision::Bf16; }

const PretrainPhase& PretrainStage::phaseAt(std::int64_t step) const {
  for (const auto& phase : phases) {
    if (step < phase.steps) return phase;
    step -= phase.steps;
  }
  return phases.back();
}

std::int64_t PretrainStage::samplesBefore(std::int64_t step) const {
  std::int64_t samples = 0;
  for (const auto& phase : phases) {
    const auto steps = std::min(step, phase.steps);
    samples += steps * phase.batch;
    step -= steps;
  }
  return samples;
}

Json meaningOf(const PretrainConfig& config) {
  auto vae = stageJson(config.vaeStage);
  vae["kl_weight"] = config.vaeStage.klWeight;
  vae["squared_weight"] = config.vaeStage.squaredWeight;
  vae["pyramid_weight"] = config.vaeStage.pyramidWeight;
  vae["pyramid_levels"] = config.vaeStage.pyramidLevels;
  vae["extra_share"] = config.vaeStage.extraShare;
  auto unet = stageJson(config.unetStage);
  unet["caption_dropout"] = config.unetStage.captionDropout;
  unet["snr_gamma"] = config.unetStage.snrGamma;
  return {{"pictures", config.pictures.string()},
          {"vae_pictures", config.vaePictures.string()},
          {"tokenizer", config.tokenizer.string()},
          {"configs", config.configs.string()},
          {"vae_config", config.vae},
          {"unet_config", config.unet},
          {"text_encoder_config", config.textEncoder},
          {"seed", config.seed},
          {"vae", vae},
          {"unet", unet}};
}

}  // namespace likeness
