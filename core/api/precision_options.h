#pragma once
#include <vector>

#include "core/api/options.h"

namespace likeness {

/// The options of what numbers weights lie in, of ending early, and of single blocks. They are part of trainOptions().
[[nodiscard]] std::vector<TrainOption> precisionOptions();

}  // namespace likeness
