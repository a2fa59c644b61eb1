#pragma once
#include <filesystem>
#include <memory>

#include "core/base/result.h"
#include "core/weights/tensor_source.h"

namespace likeness {

/// Opens a file of weights whatever its name says, by its first bytes: safetensors, or either of PyTorch's formats, which
/// are read without running anything in them. This is how every weights file that a user names is opened.
/// Threads: any. Errors: as SafetensorsFile and TorchFile; Unsupported, saying what it seems to be, for any other file.
[[nodiscard]] Result<std::shared_ptr<const TensorSource>> openWeightsFile(const std::filesystem::path& path);

}  // namespace likeness
