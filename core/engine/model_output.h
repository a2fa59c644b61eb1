#pragma once
#include <filesystem>
#include <optional>
#include <string>

#include "core/api/job.h"
#include "core/engine/job_context.h"
#include "core/weights/layouts/write_model.h"
#include "core/weights/lora_names.h"

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

/// The parts of a model that LoRAs can change, and the names of their modules; no tensor is read.
inline constexpr std::pair<const char*, LoraComponent> kLoraParts[] = {{kUNet, LoraComponent::Unet},
                                                                       {kTextEncoder, LoraComponent::TextEncoder},
                                                                       {kTextEncoder2, LoraComponent::TextEncoder2}};
[[nodiscard]] LoraNames loraNames(const ModelFiles& model);

/// "fp32", "fp16", "bf16"; nothing for an empty word. InvalidArgument for any other.
[[nodiscard]] Result<std::optional<torch::ScalarType>> parseDtype(const std::string& word);

}  // namespace likeness
