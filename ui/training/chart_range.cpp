#include "ui/training/chart_range.h"

#include <algorithm>
#include <cmath>

namespace likeness {

std::pair<qsizetype, qsizetype> ChartRange::inView(const QVector<double>& steps) const {
  const auto first = std::lower_bound(steps.begin(), steps.end(), m_first);
  const auto last = std::upper_bound(first, steps.end(), m_last);
  return {first - steps.begin(), last - steps.begin()};
}

void ChartRange::includeValue(double value) {
  m_low = isEmpty() ? value : std::min(m_low, value);
  m_high = std::max(m_high, value);
}

void ChartRange::include(const QVector<double>& steps, const QVector<double>& values) {
  const auto [from, to] = inView(steps);
  if (from == to) return;
  const auto [low, high] = std::minmax_element(values.begin() + from, values.begin() + to);
  const double least = *low, most = *high;
  if (isEmpty()) m_low = m_high = least;
  includeValue(least);
  includeValue(most);
}

void ChartRange::includeMost(const QVector<double>& steps, const QVector<double>& values) {
  const auto [from, to] = inView(steps);
  if (from == to) return;
  QVector<double> sorted = values.mid(from, to - from);
  const auto cut = sorted.size() / 50;
  std::nth_element(sorted.begin(), sorted.begin() + cut, sorted.end());
  const double least = sorted[cut];
  std::nth_element(sorted.begin(), sorted.end() - 1 - cut, sorted.end());
  const double most = sorted[sorted.size() - 1 - cut];
  if (isEmpty()) m_low = m_high = least;
  includeValue(least);
  includeValue(most);
}

std::pair<double, double> ChartRange::padded(bool logarithmic) const {
  if (isEmpty()) return logarithmic ? std::pair(0.01, 1.0) : std::pair(0.0, 1.0);
  if (logarithmic) {
    const double low = std::max(m_low, 1e-8), high = std::max(m_high, low * 1.05);
    const double air = std::pow(high / low, 0.08);
    return {low / air, high * air};
  }
  const double air = std::max((m_high - m_low) * 0.08, std::abs(m_high) * 0.01 + 1e-9);
  return {m_low >= 0 ? std::max(0.0, m_low - air) : m_low - air, m_high + air};
}

}  // namespace likeness
