#pragma once
#include "core/sample/stable_diffusion.h"

namespace likeness {

/// openStableDiffusion() through ModelFiles: for single files, and where a part is replaced. Tries the UNet where only
/// that tells what it predicts. Errors: those of openModelFiles, checkModelFiles, replacePart and loadModule.
[[nodiscard]] Result<StableDiffusion> openFromModelFiles(const std::filesystem::path& path, JobControl* control,
                                                         const OpenOptions& options);

}  // namespace likeness
