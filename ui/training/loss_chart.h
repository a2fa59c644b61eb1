#pragma once
#include <QColor>
#include <QWidget>
#include <optional>

#include "core/api/project.h"
#include "ui/training/loss_history.h"

class QCPAxis;
class QCPGraph;
class QCPItemLine;
class QCPRange;
class QCustomPlot;

namespace likeness {

class ChartReadout;

/// What the chart is drawn with, from the theme's roles.
struct ChartColours {
  std::array<QColor, kLossCurves> curves;  ///< by LossCurve
  QColor ground;
  QColor text;
  QColor line;
  QColor mark;  ///< checkpoints
};

/// The losses of a run over its steps: what was measured, faint, under its moving average; validation dashed; the
/// learning rate on an axis of its own; checkpoints as marks. The wheel zooms, dragging pans, a double click or Home
/// shows everything; Left and Right walk the read-out. Stays smooth with 100,000 points: only what differs on the
/// screen is drawn (adaptive sampling), and drawing is put off to the next turn of the event loop.
class LossChart : public QWidget {
  Q_OBJECT
 public:
  explicit LossChart(QWidget* parent = nullptr);

  void setColours(const ChartColours& colours);
  void clear();
  void append(const std::vector<MetricPoint>& points);
  void setTotalSteps(std::int64_t steps);
  void setSmoothing(double weight);
  void setLogarithmic(bool logarithmic);
  void setCurveVisible(LossCurve curve, bool visible);
  void setCheckpoints(const std::vector<CheckpointInfo>& checkpoints);
  /// Marks a step with a thin line, as the preview under the pointer does.
  void markStep(std::optional<std::int64_t> step);
  void showEverything();

  [[nodiscard]] const LossHistory& history() const { return m_history; }
  [[nodiscard]] bool isCurveVisible(LossCurve curve) const;
  /// Where a step stands, in this widget's pixels; and the same of the drawing area's edges.
  [[nodiscard]] double xOfStep(double step) const;
  [[nodiscard]] QRect drawingArea() const;
  /// The steps that are in view.
  [[nodiscard]] std::pair<double, double> stepsInView() const;
  [[nodiscard]] QCustomPlot* plot() const { return m_plot; }

 Q_SIGNALS:
  void viewChanged();  ///< what stands where has changed
  void dataChanged();
  void stepHovered(std::optional<std::int64_t> step);

 protected:
  void keyPressEvent(QKeyEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  void makeAxes();
  void makeGraphs();
  void connectMouse();
  void applyColours();
  void drawAll();
  void fitView();
  void fitValues();
  void zoom(double factor, double centerStep);
  void readAt(std::optional<std::int64_t> step);

  LossHistory m_history;
  ChartColours m_colours;
  QCustomPlot* m_plot;
  QCPAxis* m_rateAxis = nullptr;
  QCPAxis* m_markAxis = nullptr;
  std::array<QCPGraph*, kLossCurves> m_smooth{};
  std::array<QCPGraph*, kLossCurves> m_raw{};
  QCPGraph* m_checkpoints = nullptr;
  QCPGraph* m_best = nullptr;
  QCPItemLine* m_cursor = nullptr;
  ChartReadout* m_readout;
  std::optional<std::int64_t> m_readStep;
  std::int64_t m_totalSteps = 0;
  bool m_everything = true;  ///< the view follows the data until the user zooms or pans
};

}  // namespace likeness
