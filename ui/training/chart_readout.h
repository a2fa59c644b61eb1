#pragma once
#include <QLabel>
#include <optional>

namespace likeness {

class LossChart;
struct ChartColours;

/// The small label that follows the pointer over the chart and says what was measured at a step.
class ChartReadout : public QLabel {
  Q_OBJECT
 public:
  explicit ChartReadout(QWidget* parent);

  /// Shows the values at a step beside its place in the chart, or hides.
  void showStep(std::optional<std::int64_t> step, const LossChart& chart, const ChartColours& colours);
};

}  // namespace likeness
