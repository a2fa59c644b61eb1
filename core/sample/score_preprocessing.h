#pragma once
#include <array>
#include <filesystem>
#include <optional>

#include "core/api/image.h"
#include "core/base/json.h"
#include "core/base/result.h"
#include "core/data/resample.h"
#include "core/model/vision_transformer.h"

namespace likeness {

/// How a picture becomes what a picture encoder takes, from transformers' `preprocessor_config.json`: resized, its
/// middle cut out, its channels normalised.
struct ScorePreprocessing {
  std::optional<int> shortestEdge = {};  ///< else `width` by `height`, whatever the picture's shape
  int width = 224, height = 224;
  std::optional<std::array<int, 2>> crop = {};  ///< width and height of the middle
  Filter filter = Filter::Bicubic;
  std::array<double, 3> mean{}, deviation{};

  /// What the encoder's makers published, for files that don't say: CLIP 224 of 224 with its own mean and deviation,
  /// DINO 224 and DINOv2 224 of 256 with ImageNet's. Sizes follow the encoder's where it takes no other.
  [[nodiscard]] static ScorePreprocessing usual(const VisionTransformerConfig& config);

  /// Reads and checks a config; `file` is named in errors (Corrupt, Unsupported). What it leaves out is `usual`.
  [[nodiscard]] static Result<ScorePreprocessing> fromJson(const Json& json, const std::filesystem::path& file,
                                                           const ScorePreprocessing& usual);

  /// The size of what apply() gives for a picture of any size with shorter side ≥ 1; crops are never larger than it.
  [[nodiscard]] std::array<int, 2> outputSize() const;

  /// Shape: [1,3,H,W]. Dtype and device: fp32, CPU. Bicubic as Pillow (a = −0.5, antialiased, rounded to bytes).
  /// Source: transformers' CLIPImageProcessor, ViTImageProcessor and BitImageProcessor with Pillow.
  [[nodiscard]] torch::Tensor apply(const Image& image) const;
};

}  // namespace likeness
