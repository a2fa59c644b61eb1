#include "core/train/loss_scale.h"

#include <limits>

namespace likeness {

void LossScale::update(bool finite) {
  if (!finite) {
    scale *= kBackoff;
    goodSteps = 0;
    ++skipped;
    ++skippedInARow;
    return;
  }
  skippedInARow = 0;
  if (++goodSteps < kGrowthInterval) return;
  goodSteps = 0;
  // As torch's: a scale that fp32 can't hold stays what it was.
  if (scale * kGrowth <= std::numeric_limits<float>::max()) scale *= kGrowth;
}

}  // namespace likeness
