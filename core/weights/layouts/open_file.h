#pragma once
#include "core/weights/safetensors.h"

namespace likeness {

// Until TorchFile is there.
inline Result<std::shared_ptr<const TensorSource>> openWeightsFile(const std::filesystem::path& path) {
  LK_TRY(auto file, SafetensorsFile::open(path));
  return std::shared_ptr<const TensorSource>(std::make_shared<const SafetensorsFile>(std::move(file)));
}

}  // namespace likeness
