#pragma once
#include <QString>
#include <cstdint>
#include <vector>

#include "core/api/job.h"

namespace likeness {

/// "about 40 s", "about 2 min", "about 1 h 10 min".
[[nodiscard]] QString aboutDuration(double seconds);

/// The speed of a run in steps a second, from the last points that measured one; 0 when none did.
[[nodiscard]] double measuredSpeed(const std::vector<MetricPoint>& points);

}  // namespace likeness
