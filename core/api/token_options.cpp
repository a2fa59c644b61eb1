#include "core/api/token_options.h"

#include "core/api/option_kinds.h"
#include "core/base/text.h"

namespace likeness {
namespace {

TrainOption tokenInitOption() {
  const auto set = [](TrainConfig& config, const std::string& text) -> Result<void> {
    if (!isValidUtf8(text)) return option_kinds::badValue("token_init", "…", "text in UTF-8");
    config.tokenInit = text;
    return {};
  };
  return {"token_init", "", "The word that the new one starts as; empty: the class.", true,
          [](const TrainConfig& config) { return config.tokenInit; }, set};
}

}  // namespace

std::vector<TrainOption> tokenOptions() {
  using namespace option_kinds;
  using C = TrainConfig;
  return {
      number<std::int64_t>("token_vectors", "",
                           "Vectors that [V] stands for; 0: one with textual-inversion, none beside a LoRA.", true,
                           &C::tokenVectors, 0, 64),
      tokenInitOption(),
      number<double>("token_learning_rate", "", "How boldly these vectors change at each step.", true,
                     &C::tokenLearningRate, 0, 1),
      number<double>("token_weight_decay", "", "How strongly the optimizer pulls these vectors towards 0.", true,
                     &C::tokenWeightDecay, 0, 1),
      yesNo("token_retract", "Pulls these vectors towards the size of other words' after each step.",
            &C::tokenRetract),
  };
}

}  // namespace likeness
