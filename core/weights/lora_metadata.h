#pragma once
#include <span>
#include <string>

#include "core/base/json.h"
#include "core/weights/lora.h"

namespace likeness {

/// What a LoRA file says about itself for other programs: sd-scripts' `ss_*` that follow from the tensors and the model,
/// and Stability's `modelspec.*` that must be there.
[[nodiscard]] Metadata loraMetadata(const std::string& title, std::span<const LoraModule> modules,
                                    const LoraNames& names);

/// The arguments of PEFT's LoraConfig for each component, their names prefixed as diffusers does it ("unet.r").
[[nodiscard]] Json peftSettings(std::span<const LoraModule> modules);

/// The hashes by which sd-scripts and AUTOMATIC1111 know a LoRA whatever else is written into its metadata: SHA-256 of
/// the file's data, and the first 8 digits of SHA-256 of its 64 kB from 1 MB on, both as if the file had the `ss_*` of
/// `metadata` only. Errors: those of writeSafetensors() for `path`.
struct LoraHashes {
  std::string model, legacy;
};
[[nodiscard]] Result<LoraHashes> loraHashes(const std::filesystem::path& path, const NamedTensors& tensors,
                                            const Metadata& metadata);

}  // namespace likeness
