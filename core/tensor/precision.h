#pragma once
#include "core/api/train_config.h"

namespace likeness {

/// Auto becomes bf16 where the processor multiplies bf16 itself, else fp32: one that only imitates bf16 is several times
/// slower in it. The others stay as they are. Threads: any.
[[nodiscard]] Precision resolvedPrecision(Precision precision);

}  // namespace likeness
