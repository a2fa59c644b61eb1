#include "core/train/early_stop.h"

#include <algorithm>
#include <cmath>

namespace likeness {
namespace {

// Those that validate_every asks for; one that is no number is never the best.
std::vector<ValidatedStep> regularOnes(const std::vector<ValidatedStep>& validations, const TrainConfig& config) {
  std::vector<ValidatedStep> regular;
  for (const auto& validated : validations) {
    if (config.validateEvery > 0 && validated.step % config.validateEvery == 0) regular.push_back(validated);
  }
  return regular;
}

std::size_t bestOf(const std::vector<ValidatedStep>& validations) {
  std::size_t best = 0;
  for (std::size_t i = 1; i < validations.size(); ++i) {
    if (validations[i].loss < validations[best].loss || std::isnan(validations[best].loss)) best = i;
  }
  return best;
}

}  // namespace

bool stopsEarly(const std::vector<ValidatedStep>& validations, const TrainConfig& config) {
  if (config.earlyStop == 0) return false;
  const auto regular = regularOnes(validations, config);
  return !regular.empty() && std::ssize(regular) - 1 - static_cast<std::int64_t>(bestOf(regular)) >= config.earlyStop;
}

std::string earlyStopSentence(const std::vector<ValidatedStep>& validations, const TrainConfig& config,
                              const std::vector<CheckpointInfo>& checkpoints) {
  const auto regular = regularOnes(validations, config);
  if (regular.empty()) return {};
  const auto best = bestOf(regular);
  const auto since = std::to_string(regular.size() - 1 - best);
  auto sentence = "Ended early, after step " + std::to_string(regular.back().step) + " of " +
                  std::to_string(config.steps) + ": it was best at step " + std::to_string(regular[best].step) + ", " +
                  since + (since == "1" ? " validation" : " validations") + " before.";
  const auto kept = std::ranges::find(checkpoints, true, &CheckpointInfo::best);
  if (kept != checkpoints.end()) {
    sentence += " The best checkpoint kept is that of step " + std::to_string(kept->step) + ".";
  }
  return sentence;
}

}  // namespace likeness
