#pragma once
#include <filesystem>
#include <functional>
#include <vector>

#include "core/engine/job_list.h"
#include "core/engine/sample_plan.h"

namespace likeness {

/// Fills in the size that the plan leaves to its model and to the picture to start from, and checks the plan against the
/// model. Errors: ErrorException for what does not fit.
void fitToModel(SamplePlan& plan, const StableDiffusion& model);

/// The plan's model, opened and the plan fitted to it.
[[nodiscard]] StableDiffusion openForPlan(SamplePlan& plan, JobContext& context, Studio& studio);

/// Warns of what the plan can do with this model, but hardly as it is meant.
void warnOf(const SamplePlan& plan, const StableDiffusion& model, const JobContext& context);

/// How many times the model will be evaluated for the plan's pictures.
[[nodiscard]] std::int64_t evaluationsOf(const SamplePlan& plan, const StableDiffusion& model);

/// How the pictures of a plan are told of.
struct SampleSeries {
  bool base = false;   ///< the before pictures of before/after pairs
  int firstIndex = 0;  ///< of PictureReady
  std::function<void(std::int64_t)> onEvaluations;  ///< how many of evaluationsOf() are done
};

struct MadePictures {
  std::vector<std::filesystem::path> files;
  std::vector<ImagePtr> images;
  torch::Tensor latents;
};

/// Makes the plan's pictures, with its LoRAs on the model meanwhile, and writes each as soon as it is there.
[[nodiscard]] MadePictures makePictures(const SamplePlan& plan, StableDiffusion model, const SampleSeries& series,
                                        JobContext& context);

}  // namespace likeness
