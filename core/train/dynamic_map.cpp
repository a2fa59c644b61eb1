#include "core/train/dynamic_map.h"

#include <algorithm>
#include <cmath>
#include <limits>
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
  for (std::size_t i = 0; i + 1 < m_values.size(); ++i) m_middles[i] = (m_values[i] + m_values[i + 1]) / 2.0f;
  m_middles.back() = std::numeric_limits<float>::infinity();
  for (int bin = 0; bin < kBins; ++bin) {
    const auto bits = static_cast<std::uint32_t>(bin + kFirstBin) << kShift;
    const auto least = bin == 0 ? 0.0f : std::bit_cast<float>(bits);
    const auto most = std::bit_cast<float>(bits + (1u << kShift) - 1);
    const auto below = [&](float x) { return std::ranges::lower_bound(m_middles, x) - m_middles.begin(); };
    m_lower[static_cast<std::size_t>(bin)] = static_cast<std::uint8_t>(below(least));
    m_lower[static_cast<std::size_t>(kBins + bin)] = static_cast<std::uint8_t>(below(-most));
  }
}

}  // namespace likeness
