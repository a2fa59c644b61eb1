#pragma once
#include <string>
#include <vector>

#include "core/api/project.h"
#include "core/api/train_config.h"

namespace likeness {

/// A validation loss and the steps done when it was measured.
struct ValidatedStep {
  std::int64_t step = 0;
  double loss = 0;

  bool operator==(const ValidatedStep&) const = default;
};

/// Whether early_stop ends a run with these validations: so many of those that validate_every asks for came after the
/// best one. What was validated besides, for a checkpoint, doesn't count, so a run that rests and goes on ends where
/// the unbroken one does. Pure. Source: Prechelt 1998, "Early stopping – but when?", UP with patience.
[[nodiscard]] bool stopsEarly(const std::vector<ValidatedStep>& validations, const TrainConfig& config);

/// Says that, at which step it was best, and which checkpoint is the best one kept.
[[nodiscard]] std::string earlyStopSentence(const std::vector<ValidatedStep>& validations, const TrainConfig& config,
                                            const std::vector<CheckpointInfo>& checkpoints);

/// One sentence at the validation that shows over-fitting for the first time (see overfittingSince()): since when, by how
/// much, and which checkpoint is the best one kept; empty at every other one.
[[nodiscard]] std::string overfittingSentence(const std::vector<ValidatedStep>& validations,
                                              const std::vector<CheckpointInfo>& checkpoints);

}  // namespace likeness
