#include "ui/training/option_words.h"

#include <QCoreApplication>
#include <QHash>

namespace likeness {
namespace {

struct OptionText {
  Q_DECLARE_TR_FUNCTIONS(likeness::OptionWords)
};

QHash<QString, OptionWords> makeWords() {
  return {
      {"steps", {OptionText::tr("Steps")}},
      {"seed", {OptionText::tr("Seed")}},
      {"learning_rate", {OptionText::tr("Learning rate")}},
      {"text_encoder_learning_rate", {OptionText::tr("Learning rate of the text part")}},
      {"text_encoder_stop_step", {OptionText::tr("Text part learns until")}},
      {"lr_schedule",
       {OptionText::tr("Course of the rate"),
        {{"constant", OptionText::tr("Steady")},
         {"linear", OptionText::tr("Falling in a line")},
         {"cosine", OptionText::tr("Falling")},
         {"cosine-restarts", OptionText::tr("Falling again and again")},
         {"polynomial", OptionText::tr("Falling by a power")},
         {"rex", OptionText::tr("Falling late")}}}},
      {"lr_warmup_steps", {OptionText::tr("Warm-up")}},
      {"batch_size", {OptionText::tr("Photos at a time")}},
      {"gradient_accumulation", {OptionText::tr("Batches a step")}},
      {"max_grad_norm", {OptionText::tr("Longest step")}},
      {"weight_decay", {OptionText::tr("Weight decay")}},
      {"prior_weight", {OptionText::tr("Weight of the class images")}},
      {"prior_count", {OptionText::tr("Class images")}},
      {"precision",
       {OptionText::tr("Precision"),
        {{"auto", OptionText::tr("As this computer is fastest")},
         {"bf16", OptionText::tr("bf16, fast")},
         {"fp16", OptionText::tr("fp16, with scaled losses")},
         {"fp32", OptionText::tr("fp32, exact")}}}},
      {"resolution", {OptionText::tr("Size of the square")}},
      {"flip",
       {OptionText::tr("Mirror photos"),
        {{"true", OptionText::tr("Half of them")}, {"false", OptionText::tr("None")}}}},
      {"checkpoint_every", {OptionText::tr("Save every")}},
      {"keep_checkpoints", {OptionText::tr("Saved states to keep")}},
      {"validate_every", {OptionText::tr("Test every")}},
      {"preview_every", {OptionText::tr("Preview every")}},
      {"preview_prompts", {OptionText::tr("Preview prompts")}},
      {"method",
       {OptionText::tr("What learns"),
        {{"full", OptionText::tr("The model itself")},
         {"lora", OptionText::tr("A LoRA beside it")},
         {"textual-inversion", OptionText::tr("A new word for it")}}}},
      {"train_blocks",
       {OptionText::tr("Part of the model"),
        {{"all", OptionText::tr("All of it")},
         {"attention", OptionText::tr("Attention")},
         {"cross-attention", OptionText::tr("Attention to the text")},
         {"up", OptionText::tr("The way up")}}}},
      {"lora_rank", {OptionText::tr("Rank of the LoRA")}},
      {"lora_alpha", {OptionText::tr("Alpha of the LoRA")}},
      {"lora_scaling",
       {OptionText::tr("Alpha divided by"),
        {{"rank", OptionText::tr("The rank")}, {"root", OptionText::tr("The root of the rank")}}}},
      {"lora_dropout", {OptionText::tr("Dropout of the LoRA")}},
      {"lora_targets",
       {OptionText::tr("Layers with a LoRA"),
        {{"attention", OptionText::tr("Attention")},
         {"attention-ff", OptionText::tr("Attention and feed-forward")},
         {"linear", OptionText::tr("All linear ones")}}}},
      {"lora_conv_rank", {OptionText::tr("Rank for convolutions")}},
      {"lora_conv_alpha", {OptionText::tr("Alpha for convolutions")}},
      {"lora_dora",
       {OptionText::tr("Length apart from direction (DoRA)"),
        {{"true", OptionText::tr("Yes")}, {"false", OptionText::tr("No")}}}},
      {"lora_plus_ratio", {OptionText::tr("Rate of the second half (LoRA+)")}},
  };
}

std::vector<std::pair<QString, QString>> yesNo() {
  return {{"true", OptionText::tr("Yes")}, {"false", OptionText::tr("No")}};
}

QHash<QString, OptionWords> makePrecisionWords() {
  const std::vector<std::pair<QString, QString>> dtypes{{"fp32", "fp32"}, {"bf16", "bf16"}, {"fp16", "fp16"}};
  return {
      {"frozen_dtype", {OptionText::tr("Weights that don't learn in"), dtypes}},
      {"weights_dtype", {OptionText::tr("Weights that learn in"), {dtypes[0], dtypes[1]}}},
      {"early_stop", {OptionText::tr("Ends after validations without a better one")}},
      {"lora_block_ranks", {OptionText::tr("Ranks of parts of the picture part")}},
      {"block_learning_rates", {OptionText::tr("Rates of parts of the picture part")}},
  };
}

QHash<QString, OptionWords> makeMethodWords() {
  return {
      {"loss",
       {OptionText::tr("Loss"),
        {{"mse", OptionText::tr("Square")}, {"huber", OptionText::tr("Huber")}, {"smooth-l1",
                                                                                 OptionText::tr("Smooth L1")}}}},
      {"huber_schedule",
       {OptionText::tr("Course of Huber's bound"),
        {{"constant", OptionText::tr("Steady")},
         {"exponential", OptionText::tr("Exponential")},
         {"snr", OptionText::tr("By the noise")}}}},
      {"huber_c", {OptionText::tr("Huber's bound")}},
      {"snr_gamma", {OptionText::tr("Min-SNR gamma")}},
      {"debiased_estimation", {OptionText::tr("Debiased weights"), yesNo()}},
      {"timestep_sampling",
       {OptionText::tr("Noise levels drawn"),
        {{"uniform", OptionText::tr("Each alike")},
         {"logit-normal", OptionText::tr("The middle more often")},
         {"stratified", OptionText::tr("Evenly spread")}}}},
      {"optimizer",
       {OptionText::tr("Optimizer"),
        {{"adamw", "AdamW"}, {"adamw8bit", OptionText::tr("AdamW, 8 bit")}, {"sgd", "SGD"}, {"lion", "Lion"},
         {"adafactor", "Adafactor"}, {"prodigy", "Prodigy"}}}},
      {"adafactor_relative_step", {OptionText::tr("Adafactor sets its rate"), yesNo()}},
      {"prodigy_d_coef", {OptionText::tr("Scale of Prodigy's rate")}},
      {"prodigy_bias_correction", {OptionText::tr("Prodigy starts carefully"), yesNo()}},
      {"prodigy_safeguard_warmup", {OptionText::tr("Prodigy leaves the warm-up out"), yesNo()}},
      {"ema_decay", {OptionText::tr("Average of the weights")}},
      {"ema_warmup", {OptionText::tr("Average warms up"), yesNo()}},
      {"ema_inv_gamma", {OptionText::tr("Average's warm-up begins")}},
      {"ema_power", {OptionText::tr("Power of the average's warm-up")}},
      {"token_vectors", {OptionText::tr("Vectors of the new word")}},
      {"token_init", {OptionText::tr("The new word starts as")}},
      {"token_learning_rate", {OptionText::tr("Learning rate of the new word")}},
      {"token_weight_decay", {OptionText::tr("Weight decay of the new word")}},
      {"token_retract", {OptionText::tr("Keep the new word's size"), yesNo()}},
      {"gradient_checkpointing", {OptionText::tr("Save memory, take longer"), yesNo()}},
  };
}

}  // namespace

OptionWords optionWords(const QString& name) {
  const auto words = makeWords();
  const auto found = words.find(name);
  if (found != words.end()) return *found;
  const auto method = makeMethodWords();
  if (const auto known = method.find(name); known != method.end()) return *known;
  const auto precision = makePrecisionWords();
  if (const auto known = precision.find(name); known != precision.end()) return *known;
  auto spaced = name;
  spaced.replace('_', ' ');
  if (!spaced.isEmpty()) spaced[0] = spaced[0].toUpper();
  return {spaced};
}

}  // namespace likeness
