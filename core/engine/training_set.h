#pragma once
#include "core/engine/job_list.h"
#include "core/train/dreambooth_trainer.h"

namespace likeness {

/// What a project's subjects are taught from: the squares of their photos, their captions and their class images, which
/// are made where they are missing and asked for. Warns of what the studio finds in the photos and leaves out those
/// that are too small. Throws ErrorException for a subject without photos, or one whose photos can't be read.
[[nodiscard]] TrainingSet loadTrainingSet(const Project& project, const TrainConfig& config, int resolution,
                                          JobContext& context, Studio& studio);

/// Makes the missing class images of each class, or reuses those that are there, and answers with all of them in one.
[[nodiscard]] PriorSet prepareAllPriors(const Project& project, const TrainConfig& config, bool replaceRejected,
                                        JobContext& context, Studio& studio);

}  // namespace likeness
