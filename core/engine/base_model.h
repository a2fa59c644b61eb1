#pragma once
#include <filesystem>
#include <string>

#include "core/base/result.h"
#include "core/text/tokenizer.h"

namespace likeness {

/// Where the embedded base model lies: $LIKENESS_BASE, else share/likeness/base beside the program's bin/, else the
/// source tree that this was built from. NotFound, saying what to set, if none of them is there.
[[nodiscard]] Result<std::filesystem::path> findBaseModel();

/// The folder of CLIP's vocabulary for models that bring none: the embedded base's. Errors: those of findBaseModel().
[[nodiscard]] Result<std::filesystem::path> findVocabulary();

/// Where a project's model lies: its own folder in diffusers layout or single file, or the embedded base when `model` is
/// empty. Errors: NotFound; InvalidArgument for a device or pipe.
[[nodiscard]] Result<std::filesystem::path> modelPath(const std::filesystem::path& model);

/// What a model's configs, or the headers of a single file, say; no tensor is read.
struct ModelSummary {
  int resolution = 0;    ///< pixels of the square that it was trained at
  int sizeMultiple = 8;  ///< widths and heights are multiples of it
  std::string title;     ///< "Embedded base · 128 px"
};
[[nodiscard]] Result<ModelSummary> summarizeModel(const std::filesystem::path& model);

/// What a model (empty: the embedded base) counts as in the table of presets (see core/project/presets.h): "base", "sd1",
/// "sd2" or "sdxl".
[[nodiscard]] Result<std::string> presetFamilyOf(const std::filesystem::path& model);

/// Looks whether a model (empty: the embedded base) is complete and its weights' headers are sound, without reading a
/// weight; answers with its tokenizer.
[[nodiscard]] Result<ClipTokenizer> checkModel(const std::filesystem::path& model);

}  // namespace likeness
