#include "ui/training/chart_card.h"

#include <QFileDialog>
#include <QHBoxLayout>
#include <QLocale>
#include <QPushButton>
#include <QSlider>
#include <QStackedWidget>

#include "ui/theme/theme.h"
#include "ui/training/chart_export.h"
#include "ui/training/curve_key.h"
#include "ui/training/preview_strip.h"
#include "ui/widgets/buttons.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/flow_layout.h"
#include "ui/widgets/labels.h"

namespace likeness {
namespace {

constexpr int kSmoothing = 90;  ///< hundredths of the past's weight

ChartColours chartColours(bool dark) {
  const auto colour = [dark](Role role) { return tokenColour(role, dark); };
  return {{colour(Role::CurveInstance), colour(Role::CurvePrior), colour(Role::CurveValidation), colour(Role::SoftText)},
          colour(Role::Panel),
          colour(Role::SoftText),
          colour(Role::Line),
          colour(Role::Accent)};
}

}  // namespace

ChartCard::ChartCard(QWidget* parent)
    : Card(parent),
      m_chart(new LossChart),
      m_previews(new PreviewStrip(m_chart)),
      m_empty(new EmptyState("photo", {}, {})),
      m_stack(new QStackedWidget),
      m_header(new QWidget) {
  makeHeader();
  auto* filled = new QWidget;
  auto* filledColumn = new QVBoxLayout(filled);
  filledColumn->setContentsMargins(0, 0, 0, 0);
  filledColumn->setSpacing(kSpace8);
  filledColumn->addWidget(m_header);
  filledColumn->addWidget(m_chart, 1);
  filledColumn->addWidget(m_previews);
  m_previews->hide();
  m_stack->addWidget(m_empty);
  m_stack->addWidget(filled);
  column()->addWidget(m_stack, 1);
  connect(m_chart, &LossChart::dataChanged, this, &ChartCard::showValues);
  connect(m_chart, &LossChart::stepHovered, m_previews, &PreviewStrip::markStep);
  connect(m_previews, &PreviewStrip::stepHovered, m_chart, &LossChart::markStep);
  connect(m_previews, &PreviewStrip::opened, this, &ChartCard::previewOpened);
  connect(&Theme::instance(), &Theme::changed, this, &ChartCard::applyColours);
  applyColours();
}

void ChartCard::makeHeader() {
  auto* row = new QHBoxLayout(m_header);
  row->setContentsMargins(0, 0, 0, 0);
  row->setSpacing(kSpace8);
  auto* keys = new QWidget;
  auto* flow = new FlowLayout(keys, kSpace12);
  m_keys = {new CurveKey(tr("Instance"), Role::CurveInstance, false), new CurveKey(tr("Prior"), Role::CurvePrior, false),
            new CurveKey(tr("Validation"), Role::CurveValidation, true),
            new CurveKey(tr("Rate"), Role::SoftText, false)};
  const std::array names = {"keyInstance", "keyPrior", "keyValidation", "keyRate"};
  for (std::size_t i = 0; i < m_keys.size(); ++i) {
    m_keys[i]->setObjectName(names[i]);
    connect(m_keys[i], &CurveKey::toggled, this, [this, i](bool on) { m_chart->setCurveVisible(LossCurve(i), on); });
    flow->addWidget(m_keys[i]);
  }
  m_keys[std::size_t(LossCurve::LearningRate)]->setChecked(false);
  m_keys[std::size_t(LossCurve::LearningRate)]->setToolTip(tr("Show or hide the learning rate, on an axis of its own"));
  row->addWidget(keys, 1);
  auto* smoothing = new QSlider(Qt::Horizontal);
  smoothing->setObjectName("smoothing");
  smoothing->setRange(0, 99);
  smoothing->setFixedWidth(44);
  smoothing->setToolTip(tr("How much the thick lines are smoothed; the faint ones are what was measured"));
  smoothing->setAccessibleName(tr("Smooth"));
  auto* smoothingLabel = makeLabel(tr("Smooth"), TextStyle::Small, Tone::Soft);
  smoothingLabel->setBuddy(smoothing);
  connect(smoothing, &QSlider::valueChanged, this, [this](int value) { m_chart->setSmoothing(value / 100.0); });
  smoothing->setValue(kSmoothing);
  auto* log = makeButton(tr("Log"), "logScale", ButtonKind::Secondary, ButtonSize::Small);
  log->setCheckable(true);
  log->setToolTip(tr("Logarithmic scale"));
  connect(log, &QPushButton::toggled, m_chart, &LossChart::setLogarithmic);
  auto* save = makeIconButton("save", tr("Save the chart as a picture, a PDF or a table"), "saveChart");
  connect(save, &QToolButton::clicked, this, &ChartCard::askWhereToSave);
  row->addWidget(smoothingLabel);
  row->addWidget(smoothing);
  row->addWidget(log);
  row->addWidget(save);
}

void ChartCard::applyColours() { m_chart->setColours(chartColours(Theme::isDark())); }

void ChartCard::clear() {
  m_chart->clear();
  m_previews->clear();
  m_previews->hide();
  m_stack->setCurrentIndex(0);
}

void ChartCard::showChart() { m_stack->setCurrentIndex(1); }

void ChartCard::addMetrics(const std::vector<MetricPoint>& points) {
  if (points.empty()) return;
  showChart();
  m_chart->append(points);
}

void ChartCard::addPreview(const Preview& preview) {
  showChart();
  m_previews->add(preview);
  m_previews->show();
}

void ChartCard::setCheckpoints(const std::vector<CheckpointInfo>& checkpoints) {
  m_chart->setCheckpoints(checkpoints);
  std::optional<std::int64_t> best;
  for (const auto& checkpoint : checkpoints) {
    if (checkpoint.best) best = checkpoint.step;
  }
  m_previews->setBestStep(best);
}

void ChartCard::setEmptyTexts(const QString& heading, const QString& sentence) { m_empty->setTexts(heading, sentence); }

void ChartCard::showValues() {
  for (std::size_t i = 0; i < m_keys.size(); ++i) {
    const auto& values = m_chart->history().curve(LossCurve(i)).smooth;
    const bool rate = LossCurve(i) == LossCurve::LearningRate;
    m_keys[i]->setValue(values.isEmpty() || rate ? QString() : QLocale().toString(values.last(), 'f', 3));
  }
}

QString ChartCard::save(const QString& path) {
  return saveChart(*m_chart, chartColours(Theme::isDark()), chartColours(false), path);
}

void ChartCard::askWhereToSave() {
  auto* dialog = new QFileDialog(this, tr("Save the chart"));
  dialog->setObjectName("saveChartDialog");
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  dialog->setAcceptMode(QFileDialog::AcceptSave);
  dialog->setNameFilters({tr("Picture (*.png)"), tr("PDF (*.pdf)"), tr("Table of all values (*.csv)")});
  dialog->setDefaultSuffix("png");
  connect(dialog, &QFileDialog::filterSelected, dialog,
          [dialog](const QString& filter) { dialog->setDefaultSuffix(filter.section("*.", 1).left(3)); });
  dialog->selectFile("losses");
  connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& path) {
    const auto problem = save(path);
    if (!problem.isEmpty()) Q_EMIT saveFailed(problem);
  });
  dialog->show();
}

}  // namespace likeness
