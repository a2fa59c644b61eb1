#include "core/tensor/random.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <numbers>
#include <numeric>

namespace likeness {
namespace {

using Block = std::array<std::uint32_t, 4>;

// Philox4x32-10 (Salmon et al. 2011, section 3.3); constants from their table 2.
Block philox(Block counter, std::uint32_t key0, std::uint32_t key1) {
  constexpr std::uint64_t kM0 = 0xD2511F53, kM1 = 0xCD9E8D57;
  constexpr std::uint32_t kW0 = 0x9E3779B9, kW1 = 0xBB67AE85;
  for (int round = 0; round < 10; ++round) {
    const std::uint64_t p0 = kM0 * counter[0], p1 = kM1 * counter[2];
    counter = {static_cast<std::uint32_t>(p1 >> 32) ^ counter[1] ^ key0, static_cast<std::uint32_t>(p1),
               static_cast<std::uint32_t>(p0 >> 32) ^ counter[3] ^ key1, static_cast<std::uint32_t>(p0)};
    key0 += kW0;
    key1 += kW1;
  }
  return counter;
}

// One generator for each (seed, step, item, stream): the seed and stream make the key, the rest the counter's upper
// words. Seeds are spread by one Philox call, so that seed + 1 shares nothing with the next stream.
struct Generator {
  explicit Generator(const RandomKey& key)
      : mixed(philox({static_cast<std::uint32_t>(key.seed), static_cast<std::uint32_t>(key.seed >> 32),
                      static_cast<std::uint32_t>(key.step >> 32), static_cast<std::uint32_t>(key.stream)},
                     0x4C696B65, 0x6E657373)),
        step(static_cast<std::uint32_t>(key.step)),
        item(key.item) {}

  [[nodiscard]] Block at(std::uint64_t block) const {
    return philox({static_cast<std::uint32_t>(block), static_cast<std::uint32_t>(block >> 32) ^ mixed[2], step, item},
                  mixed[0], mixed[1]);
  }

  Block mixed;
  std::uint32_t step, item;
};

// Uniform in (0, 1], so that its logarithm is finite.
double openUniform(std::uint32_t bits) { return (static_cast<double>(bits) + 1.0) * 0x1p-32; }

}  // namespace

torch::Tensor normal(at::IntArrayRef sizes, const RandomKey& key) {
  auto result = torch::empty(sizes, torch::kFloat32);
  const Generator generator(key);
  auto* values = result.data_ptr<float>();
  const auto count = result.numel();
  for (std::int64_t start = 0; start < count; start += 4) {
    const auto bits = generator.at(static_cast<std::uint64_t>(start / 4));
    for (int pair = 0; pair < 2; ++pair) {
      const double radius = std::sqrt(-2.0 * std::log(openUniform(bits[2 * pair])));
      const double angle = 2.0 * std::numbers::pi * openUniform(bits[2 * pair + 1]);
      const auto at = start + 2 * pair;
      if (at < count) values[at] = static_cast<float>(radius * std::cos(angle));
      if (at + 1 < count) values[at + 1] = static_cast<float>(radius * std::sin(angle));
    }
  }
  return result;
}

torch::Tensor uniformTensor(at::IntArrayRef sizes, const RandomKey& key) {
  auto result = torch::empty(sizes, torch::kFloat32);
  const Generator generator(key);
  auto* values = result.data_ptr<float>();
  const auto count = result.numel();
  for (std::int64_t start = 0; start < count; start += 4) {
    const auto bits = generator.at(static_cast<std::uint64_t>(start / 4));
    for (std::int64_t i = start; i < std::min(start + 4, count); ++i) {
      values[i] = static_cast<float>(bits[static_cast<std::size_t>(i - start)] >> 8) * 0x1p-24f;
    }
  }
  return result;
}

std::vector<double> uniform(std::int64_t count, const RandomKey& key) {
  std::vector<double> values;
  const Generator generator(key);
  for (std::int64_t i = 0; i < count; ++i) {
    const auto bits = generator.at(static_cast<std::uint64_t>(i / 4))[static_cast<std::size_t>(i % 4)];
    values.push_back((static_cast<double>(bits) + 0.5) * 0x1p-32);
  }
  return values;
}

void roundStochastically(const torch::Tensor& exact, torch::Tensor rounded, const RandomKey& key) {
  TORCH_CHECK(exact.scalar_type() == torch::kFloat32 && rounded.scalar_type() == torch::kBFloat16 && exact.is_cpu() &&
                  rounded.is_cpu() && exact.sizes() == rounded.sizes() && exact.strides() == rounded.strides() &&
                  exact.is_non_overlapping_and_dense(),
              "rounding takes fp32 into bf16 that lies alike");
  const Generator generator(key);
  const auto* from = exact.const_data_ptr<float>();
  auto* to = rounded.mutable_data_ptr<at::BFloat16>();
  const auto count = exact.numel();
  constexpr std::int64_t kPerBlock = 8;  // 16 bits each of 128
  at::parallel_for(0, (count + kPerBlock - 1) / kPerBlock, 1024, [&](std::int64_t begin, std::int64_t end) {
    for (auto block = begin; block < end; ++block) {
      const auto bits = generator.at(static_cast<std::uint64_t>(block));
      for (std::int64_t i = 0; i < std::min(kPerBlock, count - block * kPerBlock); ++i) {
        const auto place = static_cast<std::size_t>(block * kPerBlock + i);
        const auto drawn = (bits[static_cast<std::size_t>(i / 2)] >> (16 * (i % 2))) & 0xFFFFu;
        const auto number = std::bit_cast<std::uint32_t>(from[place]);
        // The upper half of the bits is the bf16 number towards 0; a carry out of the lower half makes it the next one.
        if (std::isfinite(from[place])) {
          to[place] = at::BFloat16(static_cast<std::uint16_t>((number + drawn) >> 16), at::BFloat16::from_bits());
        } else {
          to[place] = static_cast<at::BFloat16>(from[place]);
        }
      }
    }
  });
}

std::uint64_t randomBelow(std::uint64_t bound, const RandomKey& key) {
  TORCH_CHECK(bound > 0, "randomBelow needs a bound of at least 1");
  const Generator generator(key);
  const std::uint64_t rejectFrom = ~std::uint64_t{0} - ~std::uint64_t{0} % bound;
  for (std::uint64_t block = 0;; ++block) {
    const auto bits = generator.at(block);
    const auto value = (std::uint64_t{bits[0]} << 32) | bits[1];
    if (value < rejectFrom) return value % bound;
  }
}

std::vector<std::int64_t> permutation(std::int64_t count, const RandomKey& key) {
  std::vector<std::int64_t> order(static_cast<std::size_t>(count));
  std::iota(order.begin(), order.end(), 0);
  const Generator generator(key);
  for (std::size_t last = order.size(); last > 1; --last) {
    const auto bits = generator.at(last);
    const auto value = (std::uint64_t{bits[0]} << 32) | bits[1];
    // 64 random bits against at most a few thousand items: the bias of % is below 2^-50.
    std::swap(order[last - 1], order[value % last]);
  }
  return order;
}

}  // namespace likeness
