#pragma once
#include "core/sample/stable_diffusion.h"
#include "core/weights/layouts/model_files.h"

namespace likeness {

/// openStableDiffusion() through ModelFiles: for single files, and where a part is replaced. Tries the UNet where only
/// that tells what it predicts. Errors: those of openModelFiles, checkModelFiles, replacePart and loadModule.
[[nodiscard]] Result<StableDiffusion> openFromModelFiles(const std::filesystem::path& path, JobControl* control,
                                                         const OpenOptions& options);

/// The way back: an opened model, trained or not, for writing in either layout. Shares the modules' memory. Tokenizers
/// and special tokens are those of the files that it was opened from. Errors: those of opening them again.
[[nodiscard]] Result<ModelFiles> modelFilesOf(const StableDiffusion& model);

}  // namespace likeness
