#include "core/train/block_choices.h"

#include <algorithm>

#include "core/api/block_values.h"

namespace likeness {
namespace {

Result<void> checkNames(const StableDiffusion& model, const char* option, const BlockValues& values) {
  const auto parameters = model.unet->named_parameters();
  for (const auto& [block, value] : values) {
    const auto within = [&](const auto& entry) { return liesInBlock(entry.key(), block); };
    if (std::any_of(parameters.begin(), parameters.end(), within)) continue;
    return Error{ErrorCode::InvalidArgument,
                 std::string(option) + " names " + block +
                     ", which this model's UNet doesn't have. Take it out, or name one of its parts as diffusers does, "
                     "such as down.0, mid or up.1.attentions.0."};
  }
  return {};
}

}  // namespace

double blockRate(const TrainConfig& config, const std::string& name) {
  return blockValue(config.blockLearningRates, name).value_or(1.0);
}

Result<void> checkBlocks(const StableDiffusion& model, const TrainConfig& config) {
  LK_CHECK(checkNames(model, "lora_block_ranks", config.loraBlockRanks));
  return checkNames(model, "block_learning_rates", config.blockLearningRates);
}

}  // namespace likeness
