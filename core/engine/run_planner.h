#pragma once
#include <filesystem>
#include <string>
#include <vector>

#include "core/engine/job_list.h"
#include "core/project/project.h"
#include "core/train/planner.h"

namespace likeness {

/// Judges what runs of a project would take, trying a few steps of each on a model opened anew. Threads: the job's.
class RunPlanner {
 public:
  /// Everything that training has in memory besides the model is there already.
  RunPlanner(const Project& project, JobContext& context, Studio& studio);

  /// See planTraining().
  [[nodiscard]] TrainingPlan plan(const TrainConfig& config);

  /// The plan, and where it does not fit what would: see nearestThatFit().
  [[nodiscard]] TrainingPlan planWithOffers(const TrainConfig& config);

 private:
  const Project& m_project;
  JobContext& m_context;
  Studio& m_studio;
  std::filesystem::path m_model;
  std::uint64_t m_program;
  SquareSizes m_sizes;
};

/// Throws what checkFits() says of a run that can't fit, with what would. `model`: opened, not yet used.
void refuseWhatCannotFit(const StableDiffusion& model, const Project& project, const TrainConfig& config,
                         JobContext& context, Studio& studio);

}  // namespace likeness
