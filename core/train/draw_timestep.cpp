#include "core/train/draw_timestep.h"

#include <algorithm>
#include <cmath>

#include "core/tensor/random.h"

namespace likeness {
namespace {

constexpr std::int64_t kFineStrata = 16;

RandomKey keyOf(const TrainConfig& config, const TimestepPlace& place) {
  // As CounterDraws does: instances have even items and priors odd ones.
  return {config.seed, static_cast<std::uint64_t>(place.step),
          static_cast<std::uint32_t>(2 * place.item + (place.prior ? 1 : 0)), RandomStream::Timestep};
}

double logitNormal(const TrainConfig& config, const RandomKey& key) {
  const auto z = normal({1}, key).item<double>();
  return 1.0 / (1.0 + std::exp(-(config.timestepLogitMean + config.timestepLogitStd * z)));
}

// u in (0, 1): the part of the step's samples that this one covers, and within it the part that is due.
double stratified(const TrainConfig& config, const TimestepPlace& place, RandomKey key) {
  const auto within = uniform(1, key).front();
  key.stream = RandomStream::TimestepStratum;
  const auto lane = place.prior ? 1u : 0u;
  const auto parts = permutation(place.samplesPerStep, {config.seed, key.step, lane, key.stream});
  const auto part = parts[static_cast<std::size_t>(place.item % place.samplesPerStep)];
  const auto round = static_cast<std::uint64_t>(place.step / kFineStrata);
  const auto fine = permutation(kFineStrata, {config.seed, round, key.item + 2, key.stream});
  const auto due = fine[static_cast<std::size_t>(place.step % kFineStrata)];
  const auto inPart = (static_cast<double>(due) + within) / static_cast<double>(kFineStrata);
  return (static_cast<double>(part) + inPart) / static_cast<double>(place.samplesPerStep);
}

}  // namespace

std::int64_t drawTimestep(const TrainConfig& config, const TimestepPlace& place) {
  const auto high = config.timestepMax > 0 ? std::min(config.timestepMax, place.timesteps) : place.timesteps;
  const auto low = std::min(config.timestepMin, high - 1);
  const auto key = keyOf(config, place);
  if (config.timestepSampling == TimestepSampling::Uniform) {
    return low + static_cast<std::int64_t>(randomBelow(static_cast<std::uint64_t>(high - low), key));
  }
  const auto u = config.timestepSampling == TimestepSampling::LogitNormal ? logitNormal(config, key)
                                                                          : stratified(config, place, key);
  return std::min(high - 1, low + static_cast<std::int64_t>(u * static_cast<double>(high - low)));
}

}  // namespace likeness
