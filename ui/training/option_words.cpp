#include "ui/training/option_words.h"

#include <QCoreApplication>
#include <QHash>

namespace likeness {
namespace {

QString tr(const char* text) { return QCoreApplication::translate("likeness::OptionWords", text); }

QHash<QString, OptionWords> makeWords() {
  return {
      {"steps", {tr("Steps")}},
      {"seed", {tr("Seed")}},
      {"learning_rate", {tr("Learning rate")}},
      {"text_encoder_learning_rate", {tr("Learning rate of the text part")}},
      {"text_encoder_stop_step", {tr("Text part learns until")}},
      {"lr_schedule", {tr("Course of the rate"), {{"constant", tr("Steady")}, {"cosine", tr("Falling")}}}},
      {"lr_warmup_steps", {tr("Warm-up")}},
      {"batch_size", {tr("Photos at a time")}},
      {"gradient_accumulation", {tr("Batches a step")}},
      {"max_grad_norm", {tr("Longest step")}},
      {"weight_decay", {tr("Weight decay")}},
      {"prior_weight", {tr("Weight of the class images")}},
      {"prior_count", {tr("Class images")}},
      {"precision", {tr("Precision"), {{"bf16", tr("bf16, fast")}, {"fp32", tr("fp32, exact")}}}},
      {"resolution", {tr("Size of the square")}},
      {"flip", {tr("Mirror photos"), {{"true", tr("Half of them")}, {"false", tr("None")}}}},
      {"checkpoint_every", {tr("Save every")}},
      {"keep_checkpoints", {tr("Saved states to keep")}},
      {"validate_every", {tr("Test every")}},
      {"preview_every", {tr("Preview every")}},
      {"preview_prompts", {tr("Preview prompts")}},
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
