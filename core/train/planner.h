#pragma once
#include <string>
#include <vector>

#include "core/api/train_config.h"
#include "core/api/training_plan.h"
#include "core/base/job_control.h"
#include "core/sample/stable_diffusion.h"
#include "core/train/memory_changes.h"

namespace likeness {

/// Judges what a run with `config` will take: memory at its peak, by part, and time. Weights, gradients and the
/// optimizer's state are counted; activations and time are measured on steps of one photo at up to half the trained
/// resolution (or at all of it, where that is quick) and carried on linearly in the pixels of a micro-batch, which holds
/// as long as attention does not keep its maps. `prompts`: those of training, which name the word that the
/// model was given with addNewWord() where a run learns one; `program`: bytes that the process held before it
/// opened the model. Leaves the model's weights as they are, but for
/// their dtype (frozen_dtype, weights_dtype).
/// Control: looked at before each measured step. Threads: one.
/// Errors: InvalidArgument for a resolution that the model can't train at; Cancelled (thrown); c10::Error from Torch.
[[nodiscard]] Result<TrainingPlan> planTraining(StableDiffusion& model, const TrainConfig& config,
                                                const std::vector<std::string>& prompts, std::uint64_t program,
                                                JobControl& control);

/// The parts that need no measuring: weights, gradients and optimizer; total is their sum. Weights and optimizer's state
/// of parts that nothing reads during a step are counted, too.
[[nodiscard]] TrainingPlan countedPlan(const StableDiffusion& model, const TrainConfig& config);

/// Whether a run of which these parts are counted fits for certain, whatever its passes take: no need to measure them.
/// `resident`: bytes that the process holds besides.
[[nodiscard]] bool surelyFits(const TrainingPlan& counted, const TrainConfig& config, int resolution,
                              std::uint64_t resident);

/// What may be offered in place of the run's resolution.
[[nodiscard]] SquareSizes squareSizes(const StableDiffusion& model, const TrainConfig& config);

/// OutOfMemory, with both figures and what would fit, when the plan needs more than there is.
[[nodiscard]] Result<void> checkFits(const TrainingPlan& plan);

/// Memory that this process can have in all: what the system has left for programs, within a container's limit, and what
/// the process holds already; at most the bytes that LIKENESS_MEMORY names, which is for machines that others use, too.
/// Source: Linux, Documentation/filesystems/proc.rst; admin-guide/cgroup-v2.rst.
[[nodiscard]] std::uint64_t availableMemory();

}  // namespace likeness
