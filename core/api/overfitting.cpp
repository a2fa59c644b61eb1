#include "core/api/overfitting.h"

namespace likeness {

std::optional<std::size_t> overfittingSince(std::span<const double> validationLosses) {
  constexpr double kClearlyWorse = 1.05;
  constexpr int kWorseInARow = 2;
  std::size_t best = 0;
  int worse = 0;
  for (std::size_t i = 1; i < validationLosses.size(); ++i) {
    worse = validationLosses[i] > kClearlyWorse * validationLosses[best] ? worse + 1 : 0;
    if (worse == kWorseInARow) return best;
    if (validationLosses[i] < validationLosses[best]) best = i;
  }
  return std::nullopt;
}

}  // namespace likeness
