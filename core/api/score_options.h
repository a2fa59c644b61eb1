#pragma once
#include <vector>

#include "core/api/options.h"

namespace likeness {

/// The options of likeness scores and of what waits outside memory. They are part of trainOptions().
[[nodiscard]] std::vector<TrainOption> scoreOptions();

}  // namespace likeness
