#include "core/train/training_noise.h"

#include <algorithm>
#include <cmath>

namespace likeness {
namespace {

// The sides of each level, down to the first with a side of 1.
std::vector<std::array<std::int64_t, 2>> levelSizes(at::IntArrayRef sizes, const std::vector<double>& ratios) {
  std::vector<std::array<std::int64_t, 2>> levels;
  for (std::size_t i = 0; i < ratios.size(); ++i) {
    const auto shrink = std::pow(ratios[i], static_cast<double>(i));
    const auto side = [&](std::int64_t whole) {
      return std::max<std::int64_t>(1, static_cast<std::int64_t>(static_cast<double>(whole) / shrink));
    };
    levels.push_back({side(sizes[1]), side(sizes[2])});
    if (levels.back()[0] == 1 || levels.back()[1] == 1) break;
  }
  return levels;
}

}  // namespace

std::int64_t pyramidNumbers(at::IntArrayRef sizes, const std::vector<double>& ratios) {
  std::int64_t count = 0;
  for (const auto& [height, width] : levelSizes(sizes, ratios)) count += sizes[0] * height * width;
  return count;
}

torch::Tensor addPyramid(const torch::Tensor& noise, const std::vector<double>& ratios, const torch::Tensor& levels,
                         double discount) {
  auto sum = noise.unsqueeze(0);
  const auto channels = noise.size(0);
  std::int64_t used = 0;
  double weight = 1;
  for (const auto& [height, width] : levelSizes(noise.sizes(), ratios)) {
    const auto count = channels * height * width;
    const auto level = levels.narrow(0, used, count).view({1, channels, height, width});
    sum = sum + weight * at::upsample_bilinear2d(level, {noise.size(1), noise.size(2)}, /*align_corners=*/false);
    used += count;
    weight *= discount;
  }
  return (sum / sum.std()).squeeze(0);
}

torch::Tensor trainingNoise(at::IntArrayRef sizes, const TrainConfig& config, const RandomKey& key) {
  auto noise = normal(sizes, inStream(key, RandomStream::TrainNoise));
  if (config.noiseOffset > 0) {
    noise = noise + config.noiseOffset * normal({sizes[0], 1, 1}, inStream(key, RandomStream::NoiseOffset));
  }
  if (config.pyramidNoiseLevels > 0) {
    auto ratios = uniform(config.pyramidNoiseLevels, inStream(key, RandomStream::PyramidSize));
    for (auto& ratio : ratios) ratio = 2 + 2 * ratio;
    const auto levels = normal({pyramidNumbers(sizes, ratios)}, inStream(key, RandomStream::PyramidNoise));
    noise = addPyramid(noise, ratios, levels, config.pyramidNoiseDiscount);
  }
  return noise;
}

}  // namespace likeness
