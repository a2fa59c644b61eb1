#pragma once
#include <cstdint>
#include <vector>

#include "core/diffusion/noise_schedule.h"

namespace likeness {

/// σ_t = √((1 − ᾱ_t)/ᾱ_t) of every training timestep, and the way between σ and fractional timesteps.
/// Under zero terminal SNR, where the last σ would be infinite, the last ᾱ counts as 2⁻²⁴.
/// Range: t in [0, T − 1], values outside count as the ends. Threads: any, once made.
class SigmaTable {
 public:
  explicit SigmaTable(const NoiseSchedule& schedule);

  [[nodiscard]] const std::vector<float>& all() const { return m_sigmas; }
  /// Linear in σ, as diffusers' schedulers.
  [[nodiscard]] double at(double timestep) const;
  /// Linear in log σ, as k-diffusion's DiscreteSchedule.
  [[nodiscard]] double atInLog(double timestep) const;
  /// The timestep of a σ, linear in log σ, as both do.
  [[nodiscard]] double timestepOf(double sigma) const;

 private:
  std::vector<float> m_sigmas;
};

}  // namespace likeness
