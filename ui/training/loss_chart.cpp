#include "ui/training/loss_chart.h"

#include <QKeyEvent>
#include <QVBoxLayout>

#include "ui/training/chart_range.h"
#include "ui/training/chart_readout.h"
#include "ui/training/log_ticker.h"
#include "ui/training/plot.h"

namespace likeness {
namespace {

constexpr double kZoomStep = 0.8;
constexpr int kFaint = 64;  ///< alpha of what was measured, under its average

constexpr std::array kAll = {LossCurve::Instance, LossCurve::Prior, LossCurve::Validation, LossCurve::LearningRate};

std::size_t at(LossCurve curve) { return std::size_t(curve); }

}  // namespace

LossChart::LossChart(QWidget* parent)
    : QWidget(parent), m_plot(new QCustomPlot(this)), m_readout(new ChartReadout(this)) {
  setObjectName("lossChart");
  setAccessibleName(tr("Losses over the steps of training"));
  setFocusPolicy(Qt::StrongFocus);
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->addWidget(m_plot);
  m_plot->setFocusProxy(this);
  m_plot->setMinimumSize(240, 160);
  m_plot->installEventFilter(this);
  makeAxes();
  makeGraphs();
  connectMouse();
  fitView();
}

void LossChart::makeAxes() {
  m_plot->axisRect()->setupFullAxesBox(false);
  m_plot->axisRect()->setRangeDrag(Qt::Horizontal);
  m_plot->axisRect()->setMinimumMargins(QMargins(48, 8, 12, 24));
  m_plot->setInteraction(QCP::iRangeDrag, true);
  m_plot->setNoAntialiasingOnDrag(true);
  m_plot->xAxis2->setVisible(false);
  m_rateAxis = m_plot->yAxis2;
  m_rateAxis->setVisible(false);
  m_rateAxis->setTickLabels(true);
  m_rateAxis->setNumberFormat("gb");
  m_rateAxis->setNumberPrecision(2);
  m_markAxis = m_plot->axisRect()->addAxis(QCPAxis::atLeft);
  m_markAxis->setVisible(false);
  m_markAxis->setRange(0, 1);
  for (auto* axis : {m_plot->xAxis, m_plot->yAxis, m_rateAxis}) {
    axis->setBasePen(Qt::NoPen);
    axis->setTickPen(Qt::NoPen);
    axis->setSubTickPen(Qt::NoPen);
    axis->grid()->setZeroLinePen(Qt::NoPen);
    axis->setTickLabelPadding(8);
  }
  connect(m_plot->xAxis, qOverload<const QCPRange&>(&QCPAxis::rangeChanged), this, &LossChart::viewChanged);
  connect(m_plot, &QCustomPlot::afterReplot, this, &LossChart::viewChanged);
}

void LossChart::makeGraphs() {
  for (const auto curve : kAll) {
    auto* axis = curve == LossCurve::LearningRate ? m_rateAxis : m_plot->yAxis;
    if (curve == LossCurve::Instance || curve == LossCurve::Prior) m_raw[at(curve)] = m_plot->addGraph(m_plot->xAxis, axis);
    m_smooth[at(curve)] = m_plot->addGraph(m_plot->xAxis, axis);
  }
  m_smooth[at(LossCurve::Instance)]->setName(tr("Instance"));
  m_smooth[at(LossCurve::Prior)]->setName(tr("Prior"));
  m_smooth[at(LossCurve::Validation)]->setName(tr("Validation"));
  m_smooth[at(LossCurve::LearningRate)]->setName(tr("Learning rate"));
  m_smooth[at(LossCurve::LearningRate)]->setVisible(false);
  m_checkpoints = m_plot->addGraph(m_plot->xAxis, m_markAxis);
  m_best = m_plot->addGraph(m_plot->xAxis, m_markAxis);
  for (auto* marks : {m_checkpoints, m_best}) marks->setLineStyle(QCPGraph::lsNone);
  m_cursor = new QCPItemLine(m_plot);
  m_cursor->start->setTypeX(QCPItemPosition::ptPlotCoords);
  m_cursor->start->setTypeY(QCPItemPosition::ptAxisRectRatio);
  m_cursor->end->setTypeX(QCPItemPosition::ptPlotCoords);
  m_cursor->end->setTypeY(QCPItemPosition::ptAxisRectRatio);
  m_cursor->setAntialiased(false);
  m_cursor->setVisible(false);
}

void LossChart::connectMouse() {
  connect(m_plot, &QCustomPlot::mouseMove, this, [this](QMouseEvent* event) {
    if (event->buttons() != Qt::NoButton) {
      m_everything = false;
      return;
    }
    const bool inside = drawingArea().contains(event->pos());
    readAt(inside ? m_history.nearestStep(m_plot->xAxis->pixelToCoord(event->pos().x())) : std::nullopt);
  });
  connect(m_plot, &QCustomPlot::mouseWheel, this, [this](QWheelEvent* event) {
    if (event->angleDelta().y() == 0) return;
    zoom(event->angleDelta().y() > 0 ? kZoomStep : 1 / kZoomStep, m_plot->xAxis->pixelToCoord(event->position().x()));
  });
  connect(m_plot, &QCustomPlot::mouseDoubleClick, this, &LossChart::showEverything);
}

void LossChart::setColours(const ChartColours& colours) {
  m_colours = colours;
  applyColours();
  m_plot->replot(QCustomPlot::rpQueuedReplot);
}

void LossChart::applyColours() {
  m_plot->setBackground(m_colours.ground);
  for (auto* axis : {m_plot->xAxis, m_plot->yAxis, m_rateAxis}) {
    axis->setTickLabelColor(m_colours.text);
    axis->setTickLabelFont(font());
    axis->grid()->setPen(QPen(m_colours.line, 1, axis == m_plot->xAxis ? Qt::DotLine : Qt::SolidLine));
  }
  for (const auto curve : kAll) {
    auto colour = m_colours.curves[at(curve)];
    m_smooth[at(curve)]->setPen(QPen(colour, curve == LossCurve::LearningRate ? 1.2 : 2.0,
                                     curve == LossCurve::Validation ? Qt::DashLine : Qt::SolidLine));
    colour.setAlpha(kFaint);
    if (m_raw[at(curve)]) m_raw[at(curve)]->setPen(QPen(colour, 1));
  }
  m_smooth[at(LossCurve::Validation)]->setScatterStyle(
      QCPScatterStyle(QCPScatterStyle::ssDisc, m_colours.curves[at(LossCurve::Validation)], 5));
  m_checkpoints->setScatterStyle(QCPScatterStyle(QCPScatterStyle::ssTriangle, m_colours.mark, m_colours.ground, 9));
  m_best->setScatterStyle(QCPScatterStyle(QCPScatterStyle::ssTriangle, m_colours.mark, m_colours.mark, 11));
  m_cursor->setPen(QPen(m_colours.text, 1));
}

void LossChart::clear() {
  m_history.clear();
  m_everything = true;
  setCheckpoints({});
  readAt(std::nullopt);
  drawAll();
}

void LossChart::append(const std::vector<MetricPoint>& points) {
  std::array<qsizetype, kLossCurves> known;
  for (const auto curve : kAll) known[at(curve)] = m_history.curve(curve).steps.size();
  if (!m_history.append(points)) {
    drawAll();
    return;
  }
  for (const auto curve : kAll) {
    const auto& data = m_history.curve(curve);
    const auto from = known[at(curve)];
    m_smooth[at(curve)]->addData(data.steps.mid(from), data.smooth.mid(from), true);
    if (m_raw[at(curve)]) m_raw[at(curve)]->addData(data.steps.mid(from), data.raw.mid(from), true);
  }
  fitView();
  Q_EMIT dataChanged();
}

void LossChart::drawAll() {
  for (const auto curve : kAll) {
    const auto& data = m_history.curve(curve);
    m_smooth[at(curve)]->setData(data.steps, data.smooth, true);
    if (m_raw[at(curve)]) m_raw[at(curve)]->setData(data.steps, data.raw, true);
  }
  fitView();
  Q_EMIT dataChanged();
}

void LossChart::setTotalSteps(std::int64_t steps) {
  if (m_totalSteps == steps) return;
  m_totalSteps = steps;
  fitView();
}

void LossChart::setSmoothing(double weight) {
  m_history.setSmoothing(weight);
  drawAll();
}

void LossChart::setLogarithmic(bool logarithmic) {
  m_plot->yAxis->setScaleType(logarithmic ? QCPAxis::stLogarithmic : QCPAxis::stLinear);
  m_plot->yAxis->setTicker(logarithmic ? QSharedPointer<QCPAxisTicker>(new LogTicker)
                                       : QSharedPointer<QCPAxisTicker>(new QCPAxisTicker));
  fitView();
}

void LossChart::setCurveVisible(LossCurve curve, bool visible) {
  m_smooth[at(curve)]->setVisible(visible);
  if (m_raw[at(curve)]) m_raw[at(curve)]->setVisible(visible);
  if (curve == LossCurve::LearningRate) m_rateAxis->setVisible(visible);
  fitView();
}

bool LossChart::isCurveVisible(LossCurve curve) const { return m_smooth[at(curve)]->visible(); }

void LossChart::setCheckpoints(const std::vector<CheckpointInfo>& checkpoints) {
  m_checkpoints->data()->clear();
  m_best->data()->clear();
  for (const auto& checkpoint : checkpoints) {
    (checkpoint.best ? m_best : m_checkpoints)->addData(double(checkpoint.step), 0.02);
  }
  m_plot->replot(QCustomPlot::rpQueuedReplot);
}

void LossChart::markStep(std::optional<std::int64_t> step) {
  m_cursor->setVisible(step.has_value());
  if (step) {
    m_cursor->start->setCoords(double(*step), 0);
    m_cursor->end->setCoords(double(*step), 1);
  }
  m_plot->replot(QCustomPlot::rpQueuedReplot);
}

void LossChart::showEverything() {
  m_everything = true;
  fitView();
}

void LossChart::fitView() {
  if (m_everything) {
    const double last = m_history.isEmpty() ? 0 : double(m_history.points().back().step);
    const double end = std::max({last, double(m_totalSteps), 10.0});
    m_plot->xAxis->setRange(-end * 0.01, end * 1.01);
  }
  fitValues();
  m_plot->replot(QCustomPlot::rpQueuedReplot);
}

void LossChart::fitValues() {
  const bool logarithmic = m_plot->yAxis->scaleType() == QCPAxis::stLogarithmic;
  const auto view = m_plot->xAxis->range();
  ChartRange losses(view.lower, view.upper);
  for (const auto curve : {LossCurve::Instance, LossCurve::Prior, LossCurve::Validation}) {
    if (!isCurveVisible(curve)) continue;
    losses.include(m_history.curve(curve).steps, m_history.curve(curve).smooth);
    losses.includeMost(m_history.curve(curve).steps, m_history.curve(curve).raw);
  }
  const auto [low, high] = losses.padded(logarithmic);
  m_plot->yAxis->setRange(low, high);
  ChartRange rates(view.lower, view.upper);
  rates.include(m_history.curve(LossCurve::LearningRate).steps, m_history.curve(LossCurve::LearningRate).smooth);
  m_rateAxis->setRange(0, rates.isEmpty() ? 1e-4 : rates.high() * 1.1);
}

void LossChart::zoom(double factor, double centerStep) {
  m_everything = false;
  m_plot->xAxis->scaleRange(factor, centerStep);
  fitView();
}

void LossChart::readAt(std::optional<std::int64_t> step) {
  if (step == m_readStep) return;
  m_readStep = step;
  markStep(step);
  m_readout->showStep(step, *this, m_colours);
  Q_EMIT stepHovered(step);
}

double LossChart::xOfStep(double step) const { return m_plot->xAxis->coordToPixel(step) + m_plot->x(); }

QRect LossChart::drawingArea() const { return m_plot->axisRect()->rect().translated(m_plot->pos()); }

std::pair<double, double> LossChart::stepsInView() const {
  return {m_plot->xAxis->range().lower, m_plot->xAxis->range().upper};
}

void LossChart::keyPressEvent(QKeyEvent* event) {
  const auto [first, last] = stepsInView();
  const double pixel = (last - first) / std::max(1, drawingArea().width());
  const double from = m_readStep ? double(*m_readStep) : last;
  switch (event->key()) {
    case Qt::Key_Left: return readAt(m_history.nearestStep(std::min(from - 1, from - 4 * pixel)));
    case Qt::Key_Right: return readAt(m_history.nearestStep(std::max(from + 1, from + 4 * pixel)));
    case Qt::Key_Plus:
    case Qt::Key_Equal: return zoom(kZoomStep, (first + last) / 2);
    case Qt::Key_Minus: return zoom(1 / kZoomStep, (first + last) / 2);
    case Qt::Key_Home: return showEverything();
    case Qt::Key_Escape: return readAt(std::nullopt);
    default: QWidget::keyPressEvent(event);
  }
}

void LossChart::resizeEvent(QResizeEvent* event) {
  QWidget::resizeEvent(event);
  readAt(std::nullopt);
}

bool LossChart::eventFilter(QObject* watched, QEvent* event) {
  if (watched == m_plot && event->type() == QEvent::Leave) readAt(std::nullopt);
  return QWidget::eventFilter(watched, event);
}

}  // namespace likeness
