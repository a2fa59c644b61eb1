#pragma once
#include <filesystem>

namespace likeness::test {

/// Writes a Stable Diffusion with random weights in diffusers layout: two blocks of 32 channels, 4-channel latents,
/// 32-pixel pictures, a one-layer text encoder with the real vocabulary. It trains and samples in milliseconds.
/// Throws ErrorException when it can't be written. `base` is the embedded base, whose tokenizer is copied.
void writeTinyModel(const std::filesystem::path& folder, const std::filesystem::path& base, unsigned seed = 1);

}  // namespace likeness::test
