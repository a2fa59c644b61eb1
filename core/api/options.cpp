#include "core/api/options.h"

#include <sstream>

#include "core/api/caption_options.h"
#include "core/api/look_options.h"
#include "core/api/method_options.h"
#include "core/api/option_kinds.h"
#include "core/api/precision_options.h"
#include "core/api/score_options.h"
#include "core/api/token_options.h"
#include "core/base/text.h"

namespace likeness {
namespace {

TrainOption flipOption() {
  return option_kinds::choice("flip", "Mirror half of the draws; switch off for lettering and other one-sided subjects.", true,
                &TrainConfig::flip, {{"true", true}, {"false", false}});
}

TrainOption previewPromptsOption() {
  const auto get = [](const TrainConfig& config) {
    std::string all;
    for (const auto& prompt : config.previewPrompts) all += (all.empty() ? "" : "; ") + prompt;
    return all;
  };
  const auto set = [](TrainConfig& config, const std::string& text) -> Result<void> {
    if (!isValidUtf8(text)) return option_kinds::badValue("preview_prompts", "…", "text in UTF-8");
    std::vector<std::string> prompts;
    std::istringstream stream(text);
    for (std::string prompt; std::getline(stream, prompt, ';');) {
      const auto start = prompt.find_first_not_of(' ');
      if (start != std::string::npos) prompts.push_back(prompt.substr(start, prompt.find_last_not_of(' ') + 1 - start));
    }
    config.previewPrompts = std::move(prompts);
    return {};
  };
  return {"preview_prompts", "", "What the previews show, separated by ; with [V] for the subject.", true, get, set};
}

std::vector<TrainOption> makeOptions() {
  using namespace option_kinds;
  using C = TrainConfig;
  constexpr std::int64_t kSteps = 1'000'000;
  std::vector<TrainOption> options{
      number<std::int64_t>("steps", "steps", "How long it learns; too long learns the photos by heart.", false, &C::steps, 1, kSteps),
      number<std::uint64_t>("seed", "", "Same seed and settings, same result.", true, &C::seed, 0, UINT64_MAX),
      number<double>("learning_rate", "", "How boldly the picture part changes at each step.", true, &C::learningRate, 0, 1),
      number<double>("text_encoder_learning_rate", "", "The same for the text part; 0 leaves it as it is.", true,
                     &C::textEncoderLearningRate, 0, 1),
      number<std::int64_t>("text_encoder_stop_step", "steps", "The text part stops learning here; 0: never.", true,
                           &C::textEncoderStopStep, 0, kSteps),
      choice<LrScheduleKind>("lr_schedule", "Whether and how the rate falls towards the end.", true, &C::lrSchedule,
                             {{"constant", LrScheduleKind::Constant}, {"linear", LrScheduleKind::Linear},
                              {"cosine", LrScheduleKind::Cosine}, {"cosine-restarts", LrScheduleKind::CosineRestarts},
                              {"polynomial", LrScheduleKind::Polynomial}, {"rex", LrScheduleKind::Rex}}),
      number<std::int64_t>("lr_warmup_steps", "steps", "The rate climbs from 0 over these steps.", true, &C::lrWarmupSteps, 0, kSteps),
      number<std::int64_t>("batch_size", "photos", "Photos looked at together; as many class images join them.", true,
                           &C::batchSize, 1, 256),
      number<std::int64_t>("gradient_accumulation", "", "Batches gathered for one step; the effect of a larger batch in less memory.",
                           true, &C::gradientAccumulation, 1, 1024),
      number<double>("max_grad_norm", "", "Longest step allowed; 0: no limit.", true, &C::maxGradNorm, 0, 1e6),
      number<double>("weight_decay", "", "How strongly the optimizer pulls weights towards 0.", true, &C::weightDecay,
                     0, 1),
      number<double>("prior_weight", "", "How much keeping the class counts beside learning the subject.", true, &C::priorWeight, 0, 100),
      number<std::int64_t>("prior_count", "images", "Class images to make.", false, &C::priorCount, 0, 10'000),
      choice<Precision>("precision", "auto takes bf16 where the processor has it, about twice as fast; fp32 is exact; fp16 scales its losses.", true,
                        &C::precision, {{"auto", Precision::Auto},
                         {"bf16", Precision::Bf16},
                         {"fp16", Precision::Fp16},
                         {"fp32", Precision::Fp32}}),
      number<std::int64_t>("resolution", "px", "Side of the trained square; 0: what the model was made for.", true, &C::resolution, 0, 4096),
      flipOption(),
      number<std::int64_t>("checkpoint_every", "steps", "How often the run is saved; 0: only at the end.", true, &C::checkpointEvery, 0, kSteps),
      number<std::int64_t>("keep_checkpoints", "", "Newest checkpoints kept; the best is always kept.", true, &C::keepCheckpoints, 1, 1000),
      number<std::int64_t>("validate_every", "steps", "How often it is tested on fixed noise; 0: never.", true, &C::validateEvery, 0, kSteps),
      number<std::int64_t>("preview_every", "steps", "How often a preview is made; 0: never.", true, &C::previewEvery, 0, kSteps),
      choice<TrainMethod>("method",
                          "full: all weights learn; lora: a small addition to them, in a file of its own; "
                          "textual-inversion: only what a new word means.",
                          false, &C::method,
                          {{"full", TrainMethod::Full},
                           {"lora", TrainMethod::Lora},
                           {"textual-inversion", TrainMethod::TextualInversion}}),
      choice<TrainBlocks>("train_blocks", "full only: which part of the picture part learns.", true, &C::trainBlocks,
                          {{"all", TrainBlocks::All},
                           {"attention", TrainBlocks::Attention},
                           {"cross-attention", TrainBlocks::CrossAttention},
                           {"up", TrainBlocks::Up}}),
      number<std::int64_t>("lora_rank", "", "How much a LoRA can hold; its file grows with it.", true,
                           &C::loraRank, 1, 1024),
      number<double>("lora_alpha", "", "How strongly a LoRA counts, divided by its rank; 0: the rank.", true,
                     &C::loraAlpha, 0, 1024),
      choice<LoraScaling>("lora_scaling", "What alpha is divided by: the rank, or its root, which suits large ranks.",
                          true, &C::loraScaling, {{"rank", LoraScaling::Standard}, {"root", LoraScaling::RankStabilised}}),
      number<double>("lora_dropout", "", "Share of what it is given that a LoRA doesn't see, against learning by heart.",
                     true, &C::loraDropout, 0, 0.99),
      choice<LoraTargets>("lora_targets", "Which layers get a LoRA.", true, &C::loraTargets,
                          {{"attention", LoraTargets::Attention},
                           {"attention-ff", LoraTargets::AttentionFeedForward},
                           {"linear", LoraTargets::Linear}}),
      number<std::int64_t>("lora_conv_rank", "", "The rank for convolutions; 0: they get no LoRA.", true,
                           &C::loraConvRank, 0, 1024),
      number<double>("lora_conv_alpha", "", "As lora_alpha, for convolutions; 0: their rank.", true,
                     &C::loraConvAlpha, 0, 1024),
      choice("lora_dora", "Learns the length of each layer's answers apart from their direction (DoRA).", true,
             &TrainConfig::loraDora, {{"true", true}, {"false", false}}),
      number<double>("lora_plus_ratio", "", "How many times faster a LoRA's second half learns than its first (LoRA+).",
                     true, &C::loraPlusRatio, 0.01, 1000),
  };
  for (auto& option : methodOptions()) options.push_back(std::move(option));
  for (auto& option : precisionOptions()) options.push_back(std::move(option));
  for (auto& option : tokenOptions()) options.push_back(std::move(option));
  for (auto& option : captionOptions()) options.push_back(std::move(option));
  for (auto& option : lookOptions()) options.push_back(std::move(option));
  for (auto& option : scoreOptions()) options.push_back(std::move(option));
  options.push_back(previewPromptsOption());
  return options;
}

}  // namespace

const std::vector<TrainOption>& trainOptions() {
  static const auto options = makeOptions();
  return options;
}

Result<void> setTrainOption(TrainConfig& config, const std::string& name, const std::string& value) {
  std::vector<std::string> names;
  for (const auto& option : trainOptions()) {
    if (option.name == name) return option.set(config, value);
    names.push_back(option.name);
  }
  const auto nearest = nearestWord(name, names);
  return Error{ErrorCode::InvalidArgument, "There is no training option \"" + name + "\"." +
                                               (nearest.empty() ? " See likeness-cli train --help for all of them."
                                                                : " Did you mean " + nearest + "?")};
}

std::map<std::string, std::string> trainOptionValues(const TrainConfig& config) {
  std::map<std::string, std::string> values;
  for (const auto& option : trainOptions()) values[option.name] = option.get(config);
  return values;
}

}  // namespace likeness
