#include "core/train/memory_changes.h"

#include <algorithm>
#include <optional>

#include "core/api/options.h"

namespace likeness {
namespace {

using Settings = std::vector<std::pair<std::string, std::string>>;
using C = const TrainConfig&;
using S = const SquareSizes&;

struct Row {
  bool (*helps)(C, S);
  Settings (*settings)(C, S);
  const char* remark;
  bool sameResult;
};

bool textLearns(C config) { return config.method == TrainMethod::Full && config.textEncoderLearningRate > 0; }
bool isWhole(C config) { return config.method == TrainMethod::Full; }

int halfOf(S sizes) { return sizes.resolution / 2 / sizes.multiple * sizes.multiple; }

const std::vector<Row>& table() {
  static const std::vector<Row> rows{
      {[](C c, S) { return !c.gradientCheckpointing; },
       [](C, S) { return Settings{{"gradient_checkpointing", "true"}}; }, "the same result, slower", true},
      {[](C c, S) { return c.batchSize > 1; },
       [](C c, S) {
         return Settings{{"batch_size", "1"},
                         {"gradient_accumulation", std::to_string(c.batchSize * c.gradientAccumulation)}};
       },
       "the same result, slower", true},
      {[](C c, S) { return isWhole(c) && c.optimizer == OptimizerKind::AdamW; },
       [](C, S) { return Settings{{"optimizer", "adamw8bit"}}; }, "nearly the same result", false},
      {[](C c, S) { return c.precision == Precision::Fp32; },
       [](C, S) { return Settings{{"precision", "bf16"}}; }, "coarser passes", false},
      {[](C c, S) { return !textLearns(c) && c.frozenDtype == WeightDtype::Fp32; },
       [](C, S) { return Settings{{"frozen_dtype", "bf16"}}; }, "rounds the weights that stay", false},
      {[](C c, S) { return isWhole(c) && c.weightsDtype == WeightDtype::Fp32; },
       [](C, S) { return Settings{{"weights_dtype", "bf16"}}; }, "rounds the weights at random", false},
      {[](C c, S) { return textLearns(c); },
       [](C, S) { return Settings{{"text_encoder_learning_rate", "0"}}; }, "the text encoder stays as it is", false},
      {[](C, S s) { return halfOf(s) >= s.smallest; },
       [](C, S s) { return Settings{{"resolution", std::to_string(halfOf(s))}}; }, "smaller pictures", false},
      {[](C c, S) { return isWhole(c); },
       [](C, S) { return Settings{{"method", "lora"}, {"weights_dtype", "fp32"}}; },
       "a LoRA beside the weights, which wants ten times the learning_rate", false}};
  return rows;
}

struct Found {
  std::vector<MemoryChange> changes;
  std::uint64_t total = 0;
};

Settings joined(const std::vector<MemoryChange>& changes) {
  Settings all;
  for (const auto& change : changes) {
    for (const auto& [name, value] : change.settings) {
      std::erase_if(all, [&](const auto& other) { return other.first == name; });
      all.emplace_back(name, value);
    }
  }
  return all;
}

// Settings that say what the config has already are of no use to a reader.
FittingOptions offerOf(const TrainConfig& config, const Found& found) {
  const auto has = trainOptionValues(config);
  FittingOptions offer{joined(found.changes), {}, found.total};
  std::erase_if(offer.settings, [&](const auto& setting) { return has.at(setting.first) == setting.second; });
  for (const auto& change : found.changes) {
    if (offer.remark.find(change.remark) != std::string::npos) continue;
    offer.remark += (offer.remark.empty() ? "" : "; ") + change.remark;
  }
  return offer;
}

// The changes from the top until it fits.
std::optional<Found> firstThatFits(const TrainConfig& config, const SquareSizes& sizes, const PlanOf& planOf) {
  Found found;
  auto changed = config;
  for (auto left = sizes;;) {
    const auto changes = memoryChanges(changed, left);
    if (changes.empty()) return std::nullopt;
    found.changes.push_back(changes.front());
    changed = withSettings(changed, changes.front().settings);
    if (changes.front().settings.front().first == "resolution") left.resolution = 0;  // halved once
    const auto plan = planOf(changed);
    found.total = plan.total;
    if (plan.fits()) return found;
  }
}

// Without those that aren't needed, the ones that alter most looked at first.
void leaveOutIdle(Found& found, const TrainConfig& config, const PlanOf& planOf) {
  for (auto i = std::ssize(found.changes) - 2; i >= 0; --i) {
    auto fewer = found.changes;
    fewer.erase(fewer.begin() + i);
    const auto plan = planOf(withSettings(config, joined(fewer)));
    if (!plan.fits()) continue;
    found = {std::move(fewer), plan.total};
  }
}

}  // namespace

std::vector<MemoryChange> memoryChanges(const TrainConfig& config, const SquareSizes& sizes) {
  std::vector<MemoryChange> changes;
  for (const auto& row : table()) {
    if (row.helps(config, sizes)) changes.push_back({row.settings(config, sizes), row.remark, row.sameResult});
  }
  return changes;
}

TrainConfig withSettings(TrainConfig config, const Settings& settings) {
  for (const auto& [name, value] : settings) setTrainOption(config, name, value).value();
  return config;
}

std::vector<FittingOptions> nearestThatFit(const TrainConfig& config, const SquareSizes& sizes, const PlanOf& planOf) {
  constexpr std::size_t kMost = 3;
  std::vector<FittingOptions> offers;
  auto nearest = firstThatFits(config, sizes, planOf);
  if (!nearest) return offers;
  leaveOutIdle(*nearest, config, planOf);
  if (nearest->changes.size() > 1) offers.push_back(offerOf(config, *nearest));
  for (const auto& change : memoryChanges(config, sizes)) {
    if (offers.size() == kMost) break;
    const auto plan = planOf(withSettings(config, change.settings));
    if (plan.fits()) offers.push_back(offerOf(config, {{change}, plan.total}));
  }
  return offers;
}

std::string memoryAdvice(const TrainConfig& config) {
  std::string tries;
  const SquareSizes sizes{static_cast<int>(config.resolution)};
  for (const auto& change : memoryChanges(config, sizes)) {
    tries += (tries.empty() ? "" : ", or ") + settingsText(change.settings) + " (" + change.remark + ")";
  }
  if (config.resolution == 0) tries += (tries.empty() ? "" : ", or ") + std::string("a smaller resolution");
  return tries.empty() ? "Close other programs and try again." : "Try " + tries + ".";
}

}  // namespace likeness
