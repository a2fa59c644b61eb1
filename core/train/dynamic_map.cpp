#include "core/train/dynamic_map.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "core/tensor/torch.h"

namespace likeness {
namespace {

constexpr int kExponents = 7;

}  // namespace

DynamicMap::DynamicMap(bool withSign) {
  std::vector<float> values{0.0f, 1.0f};
  for (int i = 0; i < kExponents; ++i) {
    const auto items = std::int64_t{1} << (withSign ? i : i + 1);
    const auto edges = torch::linspace(0.1, 1.0, items + 1, torch::kFloat32);
    const auto scale = static_cast<float>(std::pow(10.0, i - kExponents + 1));
    const auto* edge = edges.const_data_ptr<float>();
    for (std::int64_t k = 0; k < items; ++k) {
      const auto value = scale * ((edge[k] + edge[k + 1]) / 2.0f);
      values.push_back(value);
      if (withSign) values.push_back(-value);
    }
  }
  TORCH_CHECK(values.size() == m_values.size());
  std::ranges::sort(values);
  std::ranges::copy(values, m_values.begin());
  for (std::size_t i = 0; i < m_middles.size(); ++i) m_middles[i] = (m_values[i] + m_values[i + 1]) / 2.0f;
}

std::uint8_t DynamicMap::nearest(float x) const {
  // Eight halvings without a branch that could be mispredicted.
  const float* first = m_middles.data();
  std::size_t length = m_middles.size();
  while (length > 1) {
    const auto half = length / 2;
    first += static_cast<std::size_t>(first[half - 1] < x) * half;
    length -= half;
  }
  return static_cast<std::uint8_t>(first - m_middles.data() + static_cast<int>(*first < x));
}

}  // namespace likeness
