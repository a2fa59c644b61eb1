#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "core/base/json.h"

namespace likeness {

/// A file that a picture was made with beside the model, as AUTOMATIC1111 records it.
struct NamedFile {
  std::string name;  ///< the file's stem
  std::string hash;  ///< first characters of a SHA-256; may be empty
  double weight = 1.0;
};

/// How a picture was made: enough to make it again. The named fields become AUTOMATIC1111's `parameters` text;
/// `full` is written unchanged under our own key.
struct PictureRecipe {
  std::string prompt;
  std::string negative;
  std::string sampler;  ///< our name
  std::string schedule = "model";
  int steps = 0;
  double guidance = 0;
  std::uint64_t seed = 0;
  int width = 0;  ///< of the first pass
  int height = 0;
  std::string model;
  std::string modelHash;  ///< first characters of the weights' SHA-256; may be empty
  int clipSkip = 1;       ///< 1: the last layer
  double strength = 0;    ///< of image-to-image, or of the second pass; 0: neither
  double hiresScale = 1;  ///< 1: one pass
  int hiresSteps = 0;
  std::string hiresUpscale = "latent";
  double maskBlur = 0;    ///< 0: none
  std::vector<NamedFile> loras, embeddings;
  NamedFile vae;
  Json full;  ///< everything, for us
};

/// The `parameters` text as AUTOMATIC1111 writes it: prompt (LoRAs as tags behind it), negative prompt, one line of
/// settings; values with commas, colons or line breaks quoted as JSON strings.
[[nodiscard]] std::string parametersText(const PictureRecipe& recipe);

}  // namespace likeness
