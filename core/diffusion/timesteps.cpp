#include "core/diffusion/timesteps.h"

#include <algorithm>
#include <cmath>
#include <string>

namespace likeness {
namespace {

[[noreturn]] void refuseSteps(std::int64_t steps, std::int64_t trainTimesteps) {
  throw ErrorException(Error{ErrorCode::InvalidArgument,
                             std::to_string(steps) + " sampling steps don't fit this model, which was trained with " +
                                 std::to_string(trainTimesteps) + " timesteps. Choose between 1 and " +
                                 std::to_string(std::max<std::int64_t>(1, trainTimesteps - 2)) + "."});
}

// Rounds half to even, as NumPy does.
std::int64_t roundToInt(double value) { return static_cast<std::int64_t>(std::nearbyint(value)); }

// 0 … last in `count` even parts, rising.
std::vector<std::int64_t> evenlySpaced(std::int64_t last, std::int64_t count) {
  std::vector<std::int64_t> values(static_cast<std::size_t>(count), 0);
  const double step = count > 1 ? static_cast<double>(last) / static_cast<double>(count - 1) : 0.0;
  for (std::int64_t i = 0; i < count; ++i) {
    values[static_cast<std::size_t>(i)] = i > 0 && i == count - 1 ? last : roundToInt(static_cast<double>(i) * step);
  }
  return values;
}

// From `first` down in strides of trainTimesteps/steps, each less one; at most `steps` values.
std::vector<std::int64_t> trailing(std::int64_t first, std::int64_t steps, std::int64_t trainTimesteps) {
  const double start = static_cast<double>(first);
  const double stride = start - (start - static_cast<double>(trainTimesteps) / static_cast<double>(steps));
  std::vector<std::int64_t> values;
  for (std::int64_t i = 0; i < steps; ++i) {
    const double value = start - static_cast<double>(i) * stride;
    if (value <= 0) break;
    values.push_back(roundToInt(value) - 1);
  }
  return values;
}

}  // namespace

std::vector<std::int64_t> samplingTimesteps(TimestepSpacing spacing, std::int64_t steps, std::int64_t trainTimesteps,
                                            std::int64_t stepsOffset) {
  if (steps < 1 || steps > trainTimesteps) refuseSteps(steps, trainTimesteps);
  std::vector<std::int64_t> values;
  if (spacing == TimestepSpacing::Trailing) {
    values = trailing(trainTimesteps, steps, trainTimesteps);
  } else if (spacing == TimestepSpacing::Linspace) {
    values = evenlySpaced(trainTimesteps - 1, steps);
    std::reverse(values.begin(), values.end());
  } else {
    const std::int64_t stride = trainTimesteps / steps;
    for (std::int64_t i = steps - 1; i >= 0; --i) values.push_back(i * stride + stepsOffset);
  }
  if (values.front() >= trainTimesteps) refuseSteps(steps, trainTimesteps);
  return values;
}

std::vector<std::int64_t> multistepTimesteps(TimestepSpacing spacing, std::int64_t steps, std::int64_t trainTimesteps,
                                             std::int64_t lastTimestep, std::int64_t stepsOffset) {
  if (steps < 1 || steps > trainTimesteps) refuseSteps(steps, trainTimesteps);
  std::vector<std::int64_t> values;
  if (spacing == TimestepSpacing::Trailing) {
    values = trailing(lastTimestep, steps, trainTimesteps);
  } else if (spacing == TimestepSpacing::Linspace) {
    values = evenlySpaced(lastTimestep - 1, steps + 1);
    std::reverse(values.begin(), values.end());
    values.pop_back();
  } else {
    const std::int64_t stride = lastTimestep / (steps + 1);
    for (std::int64_t i = steps; i >= 1; --i) values.push_back(i * stride + stepsOffset);
  }
  // Two equal timesteps would divide by a step of zero.
  const bool repeats = std::adjacent_find(values.begin(), values.end()) != values.end();
  if (values.empty() || repeats || values.front() >= trainTimesteps) refuseSteps(steps, trainTimesteps);
  return values;
}

}  // namespace likeness
