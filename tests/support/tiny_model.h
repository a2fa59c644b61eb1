#pragma once
#include <filesystem>

namespace likeness::test {

/// Which of the architectures a tiny model follows.
enum class TinyKind {
  Sd1,
  Sd2,         ///< linear maps around the attention, v-prediction, padding with "!"
  Sdxl,        ///< two text encoders, pooled text and sizes
  Inpainting,  ///< Sd1 with 9 input channels
};

/// Writes a Stable Diffusion with random weights in diffusers layout: two blocks of 32 channels, 4-channel latents,
/// 32-pixel pictures, text encoders of one or two layers with the real vocabulary. It samples in milliseconds.
/// Throws ErrorException when it can't be written. `base` is the embedded base, whose tokenizer is copied. `plain`:
/// what tensors don't show (heads, norm groups, scaling) is what their family has, so that the model survives a file
/// without configs, such as a .ckpt.
void writeTinyModel(const std::filesystem::path& folder, const std::filesystem::path& base, unsigned seed = 1,
                    TinyKind kind = TinyKind::Sd1, bool plain = false);

}  // namespace likeness::test
