#pragma once
#include "core/sample/text_to_image.h"

namespace likeness {

/// How the first pass of generate() and the second one of HiresOptions walk the noise schedule, without callbacks.
[[nodiscard]] SamplerOptions firstSamplerOptions(const GenerateOptions& options);
[[nodiscard]] SamplerOptions secondSamplerOptions(const GenerateOptions& options);

}  // namespace likeness
