#pragma once
#include "ui/training/plot.h"

namespace likeness {

/// Ticks for a logarithmic axis at 1, 2, 5 of every decade, so that an axis that spans less than a decade (a loss
/// from 0.1 to 0.3) still has labels. QCPAxisTickerLog labels whole decades only.
class LogTicker : public QCPAxisTicker {
 protected:
  double getTickStep(const QCPRange& range) override;
  int getSubTickCount(double tickStep) override;
  QVector<double> createTickVector(double tickStep, const QCPRange& range) override;
};

}  // namespace likeness
