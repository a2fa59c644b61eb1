#pragma once
#include <array>
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
  /// The code whose value is nearest to x; of two as near the lower one.
  [[nodiscard]] std::uint8_t nearest(float x) const;

 private:
  std::array<float, 256> m_values{};
  std::array<float, 255> m_middles{};  // between neighbours
};

}  // namespace likeness
