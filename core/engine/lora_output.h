#pragma once
#include <string>

#include "core/api/job.h"
#include "core/project/project.h"
#include "core/train/checkpoint.h"

namespace likeness {

/// Writes a checkpoint's LoRA alone, whole or not at all, with alpha, token, class and options, then the word that was
/// learnt with it, and answers with the end of a sentence that says what was written. Of the model only the names and shapes of its weights are read.
/// Throws ErrorException: InvalidArgument for a run that trained whole weights, or where something is in the way.
[[nodiscard]] std::string writeTrainedLora(const Export& spec, const Project& project,
                                           const CheckpointInfo& checkpoint);

}  // namespace likeness
