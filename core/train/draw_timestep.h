#pragma once
#include <cstdint>

#include "core/api/train_config.h"

namespace likeness {

/// Which draw of a run a timestep is for.
struct TimestepPlace {
  std::int64_t step = 0, item = 0;
  bool prior = false;
  std::int64_t samplesPerStep = 1;
  std::int64_t timesteps = 1000;  ///< T
};

/// The timestep of a training sample, within timestep_min ≤ t < timestep_max (0: T).
/// uniform: each alike. logit-normal: ⌊u·n⌋ of the range's n, u = σ(mean + std·z). stratified: each alike in the long
/// run, but the samples of one step lie one in each of as many equal parts of the range, and an item's draws of
/// successive steps one in each of 16 smaller parts, in an order shuffled anew each time; so few samples cover the
/// range evenly.
/// Randomness: a function of (seed, step, item, prior).
/// Source: logit-normal: Esser et al. 2024 (arXiv:2403.03206), section 3.1; strata: Kingma et al. 2021
/// (arXiv:2107.00630), appendix I.1, who spread a batch evenly.
[[nodiscard]] std::int64_t drawTimestep(const TrainConfig& config, const TimestepPlace& place);

}  // namespace likeness
