#pragma once
#include <string>

#include "core/api/train_config.h"
#include "core/base/result.h"
#include "core/sample/stable_diffusion.h"

namespace likeness {

/// What learning_rate is multiplied by for a module or parameter of the UNet: block_learning_rates, else 1.
[[nodiscard]] double blockRate(const TrainConfig& config, const std::string& name);

/// InvalidArgument if lora_block_ranks or block_learning_rates name a part that this UNet doesn't have.
[[nodiscard]] Result<void> checkBlocks(const StableDiffusion& model, const TrainConfig& config);

}  // namespace likeness
