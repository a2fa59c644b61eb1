#pragma once
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/weights/tensor_source.h"

namespace likeness {

/// A textual-inversion embedding: a word of a prompt that stands for learnt vectors in place of token embeddings.
/// Source: Gal et al. 2022 (arXiv:2208.01618).
struct TextualInversion {
  /// What a prompt may call it: the file's stem, as AUTOMATIC1111 does, and the token that the file names, if any.
  std::vector<std::string> names;
  /// [k, width] fp32, one for each text encoder of the model: one for Stable Diffusion 1 and 2, CLIP-L's and then
  /// OpenCLIP-bigG's for XL. All have the same k, at most kMostVectors, and are finite.
  std::vector<torch::Tensor> vectors;
  std::filesystem::path path;

  [[nodiscard]] std::int64_t count() const { return vectors.front().size(0); }
};

/// An embedding has to fit into one chunk of a prompt.
constexpr std::int64_t kMostVectors = 75;

/// Finds the embedding in an opened file. Read are A1111's `.pt` (`string_to_param`), A1111's `.safetensors`
/// (`emb_params`), diffusers' files of one tensor named by its token, and those for XL (`clip_l` and `clip_g`).
/// Embeddings hidden in pictures (.png, .webp) are not read. Device: CPU. Threads: any.
/// Errors: Unsupported for a file of another kind or with several embeddings, Corrupt for shapes or numbers that can't
/// be; each names the file.
[[nodiscard]] Result<TextualInversion> readTextualInversion(const TensorSource& file);

/// Writes its vectors, whole or not at all: for Stable Diffusion 1 and 2 one tensor under its first name, which it must
/// have, as diffusers' textual_inversion.py does; for XL clip_l and clip_g, as train_dreambooth_lora_sdxl_advanced.py.
/// Programs that go by the file's name call it by that. Dtype: `dtype`. Errors: those of the disk.
[[nodiscard]] Result<void> writeTextualInversion(const std::filesystem::path& path, const TextualInversion& embedding,
                                                 torch::ScalarType dtype = torch::kFloat32,
                                                 const Metadata& metadata = {});

/// "Stable Diffusion 1.x" for text encoders of these widths, or "a model with text of width 32" if no family has them.
[[nodiscard]] std::string familyOfWidths(const std::vector<std::int64_t>& widths);

}  // namespace likeness
