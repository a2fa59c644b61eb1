#pragma once
#include <vector>

#include "core/api/options.h"

namespace likeness {

/// The options of what each picture is called, and of class images that are none. They are part of trainOptions().
[[nodiscard]] std::vector<TrainOption> captionOptions();

}  // namespace likeness
