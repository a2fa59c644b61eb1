#pragma once
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace likeness {

/// Options that would make a run fit, and what it would then take.
struct FittingOptions {
  std::vector<std::pair<std::string, std::string>> settings;  ///< option name, text; over the run's
  std::string remark;       ///< what they cost, in a few words
  std::uint64_t total = 0;  ///< bytes, the most at one time
};

/// What a training run will take, judged before it starts. Bytes; seconds.
struct TrainingPlan {
  int resolution = 0;              ///< pixels of the trained square
  std::int64_t trainedParameters = 0, frozenParameters = 0;

  std::uint64_t program = 0;       ///< the program itself, before it opened the model
  std::uint64_t weights = 0;       ///< of the model, as they lie in memory while it trains
  std::uint64_t gradients = 0;
  std::uint64_t optimizer = 0;     ///< its state
  std::uint64_t activations = 0;   ///< what the forward pass keeps for the backward one, and scratch
  std::uint64_t pictures = 0;      ///< encoding photos and making previews, where that takes more than a step does
  std::uint64_t total = 0;         ///< the most at one time
  std::uint64_t available = 0;     ///< what the machine has free for it

  double secondsPerStep = 0;
  double secondsInAll = 0;         ///< for all steps; previews and validation not counted
  std::vector<FittingOptions> offers = {};  ///< where it does not fit: what would, the nearest first

  [[nodiscard]] bool fits() const { return total <= available; }
};

/// "--set a=1 --set b=2" of an offer.
[[nodiscard]] std::string settingsText(const std::vector<std::pair<std::string, std::string>>& settings);

/// The sentence that names what would fit; empty without offers.
[[nodiscard]] std::string offersSentence(const std::vector<FittingOptions>& offers);

/// The plan as a few lines of text for people.
[[nodiscard]] std::string describe(const TrainingPlan& plan);

}  // namespace likeness
