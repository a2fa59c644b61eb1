#include "ui/training/estimate.h"

#include <QCoreApplication>
#include <algorithm>
#include <cmath>

namespace likeness {
namespace {

constexpr int kPoints = 32;

struct EstimateText {
  Q_DECLARE_TR_FUNCTIONS(likeness::Estimate)
};

}  // namespace

QString aboutDuration(double seconds) {
  if (seconds < 55) return EstimateText::tr("about %1 s").arg(std::max(5, int(std::ceil(seconds / 5)) * 5));
  const int minutes = int(std::lround(seconds / 60));
  if (minutes < 60) return EstimateText::tr("about %1 min").arg(std::max(1, minutes));
  const int rounded = (minutes + 2) / 5 * 5;
  return rounded % 60 == 0 ? EstimateText::tr("about %1 h").arg(rounded / 60)
                           : EstimateText::tr("about %1 h %2 min").arg(rounded / 60).arg(rounded % 60);
}

double measuredSpeed(const std::vector<MetricPoint>& points) {
  std::vector<double> speeds;
  for (auto point = points.rbegin(); point != points.rend() && int(speeds.size()) < kPoints; ++point) {
    if (std::isfinite(point->stepsPerSecond) && point->stepsPerSecond > 0) speeds.push_back(point->stepsPerSecond);
  }
  if (speeds.empty()) return 0;
  std::nth_element(speeds.begin(), speeds.begin() + long(speeds.size() / 2), speeds.end());
  return speeds[speeds.size() / 2];
}

}  // namespace likeness
