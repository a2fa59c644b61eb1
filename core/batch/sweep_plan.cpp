#include "core/batch/sweep_plan.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>

#include "core/api/options.h"
#include "core/project/yaml_file.h"
#include "core/tensor/random.h"

namespace likeness {
namespace {

constexpr std::size_t kMostRuns = 1000;

// A stream of the sweeps' own: it must not be one that a training with the same seed draws from.
constexpr auto kSweepStream = static_cast<RandomStream>(1000);

Error invalid(std::string sentence) { return {ErrorCode::InvalidArgument, std::move(sentence)}; }

// Four digits: enough to try, and fit to be read.
std::string shortNumber(double value) {
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%.4g", value);
  return text.data();
}

// The value at `share` (0 … 1) of a range.
std::string valueAt(const SweepAxis& axis, double share) {
  const auto value = axis.logarithmic ? axis.low * std::pow(axis.high / axis.low, share)
                                      : axis.low + share * (axis.high - axis.low);
  if (axis.whole) return std::to_string(std::llround(value));
  return shortNumber(std::clamp(value, axis.low, axis.high));
}

std::vector<std::string> gridValues(const SweepAxis& axis) {
  if (!axis.values.empty()) return axis.values;
  std::vector<std::string> values;
  for (int i = 0; i < axis.count; ++i) {
    const auto value = valueAt(axis, static_cast<double>(i) / (axis.count - 1));
    if (values.empty() || values.back() != value) values.push_back(value);  // whole numbers may coincide
  }
  return values;
}

std::string randomValue(const SweepAxis& axis, const RandomKey& key) {
  if (!axis.values.empty()) return axis.values[randomBelow(axis.values.size(), key)];
  if (axis.whole && !axis.logarithmic) {
    const auto low = std::llround(axis.low);
    const auto span = static_cast<std::uint64_t>(std::llround(axis.high) - low) + 1;
    return std::to_string(low + static_cast<long long>(randomBelow(span, key)));
  }
  constexpr std::uint64_t kParts = 1ull << 53;
  return valueAt(axis, static_cast<double>(randomBelow(kParts, key)) / static_cast<double>(kParts));
}

Result<std::vector<OptionList>> gridPoints(const SweepFile& sweep) {
  std::size_t total = 1;
  std::string product;
  std::vector<std::vector<std::string>> values;
  for (const auto& axis : sweep.axes) {
    values.push_back(gridValues(axis));
    total = std::min(total * values.back().size(), kMostRuns * 1000);
    product += (product.empty() ? "" : " × ") + std::to_string(values.back().size());
  }
  if (total > kMostRuns) {
    return invalid("The grid has " + product + " combinations, more than " + std::to_string(kMostRuns) +
                   ". Try fewer values, or method: random with a number of runs.");
  }
  std::vector<OptionList> points(total);
  for (std::size_t i = 0; i < total; ++i) {
    auto rest = i;
    for (std::size_t k = sweep.axes.size(); k-- > 0; rest /= values[k].size()) {  // the last option changes fastest
      points[i].insert(points[i].begin(), {sweep.axes[k].option, values[k][rest % values[k].size()]});
    }
  }
  return points;
}

std::vector<OptionList> randomPoints(const SweepFile& sweep) {
  std::vector<OptionList> points(static_cast<std::size_t>(sweep.runs));
  for (std::size_t run = 0; run < points.size(); ++run) {
    for (std::size_t k = 0; k < sweep.axes.size(); ++k) {
      const RandomKey key{sweep.seed, run, static_cast<std::uint32_t>(k), kSweepStream};
      points[run].emplace_back(sweep.axes[k].option, randomValue(sweep.axes[k], key));
    }
  }
  return points;
}

Result<void> checkHalving(const SweepFile& sweep, const TrainConfig& config) {
  if (!sweep.halving) return {};
  if (config.validateEvery == 0) {
    return invalid("Halving compares validation losses, but validate_every is 0. Set it under base.");
  }
  if (sweep.halving->first >= config.steps) {
    return invalid("Halving's first rung of " + std::to_string(sweep.halving->first) +
                   " steps is not before the end at " + std::to_string(config.steps) + ". Lower first or raise steps.");
  }
  return {};
}

}  // namespace

Result<std::vector<SweepTrial>> planSweep(const SweepFile& sweep, const TrainConfig& project) {
  auto base = project;
  LK_CHECK(applyTrainOptions(base, sweep.base));
  auto points = Result<std::vector<OptionList>>(randomPoints(sweep));
  if (sweep.method == SweepMethod::Grid) points = gridPoints(sweep);
  if (!points.ok()) return points.error();
  std::vector<SweepTrial> trials;
  for (const auto& point : *points) {
    auto config = base;
    LK_CHECK(applyTrainOptions(config, point));
    LK_CHECK(checkHalving(sweep, config));
    SweepTrial trial;
    trial.number = static_cast<int>(trials.size()) + 1;
    trial.tried = point;
    trial.steps = config.steps;
    for (const auto& option : trainOptions()) trial.options.emplace_back(option.name, option.get(config));
    trials.push_back(std::move(trial));
  }
  return trials;
}

std::vector<std::int64_t> rungsOf(const SweepFile& sweep, std::int64_t steps) {
  std::vector<std::int64_t> rungs;
  if (sweep.halving) {
    for (auto rung = sweep.halving->first; rung < steps; rung *= sweep.halving->factor) rungs.push_back(rung);
  }
  rungs.push_back(steps);
  return rungs;
}

std::vector<int> survivors(std::span<const RungResult> results, int factor) {
  std::vector<RungResult> alive;
  std::ranges::copy_if(results, std::back_inserter(alive),
                       [](const RungResult& one) { return std::isfinite(one.validationLoss); });
  const auto keep = (alive.size() + static_cast<std::size_t>(factor) - 1) / static_cast<std::size_t>(factor);
  std::ranges::stable_sort(alive, {}, &RungResult::validationLoss);
  std::vector<int> numbers;
  for (std::size_t i = 0; i < keep; ++i) numbers.push_back(alive[i].number);
  std::ranges::sort(numbers);
  return numbers;
}

std::string describeTrial(const SweepTrial& trial) {
  std::string text;
  for (const auto& [option, value] : trial.tried) text += (text.empty() ? "" : ", ") + option + "=" + value;
  return text;
}

std::string comparisonAdvice(const SweepFile& sweep) {
  static const std::vector<std::string> kMeasured = {"prior_weight", "prior_count", "resolution", "seed"};
  std::string names;
  for (const auto& axis : sweep.axes) {
    if (std::ranges::count(kMeasured, axis.option) > 0) names += (names.empty() ? "" : ", ") + axis.option;
  }
  if (names.empty()) return {};
  return "The validation loss itself changes with " + names +
         ": compare such runs by their pictures, not by that number.";
}

}  // namespace likeness
