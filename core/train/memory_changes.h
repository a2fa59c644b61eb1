#pragma once
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "core/api/train_config.h"
#include "core/api/training_plan.h"

namespace likeness {

/// What a change of resolution has to keep to.
struct SquareSizes {
  int resolution = 0;  ///< pixels of the trained square; 0: not known, it then stays
  int multiple = 64;   ///< resolutions are multiples of it
  int smallest = 64;   ///< none below it is offered
};

/// A change of options after which a run takes less memory.
struct MemoryChange {
  std::vector<std::pair<std::string, std::string>> settings;  ///< option name, text
  std::string remark;       ///< what it costs, in a few words
  bool sameResult = false;  ///< the same is learnt, but for rounding: a run may change so in its middle
};

/// The changes that are left for a run with `config`, those that alter least what is learnt first. The one table that
/// refusals, `plan` and a run out of memory go by. Source: own measurements, docs/training.md "Memory".
[[nodiscard]] std::vector<MemoryChange> memoryChanges(const TrainConfig& config, const SquareSizes& sizes);

/// The config with a change's settings.
[[nodiscard]] TrainConfig withSettings(TrainConfig config,
                                       const std::vector<std::pair<std::string, std::string>>& settings);

/// What a run with a config would take; asked for configs that may not fit at all.
using PlanOf = std::function<TrainingPlan(const TrainConfig&)>;

/// The nearest settings with which `planOf` says that the run fits, at most three: the fewest changes from the top of the
/// table, if one is not enough; then single changes that do it alone, in the table's order. Empty if nothing in the table
/// is enough.
[[nodiscard]] std::vector<FittingOptions> nearestThatFit(const TrainConfig& config, const SquareSizes& sizes,
                                                         const PlanOf& planOf);

/// "Try …, or …": the settings of the table without what they would take, for where nothing can be measured.
[[nodiscard]] std::string memoryAdvice(const TrainConfig& config);

}  // namespace likeness
