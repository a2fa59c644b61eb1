#include "core/diffusion/sigma_table.h"

#include <algorithm>
#include <cmath>

namespace likeness {
namespace {

// Small, but its σ is finite (the smallest fp16 number, as diffusers takes).
constexpr float kSmallestAlpha = 0x1p-24F;

}  // namespace

SigmaTable::SigmaTable(const NoiseSchedule& schedule) : m_sigmas(schedule.alphasCumprodTable()) {
  if (schedule.config().rescaleBetasZeroSnr) m_sigmas.back() = kSmallestAlpha;
  for (float& value : m_sigmas) value = std::sqrt((1 - value) / value);
}

double SigmaTable::at(double timestep) const {
  const double t = std::clamp(timestep, 0.0, static_cast<double>(m_sigmas.size() - 1));
  const auto low = static_cast<std::size_t>(t);
  if (low + 1 == m_sigmas.size()) return m_sigmas[low];
  const double from = m_sigmas[low];
  return from + (static_cast<double>(m_sigmas[low + 1]) - from) * (t - static_cast<double>(low));
}

double SigmaTable::atInLog(double timestep) const {
  const double t = std::clamp(timestep, 0.0, static_cast<double>(m_sigmas.size() - 1));
  const auto low = static_cast<std::size_t>(t);
  const auto high = std::min(low + 1, m_sigmas.size() - 1);
  const double weight = t - static_cast<double>(low);
  return std::exp((1 - weight) * std::log(m_sigmas[low]) + weight * std::log(m_sigmas[high]));
}

double SigmaTable::timestepOf(double sigma) const {
  if (m_sigmas.size() < 2) return 0.0;
  const auto above = std::upper_bound(m_sigmas.begin(), m_sigmas.end(), sigma,
                                      [](double value, float entry) { return value < static_cast<double>(entry); });
  const auto low = std::clamp<std::int64_t>(above - m_sigmas.begin() - 1, 0, std::ssize(m_sigmas) - 2);
  const double from = std::log(m_sigmas[static_cast<std::size_t>(low)]);
  const double to = std::log(m_sigmas[static_cast<std::size_t>(low + 1)]);
  const double weight = std::clamp((from - std::log(std::max(sigma, 1e-10))) / (from - to), 0.0, 1.0);
  return (1 - weight) * static_cast<double>(low) + weight * static_cast<double>(low + 1);
}

}  // namespace likeness
