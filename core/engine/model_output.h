#pragma once
#include <filesystem>
#include <optional>
#include <string>

#include "core/api/job.h"
#include "core/engine/job_context.h"
#include "core/weights/layouts/write_model.h"

namespace likeness {

struct ModelOutput {
  ModelFormat format = ModelFormat::Diffusers;
  std::filesystem::path path;
  std::optional<torch::ScalarType> dtype = {};
  SingleFileInfo info = {};  ///< for a single file
};

/// Writes a model, reports progress and answers with the end of a sentence that says what was written, and what reading
/// it again showed. Throws ErrorException.
[[nodiscard]] std::string writeModel(const ModelFiles& model, const ModelOutput& output, JobContext& context);

/// "fp32", "fp16", "bf16"; nothing for an empty word. InvalidArgument for any other.
[[nodiscard]] Result<std::optional<torch::ScalarType>> parseDtype(const std::string& word);

}  // namespace likeness
