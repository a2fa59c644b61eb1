#pragma once
#include <filesystem>

#include "core/api/job.h"
#include "core/base/result.h"

namespace likeness {

/// Whether a file's name is one that weights have.
[[nodiscard]] bool isWeightsFile(const std::filesystem::path& file);

/// Says what a file of weights is: a model, a part of one, a LoRA, an embedding, another family's model, or tensors.
/// Reads its header only.
[[nodiscard]] Result<Inspected> inspectWeights(const std::filesystem::path& file);

/// Says what a model is, in either layout. Reads headers and configs only; `withIdentity` also reads all weights of a
/// folder, to name its content by a hash.
[[nodiscard]] Result<Inspected> inspectModel(const std::filesystem::path& path, bool withIdentity);

}  // namespace likeness
