#pragma once
#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>

namespace likeness {

/// The 256 numbers that an 8-bit code stands for, rising, from −0.99… or 0 to 1: few bits near 1, fewer and fewer the
/// smaller a number is, over seven decades.
/// Source: Dettmers et al. 2022, "8-bit optimizers via block-wise quantization" (arXiv:2110.02861), section 2.1 (the
/// dynamic tree data type); numbers as bitsandbytes' create_dynamic_map.
class DynamicMap {
 public:
  explicit DynamicMap(bool withSign);
  [[nodiscard]] float value(std::uint8_t code) const { return m_values[code]; }
  /// The code whose value is nearest to x, of −1 to 1; of two as near the lower one.
  [[nodiscard]] std::uint8_t nearest(float x) const {
    const auto lower = m_lower[binOf(x)];
    return static_cast<std::uint8_t>(lower + static_cast<int>(m_middles[lower] < x));
  }

 private:
  // Numbers of one sign whose exponent and first eight bits of mantissa agree: so few that at most one middle lies among
  // them. All below 2^-27, which is less than the first middle, are one bin.
  static constexpr int kShift = 15, kFirstBin = (127 - 27) << 8, kBins = (27 << 8) + 1;
  [[nodiscard]] static std::size_t binOf(float x) {
    const auto bits = std::bit_cast<std::uint32_t>(x);
    const auto bin = std::clamp(static_cast<int>((bits & 0x7FFFFFFFu) >> kShift) - kFirstBin, 0, kBins - 1);
    return static_cast<std::size_t>(bin + static_cast<int>(bits >> 31) * kBins);
  }

  std::array<float, 256> m_values{};
  std::array<float, 256> m_middles{};  // between a value and the next; after the last infinity
  std::array<std::uint8_t, 2 * kBins> m_lower{};  // how many middles lie below a whole bin
};

}  // namespace likeness
