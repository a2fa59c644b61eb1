#include "core/train/early_stop.h"

#include <algorithm>
#include <cmath>
#include <optional>

#include "core/api/overfitting.h"

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

std::string overfittingSentence(const std::vector<ValidatedStep>& validations,
                                const std::vector<CheckpointInfo>& checkpoints) {
  std::vector<double> losses;
  for (const auto& validated : validations) losses.push_back(validated.loss);
  const auto since = overfittingSince(losses);
  if (!since || overfittingSince(std::span(losses).first(losses.size() - 1))) return {};
  const auto& best = validations[*since];
  const auto worse = std::to_string(std::lround(100 * (losses.back() / best.loss - 1)));
  const auto kept = std::ranges::find(checkpoints, true, &CheckpointInfo::best);
  return "It learns the photos by heart: since step " + std::to_string(best.step) + " the validation loss has risen by " +
         worse + " %, so you may stop here" +
         (kept == checkpoints.end() ? std::string()
                                    : " and use the checkpoint of step " + std::to_string(kept->step)) +
         ".";
}

}  // namespace likeness
