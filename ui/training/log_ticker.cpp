#include "ui/training/log_ticker.h"

#include <cmath>

namespace likeness {

double LogTicker::getTickStep(const QCPRange&) { return 10; }

int LogTicker::getSubTickCount(double) { return 0; }

QVector<double> LogTicker::createTickVector(double, const QCPRange& range) {
  if (range.lower <= 0) return {};
  const double decades = std::log10(range.upper / range.lower);
  const QVector<double> factors = decades > 3     ? QVector<double>{1}
                                  : decades > 0.8 ? QVector<double>{1, 2, 5}
                                                  : QVector<double>{1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8};
  QVector<double> ticks;
  for (double decade = std::pow(10, std::floor(std::log10(range.lower))); decade <= range.upper; decade *= 10) {
    for (const double factor : factors) {
      const double tick = decade * factor;
      if (tick >= range.lower && tick <= range.upper) ticks.append(tick);
    }
  }
  return ticks;
}

}  // namespace likeness
