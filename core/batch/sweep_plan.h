#pragma once
#include <cstdint>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "core/api/train_config.h"
#include "core/base/result.h"
#include "core/batch/sweep_file.h"

namespace likeness {

using OptionList = std::vector<std::pair<std::string, std::string>>;

/// One run of a sweep. All of its options are settled when the sweep begins, so that later edits of the project don't
/// reach into it.
struct SweepTrial {
  int number = 0;      ///< from 1
  OptionList tried;    ///< what distinguishes it, in the file's order
  OptionList options;  ///< all options
  std::int64_t steps = 0;
};

/// The runs of a sweep over the project's options. Randomness: a function of (seed, run, option).
/// Errors: InvalidArgument for too many runs, and for options that contradict the method.
[[nodiscard]] Result<std::vector<SweepTrial>> planSweep(const SweepFile& sweep, const TrainConfig& project);

/// The steps at which runs rest, the last one their end: one rung without halving.
[[nodiscard]] std::vector<std::int64_t> rungsOf(const SweepFile& sweep, std::int64_t steps);

/// What a run had at a rung.
struct RungResult {
  int number = 0;
  double validationLoss = 0;  ///< NaN: it failed there
};

/// The runs that go on from a rung, by number: the best ⌈alive / factor⌉ of those that did not fail; of two that are
/// equal the earlier. Source: Jamieson and Talwalkar 2016 (arXiv:1502.07943), algorithm Successive Halving.
[[nodiscard]] std::vector<int> survivors(std::span<const RungResult> results, int factor);

/// "learning_rate=0.0001, batch_size=2".
[[nodiscard]] std::string describeTrial(const SweepTrial& trial);

/// A sentence where the runs' validation losses can't be compared, because what is tried changes what they measure;
/// else empty.
[[nodiscard]] std::string comparisonAdvice(const SweepFile& sweep);

}  // namespace likeness
