#pragma once
#include "core/train/dreambooth_trainer.h"
#include "core/train/training_pass.h"

namespace likeness {

/// The prompts of a run, each once: for one subject without captions 0 is its own, 1 (with priors) its class's, and the
/// last, with caption_dropout, the empty one.
[[nodiscard]] std::vector<std::string> trainingPrompts(const TrainJob& job);

/// Encodes a run's pictures and tokenizes its prompts; tells of progress. Subjects of one class with the same class
/// images share their latents. Control: before each picture; throws ErrorException(Cancelled). Threads: one.
[[nodiscard]] TrainingMaterial prepareMaterial(const StableDiffusion& model, const TrainJob& job, JobControl& control,
                                               TrainObserver& observer);

}  // namespace likeness
