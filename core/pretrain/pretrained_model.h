#pragma once
#include "core/pretrain/pretrain_folder.h"
#include "core/sample/model_parts.h"

namespace likeness {

/// Makes the modules of a plan with the weights that they begin with; see initial_weights.h.
[[nodiscard]] AutoencoderKl freshVae(const ModelParts& plan, std::uint64_t seed);
[[nodiscard]] ClipTextModel freshTextEncoder(const ModelParts& plan, std::uint64_t seed);
[[nodiscard]] UNet2DConditionModel freshUNet(const ModelParts& plan, std::uint64_t seed);

/// Writes a VAE's folder in diffusers layout, whole or not at all, with its scaling factor; and reads one, whose config
/// then stands in the plan.
[[nodiscard]] Result<void> writeVae(const std::filesystem::path& folder, const AutoencoderKl& vae, Json config,
                                    double scalingFactor);
[[nodiscard]] Result<AutoencoderKl> readVae(const std::filesystem::path& folder, ModelParts& plan);

/// The parts as a model that pictures are made with; shares the modules.
[[nodiscard]] StableDiffusion modelOf(const PretrainConfig& config, const ModelParts& plan, const AutoencoderKl& vae,
                                      const ClipTextModel& textEncoder, const UNet2DConditionModel& unet);

/// Writes it as a complete folder in diffusers layout, whole or not at all. Errors: as writeModelFolder().
[[nodiscard]] Result<void> writePretrained(const StableDiffusion& model, const PretrainConfig& config,
                                           const std::filesystem::path& target, JobControl& control);

}  // namespace likeness
