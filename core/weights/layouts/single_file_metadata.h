#pragma once
#include <optional>
#include <string>

#include "core/base/json.h"
#include "core/weights/layouts/model_files.h"

namespace likeness {

/// What else a single file says of itself; empty members are left out.
struct SingleFileInfo {
  std::string title;
  std::string token, classNoun;  ///< what the model was taught
  Json recipe;                   ///< how: any JSON
  std::string previewJpeg;       ///< the bytes of a small picture
};

/// The metadata of a single file. Under "likeness.configs" it carries all configs, so that what tensors don't show
/// (heads, norm groups, scaling, the whole scheduler, special tokens) survives; `modelspec.*` is for other programs.
/// `date` is ISO 8601.
/// Source: Stability AI's Model Metadata Standard 1.0 (ModelSpec).
[[nodiscard]] Metadata singleFileMetadata(const ModelFiles& model, const SingleFileInfo& info, const std::string& date);

/// The configs that a file carries: an object of objects by part ("unet", "scheduler", "model_index", "tokenizer", …),
/// empty where there are none. At most 1 MiB, nested 32 deep; what is larger or damaged is left out, with a sentence in
/// `notes`.
[[nodiscard]] Json storedConfigs(const Metadata& metadata, std::vector<std::string>& notes);

/// Whether the moving average is the set of weights that the model was used with before it became this file.
[[nodiscard]] bool storedEma(const Metadata& metadata);

/// What the metadata say about predicting v; nothing if they don't.
[[nodiscard]] std::optional<bool> storedPrediction(const Metadata& metadata);

}  // namespace likeness
