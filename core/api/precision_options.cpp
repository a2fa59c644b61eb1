#include "core/api/precision_options.h"

#include "core/api/block_values.h"
#include "core/api/option_kinds.h"

namespace likeness {
namespace {

// An option that is a number for each of some parts of the UNet.
TrainOption blocks(const char* name, const char* summary, BlockValues TrainConfig::*member, double high, bool whole) {
  const auto set = [=](TrainConfig& config, const std::string& text) -> Result<void> {
    LK_TRY(config.*member, parseBlockValues(name, text, 0, high, whole));
    return {};
  };
  return {name, "", summary, true, [=](const TrainConfig& config) { return blockValuesText(config.*member); }, set};
}

}  // namespace

std::vector<TrainOption> precisionOptions() {
  using namespace option_kinds;
  using C = TrainConfig;
  return {
      choice<WeightDtype>("frozen_dtype", "What weights that don't learn lie in; bf16 and fp16 take half the memory.",
                          true, &C::frozenDtype,
                          {{"fp32", WeightDtype::Fp32}, {"bf16", WeightDtype::Bf16}, {"fp16", WeightDtype::Fp16}}),
      choice<WeightDtype>("weights_dtype",
                          "full only: what weights that learn lie in; bf16 takes half, and is rounded at random.", true,
                          &C::weightsDtype, {{"fp32", WeightDtype::Fp32}, {"bf16", WeightDtype::Bf16}}),
      number<std::int64_t>("early_stop", "validations",
                           "Ends when so many in a row were no better than the best; 0: never.", true, &C::earlyStop, 0,
                           1000),
      blocks("lora_block_ranks", "lora_rank for parts of the UNet, as in down=8; up.1=64; 0 leaves a part out.",
             &C::loraBlockRanks, 1024, true),
      blocks("block_learning_rates",
             "What learning_rate is multiplied by in parts of the UNet, as in down=0.5; mid=0; 0 freezes a part.",
             &C::blockLearningRates, 1000, false),
  };
}

}  // namespace likeness
