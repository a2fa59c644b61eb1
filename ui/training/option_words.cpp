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
        {{"constant", OptionText::tr("Steady")}, {"cosine", OptionText::tr("Falling")}}}},
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
         {"bf16", OptionText::tr("bf16, fast")}, {"fp32", OptionText::tr("fp32, exact")}}}},
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
        {{"full", OptionText::tr("The model itself")}, {"lora", OptionText::tr("A LoRA beside it")}}}},
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

}  // namespace

OptionWords optionWords(const QString& name) {
  const auto words = makeWords();
  const auto found = words.find(name);
  if (found != words.end()) return *found;
  auto spaced = name;
  spaced.replace('_', ' ');
  if (!spaced.isEmpty()) spaced[0] = spaced[0].toUpper();
  return {spaced};
}

}  // namespace likeness
