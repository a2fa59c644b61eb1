#pragma once
#include <filesystem>
#include <optional>
#include <string>

#include "core/engine/picture_recipe.h"
#include "core/engine/resolved_sample.h"
#include "core/project/project.h"
#include "core/sample/text_to_image.h"

namespace likeness {

/// What a Sample works with, found out before anything is computed or written.
struct SamplePlan {
  Sample sample;  ///< with absolute paths
  std::optional<Project> project;
  std::filesystem::path model;  ///< where it really lies
  std::string identity;         ///< of the model
  std::optional<CheckpointInfo> checkpoint;
  std::vector<std::string> tokens;  ///< what [V], [V2] and so on stand for
  std::filesystem::path out;
  GenerateOptions options;
};

/// Finds model, checkpoint and files, and reads embeddings and the pictures and latents to start from. Warns for files
/// that are others now than the recipe says.
/// Errors: ErrorException for whatever is missing, damaged or contradicts itself.
[[nodiscard]] SamplePlan planSample(const ResolvedSample& resolved, const JobContext& context);

/// The plan of the same pictures with the base's weights.
[[nodiscard]] SamplePlan planOfBase(SamplePlan plan);

/// What is known of a picture that the plan made; the plan must outlive it.
[[nodiscard]] PictureOrigin originOf(const SamplePlan& plan, std::uint64_t seed, const SampleBatch& batch, int width,
                                     int height);

}  // namespace likeness
