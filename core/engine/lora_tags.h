#pragma once
#include <filesystem>
#include <optional>
#include <string>

#include "core/api/sample.h"
#include "core/engine/job_context.h"

namespace likeness {

/// The LoRA file of that name, looked for beside the model and in the folders where AUTOMATIC1111 and ComfyUI keep
/// theirs (`../Lora`, `../loras`). Nothing for names that are paths.
[[nodiscard]] std::optional<std::filesystem::path> findLora(const std::string& name, const std::filesystem::path& model);

/// Takes `<lora:NAME:WEIGHT>` out of the sample's prompt: a LoRA that the sample has by that name gets the weight, another
/// is looked for and added, and one that isn't found is warned of.
void takeLoraTags(Sample& sample, const JobContext& context);

}  // namespace likeness
