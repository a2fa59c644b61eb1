#pragma once
#include <QVector>
#include <utility>

namespace likeness {

/// Gathers the values that an axis should show, from the part of some curves that is in view.
class ChartRange {
 public:
  ChartRange(double firstStep, double lastStep) : m_first(firstStep), m_last(lastStep) {}

  /// All values.
  void include(const QVector<double>& steps, const QVector<double>& values);
  /// The middle 96 % of the values, so that one outlier does not flatten everything else.
  void includeMost(const QVector<double>& steps, const QVector<double>& values);

  [[nodiscard]] bool isEmpty() const { return m_low > m_high; }
  [[nodiscard]] double low() const { return m_low; }
  [[nodiscard]] double high() const { return m_high; }
  /// With some air above and below; 0 … 1 when empty; positive when `logarithmic`.
  [[nodiscard]] std::pair<double, double> padded(bool logarithmic) const;

 private:
  [[nodiscard]] std::pair<qsizetype, qsizetype> inView(const QVector<double>& steps) const;
  void includeValue(double value);

  double m_first;
  double m_last;
  double m_low = 1;
  double m_high = 0;
};

}  // namespace likeness
