#pragma once
#include "core/base/job_control.h"
#include "core/pretrain/pretrain_config.h"
#include "core/train/train_observer.h"

namespace likeness {

/// How a pretraining went.
struct PretrainOutcome {
  std::int64_t step = 0;          ///< of both stages together
  std::filesystem::path model;    ///< the finished folder in diffusers layout; empty when it rests before the end
  bool nothingLeft = false;       ///< it had been finished before
};

struct PretrainOptions {
  bool resume = false;
  std::int64_t stopAfter = 0;  ///< rests with a checkpoint after so many steps of both stages together; 0: never
};

/// Teaches a Stable Diffusion from nothing: first the VAE, whose averaged weights are then frozen and its scaling factor
/// measured, then text encoder and UNet on its latents; writes output/model, in which the averaged weights are, whole or
/// not at all; see PretrainFolder for the rest.
/// Randomness: everything is a function of the configuration's seed and pictures; with the same number of threads a run
/// that was stopped anywhere and gone on with ends with the same bits. Threads: the calling one; gradients are asked for
/// here. Device: CPU. Control: asked before each step and batch of encoding; a stop is saved first.
/// Errors: ErrorException with Cancelled, NotFinite, or what is wrong with settings, pictures and folders.
[[nodiscard]] PretrainOutcome pretrain(const PretrainConfig& config, const PretrainOptions& options, JobControl& control,
                                       TrainObserver& observer);

}  // namespace likeness
