#pragma once
#include <filesystem>

#include "core/weights/layouts/model_files.h"
#include "core/weights/layouts/single_file_metadata.h"
#include "core/weights/write_source.h"

namespace likeness {

/// Looks whether every part that the family needs is there, that each has exactly the tensors which its config asks
/// for, and that the parts fit each other. Reads no tensor.
/// Errors: NotFound naming the parts that are missing and what to give; Corrupt or Unsupported, naming tensors.
[[nodiscard]] Result<void> checkModelFiles(const ModelFiles& model);

/// Writes a model as a single safetensors file in CompVis's names, whole or not at all, one tensor in memory at a time;
/// then reads it again and compares. `target` must end in .safetensors and not exist.
/// Errors: those of checkModelFiles(), writeSource() and verifyWritten(); InvalidArgument for the target.
[[nodiscard]] Result<void> writeSingleFile(const ModelFiles& model, const std::filesystem::path& target,
                                           const SingleFileInfo& info, const WriteOptions& options = {});

/// Writes a model as a complete folder in diffusers layout, whole or not at all, one tensor in memory at a time; then
/// reads it again and compares. A second set of UNet weights lies beside the first as
/// diffusion_pytorch_model.non_ema.safetensors, or .ema. where the plain weights are the first. `clipVocabulary` is a
/// folder with CLIP's vocab.json and merges.txt, for models that bring none. `target` must not exist or be empty.
/// Errors: as above.
[[nodiscard]] Result<void> writeModelFolder(const ModelFiles& model, const std::filesystem::path& target,
                                            const std::filesystem::path& clipVocabulary,
                                            const WriteOptions& options = {});

/// Bytes that writing and reading again will report to WriteOptions::onWritten.
[[nodiscard]] std::uint64_t workOfWriting(const ModelFiles& model, const WriteOptions& options);

}  // namespace likeness
