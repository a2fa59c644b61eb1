#include "ui/training/loss_history.h"

#include <algorithm>
#include <cmath>

namespace likeness {
namespace {

bool isNoisy(LossCurve curve) { return curve == LossCurve::Instance || curve == LossCurve::Prior; }

std::optional<qsizetype> indexAt(const CurveData& data, double step) {
  const auto after = std::upper_bound(data.steps.begin(), data.steps.end(), step);
  if (after == data.steps.begin()) return std::nullopt;
  return after - data.steps.begin() - 1;
}

}  // namespace

bool LossHistory::append(const std::vector<MetricPoint>& points) {
  if (points.empty()) return true;
  const auto known = std::lower_bound(m_points.begin(), m_points.end(), points.front().step,
                                      [](const MetricPoint& point, std::int64_t step) { return point.step < step; });
  const bool onlyNew = known == m_points.end();
  if (!onlyNew) {
    m_points.erase(known, m_points.end());
    rebuild();
  }
  for (const auto& point : points) {
    m_points.push_back(point);
    addPoint(point);
  }
  return onlyNew;
}

void LossHistory::clear() {
  m_points.clear();
  rebuild();
}

void LossHistory::setSmoothing(double weight) {
  m_weight = std::clamp(weight, 0.0, 0.9999);
  rebuild();
}

void LossHistory::rebuild() {
  m_curves = {};
  m_averages = {};
  for (const auto& point : m_points) addPoint(point);
}

void LossHistory::addPoint(const MetricPoint& point) {
  addValue(LossCurve::Instance, point.step, point.instanceLoss);
  addValue(LossCurve::Prior, point.step, point.priorLoss);
  addValue(LossCurve::Validation, point.step, point.validationLoss);
  addValue(LossCurve::LearningRate, point.step, point.learningRate);
}

void LossHistory::addValue(LossCurve curve, std::int64_t step, double value) {
  if (!std::isfinite(value)) return;
  auto& data = m_curves[std::size_t(curve)];
  data.steps.append(double(step));
  data.raw.append(value);
  data.smooth.append(isNoisy(curve) ? smoothed(std::size_t(curve), value) : value);
}

double LossHistory::smoothed(std::size_t curve, double value) {
  auto& average = m_averages[curve];
  average.sum = m_weight * average.sum + (1 - m_weight) * value;
  average.norm = m_weight * average.norm + (1 - m_weight);
  return average.sum / average.norm;
}

std::optional<double> LossHistory::valueAt(LossCurve which, double step) const {
  const auto& data = curve(which);
  const auto index = indexAt(data, step);
  if (!index) return std::nullopt;
  return data.smooth[*index];
}

std::optional<double> LossHistory::rawAt(LossCurve which, double step) const {
  const auto& data = curve(which);
  const auto index = indexAt(data, step);
  if (!index) return std::nullopt;
  return data.raw[*index];
}

std::optional<std::int64_t> LossHistory::nearestStep(double step) const {
  if (m_points.empty()) return std::nullopt;
  const auto after = std::lower_bound(m_points.begin(), m_points.end(), step,
                                      [](const MetricPoint& point, double x) { return double(point.step) < x; });
  if (after == m_points.begin()) return after->step;
  if (after == m_points.end()) return m_points.back().step;
  const auto before = after - 1;
  return double(after->step) - step < step - double(before->step) ? after->step : before->step;
}

}  // namespace likeness
