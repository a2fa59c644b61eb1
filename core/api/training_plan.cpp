#include "core/api/training_plan.h"

#include <array>
#include <cstdio>

#include "core/base/text.h"

namespace likeness {
namespace {

std::string gigabytes(std::uint64_t bytes) {
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%8.2f GB", static_cast<double>(bytes) / 1e9);
  return text.data();
}

std::string millions(std::int64_t count) {
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%.1f M", static_cast<double>(count) / 1e6);
  return text.data();
}

std::string shortGigabytes(std::uint64_t bytes) {
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%.1f GB", static_cast<double>(bytes) / 1e9);
  return text.data();
}

}  // namespace

std::string settingsText(const std::vector<std::pair<std::string, std::string>>& settings) {
  std::string text;
  for (const auto& [name, value] : settings) text += (text.empty() ? "--set " : " --set ") + name + "=" + value;
  return text;
}

std::string offersSentence(const std::vector<FittingOptions>& offers) {
  std::string text;
  for (const auto& offer : offers) {
    text += (text.empty() ? "It would fit with " : "; or with ") + settingsText(offer.settings) + " (" +
            shortGigabytes(offer.total) + "; " + offer.remark + ")";
  }
  return text.empty() ? text : text + ".";
}

std::string describe(const TrainingPlan& plan) {
  std::string text = "Trained at " + std::to_string(plan.resolution) + " px: " + millions(plan.trainedParameters) +
                     " numbers learn, " + millions(plan.frozenParameters) + " stay.\n";
  const auto line = [&](std::string name, std::uint64_t bytes) {
    name.resize(14, ' ');
    text += "  " + name + gigabytes(bytes) + "\n";
  };
  line("program", plan.program);
  line("weights", plan.weights);
  line("gradients", plan.gradients);
  line("optimizer", plan.optimizer);
  line("activations", plan.activations);
  if (plan.pictures > 0) line("pictures", plan.pictures);
  line("at the most", plan.total);
  line("free here", plan.available);
  if (plan.secondsPerStep > 0) {
    std::array<char, 64> seconds{};
    std::snprintf(seconds.data(), seconds.size(), "%.2f s a step, ", plan.secondsPerStep);
    text += seconds.data() + formatDuration(plan.secondsInAll) + " for all steps.\n";
  }
  text += plan.fits() ? "It fits.\n" : "It does not fit.\n";
  for (const auto& offer : plan.offers) {
    text += "  would fit: " + settingsText(offer.settings) + " (" + shortGigabytes(offer.total) + "; " + offer.remark + ")\n";
  }
  return text;
}

}  // namespace likeness
