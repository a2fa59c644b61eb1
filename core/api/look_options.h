#pragma once
#include <vector>

#include "core/api/options.h"

namespace likeness {

/// The options of which looks of a photo are learnt and which of its parts count, for trainOptions().
[[nodiscard]] std::vector<TrainOption> lookOptions();

}  // namespace likeness
