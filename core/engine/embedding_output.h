#pragma once
#include <string>

#include "core/api/job.h"
#include "core/project/project.h"
#include "core/train/checkpoint.h"

namespace likeness {

/// Writes the word that a checkpoint holds, alone, with token, class and options, and answers with the end of a sentence
/// that says what was written. Throws ErrorException: InvalidArgument for a run that learnt none, or where something is
/// in the way.
[[nodiscard]] std::string writeTrainedEmbedding(const Export& spec, const Project& project,
                                                const CheckpointInfo& checkpoint);

/// Where the word of an exported model or LoRA lies: inside a folder, else beside the file, NAME_emb.safetensors, as
/// diffusers' train_dreambooth_lora_sdxl_advanced.py puts it; empty if the run learnt none.
[[nodiscard]] std::filesystem::path embeddingBeside(const std::filesystem::path& out, const CheckpointState& state);

/// Writes it to `target`, if that isn't empty, and answers with a sentence, or nothing.
[[nodiscard]] std::string writeEmbeddingBeside(const std::filesystem::path& target, const Export& spec,
                                               const Project& project, const CheckpointInfo& checkpoint);

/// Refuses a run that changed nothing but a word, which no model and no LoRA has a place for. Throws ErrorException.
void refuseWordAlone(const CheckpointState& state, const Project& project);

/// What a file with a part of a run says of it.
[[nodiscard]] Metadata trainedMetadata(const Project& project, const CheckpointState& state);

}  // namespace likeness
