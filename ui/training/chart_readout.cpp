#include "ui/training/chart_readout.h"

#include <QLocale>

#include "ui/training/loss_chart.h"

namespace likeness {
namespace {

QString line(const LossChart& chart, const ChartColours& colours, LossCurve curve, double step, const QString& name) {
  if (!chart.isCurveVisible(curve)) return {};
  const auto value = chart.history().valueAt(curve, step);
  if (!value) return {};
  const bool rate = curve == LossCurve::LearningRate;
  auto text = QString("<br><span style='color:%1'>●</span> %2&nbsp;&nbsp;<b>%3</b>")
                  .arg(colours.curves[std::size_t(curve)].name(), name,
                       rate ? QLocale().toString(*value, 'g', 3) : QLocale().toString(*value, 'f', 4));
  const auto raw = chart.history().rawAt(curve, step);
  if (raw && *raw != *value) {
    text += QString("&nbsp;&nbsp;<span style='color:%1'>%2</span>")
                .arg(colours.text.name(), ChartReadout::tr("measured %1").arg(QLocale().toString(*raw, 'f', 4)));
  }
  return text;
}

}  // namespace

ChartReadout::ChartReadout(QWidget* parent) : QLabel(parent) {
  setObjectName("chartReadout");
  setProperty("surface", QStringLiteral("card"));
  setTextFormat(Qt::RichText);
  setAttribute(Qt::WA_TransparentForMouseEvents);
  setContentsMargins(12, 8, 12, 8);
  hide();
}

void ChartReadout::showStep(std::optional<std::int64_t> step, const LossChart& chart, const ChartColours& colours) {
  if (!step) return hide();
  const auto x = double(*step);
  setText("<b>" + tr("Step %1").arg(QLocale().toString(qlonglong(*step))) + "</b>" +
          line(chart, colours, LossCurve::Instance, x, tr("Instance")) +
          line(chart, colours, LossCurve::Prior, x, tr("Prior")) +
          line(chart, colours, LossCurve::Validation, x, tr("Validation")) +
          line(chart, colours, LossCurve::LearningRate, x, tr("Learning rate")));
  adjustSize();
  const auto area = chart.drawingArea();
  const int right = int(chart.xOfStep(x)) + 12;
  const bool fits = right + width() <= area.right();
  move(fits ? right : std::max(area.left(), right - 24 - width()), area.top() + 8);
  show();
  raise();
}

}  // namespace likeness
