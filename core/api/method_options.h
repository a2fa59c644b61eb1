#pragma once
#include <vector>

#include "core/api/options.h"

namespace likeness {

/// The options of how a run learns: loss, noise, timesteps, optimizer, average of the weights, memory. They are part of
/// trainOptions().
[[nodiscard]] std::vector<TrainOption> methodOptions();

}  // namespace likeness
