#pragma once
#include <vector>

#include "core/api/options.h"

namespace likeness {

/// The options of a new word's vectors (textual inversion, alone or beside a LoRA). They are part of trainOptions().
[[nodiscard]] std::vector<TrainOption> tokenOptions();

}  // namespace likeness
