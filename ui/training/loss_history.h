#pragma once
#include <QVector>
#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include "core/api/job.h"

namespace likeness {

enum class LossCurve { Instance, Prior, Validation, LearningRate };
inline constexpr int kLossCurves = 4;

/// One curve of a run: the points that were measured, and their exponential moving average.
struct CurveData {
  QVector<double> steps;
  QVector<double> raw;
  QVector<double> smooth;  ///< equals `raw` for validation and learning rate, which carry no noise worth hiding
};

/// Everything that a run has measured, ready to draw. Appending is O(new points).
/// Threads: one at a time.
class LossHistory {
 public:
  /// Adds points in step order. Points that lie at or before steps already known (a resumed run measures them again)
  /// replace those. Returns false when earlier points were replaced, so that the whole must be drawn anew.
  bool append(const std::vector<MetricPoint>& points);
  void clear();

  /// Weight of the past in the moving average, 0 (none) to below 1; the average is corrected for its start as in Adam
  /// (Kingma and Ba 2015, section 3), so it does not begin at 0.
  void setSmoothing(double weight);
  [[nodiscard]] double smoothing() const { return m_weight; }

  [[nodiscard]] bool isEmpty() const { return m_points.empty(); }
  [[nodiscard]] const std::vector<MetricPoint>& points() const { return m_points; }
  [[nodiscard]] const CurveData& curve(LossCurve curve) const { return m_curves[std::size_t(curve)]; }

  /// The smoothed value of a curve at the last point at or before `step`; nothing when there is none.
  [[nodiscard]] std::optional<double> valueAt(LossCurve curve, double step) const;
  /// The same of what was measured.
  [[nodiscard]] std::optional<double> rawAt(LossCurve curve, double step) const;
  /// The step measured nearest to `step`.
  [[nodiscard]] std::optional<std::int64_t> nearestStep(double step) const;

 private:
  struct Average {
    double sum = 0;
    double norm = 0;
  };
  void addPoint(const MetricPoint& point);
  void addValue(LossCurve curve, std::int64_t step, double value);
  double smoothed(std::size_t curve, double value);
  void rebuild();

  double m_weight = 0.9;
  std::vector<MetricPoint> m_points;
  std::array<CurveData, kLossCurves> m_curves;
  std::array<Average, kLossCurves> m_averages;
};

}  // namespace likeness
