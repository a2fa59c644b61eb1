#pragma once

namespace likeness {

/// What a Stable Diffusion is built like, which is what its files and prompts hang on.
enum class ModelFamily {
  Sd1,   ///< 1.x and smaller ones of its kind: one text encoder, convolutions around the attention
  Sd2,   ///< 2.x: one text encoder, linear maps around the attention
  Sdxl,  ///< XL base: two text encoders, pooled text and sizes beside the tokens
};

/// "sd1", "sd2", "sdxl"; and "Stable Diffusion 1.x" and so on, for people.
[[nodiscard]] constexpr const char* familyId(ModelFamily family) {
  return family == ModelFamily::Sdxl ? "sdxl" : family == ModelFamily::Sd2 ? "sd2" : "sd1";
}
[[nodiscard]] constexpr const char* familyName(ModelFamily family) {
  return family == ModelFamily::Sdxl  ? "Stable Diffusion XL"
         : family == ModelFamily::Sd2 ? "Stable Diffusion 2.x"
                                      : "Stable Diffusion 1.x";
}

}  // namespace likeness
