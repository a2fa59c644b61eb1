#include "ui/compose/sample_settings.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QGridLayout>
#include <QPoint>
#include <QPushButton>
#include <QScrollArea>
#include <QSpinBox>

#include "core/api/sampler.h"
#include "ui/compose/recipe.h"
#include "ui/compose/seed_field.h"
#include "ui/theme/icons.h"
#include "ui/theme/metrics.h"
#include "ui/widgets/buttons.h"
#include "ui/widgets/format.h"
#include "ui/widgets/labels.h"

namespace likeness {
namespace {

constexpr int kMostPictures = 16;
constexpr int kColumns = 12;

struct PlacedField {
  QString label;
  QWidget* field;
  int span;
};

// A side near `length` that every common model can make.
int modelSide(double length, int resolution) {
  const int unit = resolution < 256 ? 32 : 64;
  return std::max(1, int(length / unit + 0.5)) * unit;
}

// Fields below their labels, as columns of a grid that is `kColumns` wide.
class FieldRows {
 public:
  explicit FieldRows(QGridLayout* grid) : m_grid(grid) {
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(kSpace8);
    grid->setVerticalSpacing(kSpace4);
    for (int column = 0; column < kColumns; ++column) grid->setColumnStretch(column, 1);
  }
  void place(std::initializer_list<PlacedField> fields) {
    int column = 0;
    for (const auto& [label, field, span] : fields) {
      field->setSizePolicy(QSizePolicy::Ignored, field->sizePolicy().verticalPolicy());  // the span decides
      m_grid->addWidget(makeFieldLabel(label, field), m_row, column, 1, span);
      m_grid->addWidget(field, m_row + 1, column, 1, span);
      column += span;
    }
    m_grid->setRowMinimumHeight(m_row + 2, kSpace4);
    m_row += 3;
  }
  void whole(QWidget* widget, int above = 0) {
    if (above > 0) m_grid->setRowMinimumHeight(m_row++, above);
    m_grid->addWidget(widget, m_row++, 0, 1, kColumns);
  }
  void end() { m_grid->setRowStretch(m_row, 1); }

 private:
  QGridLayout* m_grid;
  int m_row = 0;
};

void keepItem(QComboBox* box, const QVariant& value) {
  const int row = box->findData(value);
  box->setCurrentIndex(row < 0 ? 0 : row);
}

}  // namespace

SampleSettings::SampleSettings(QWidget* parent)
    : Card(parent),
      m_more(makeButton({}, "howItIsMade", ButtonKind::Disclosure)),
      m_how(new QWidget),
      m_steps(new QSpinBox),
      m_guidance(new QDoubleSpinBox),
      m_sampler(new QComboBox),
      m_schedule(new QComboBox),
      m_seed(new SeedField),
      m_size(new QComboBox),
      m_count(new QSpinBox),
      m_weights(new QComboBox),
      m_before(new QCheckBox(tr("With a before picture"))),
      m_leak(makeButton({}, "leakTest")),
      m_grid(makeButton(tr("Compare settings in a grid"), "openGrid")) {
  setObjectName("sampleSettings");
  makeFields();
  layOut();
  offerSizes(0);
  offerWeights({});
}

void SampleSettings::makeFields() {
  const Sample standard;
  m_steps->setObjectName("steps");
  m_steps->setRange(1, 1000);
  m_steps->setValue(standard.steps);
  m_steps->setToolTip(tr("How often the picture is refined; 20 to 30 is plenty"));
  m_guidance->setObjectName("guidance");
  m_guidance->setRange(1, 30);
  m_guidance->setSingleStep(0.5);
  m_guidance->setDecimals(1);
  m_guidance->setValue(standard.guidance);
  m_guidance->setToolTip(tr("How closely it follows the prompt; too much looks harsh"));
  m_sampler->setObjectName("sampler");
  for (const auto& name : samplerNames()) {
    const auto sampler = QString::fromStdString(name);
    m_sampler->addItem(samplerTitle(sampler), sampler);
  }
  m_schedule->setObjectName("schedule");
  m_schedule->setToolTip(tr("Which noise levels the steps go through; Automatic is what the model was made with"));
  for (const auto& name : sigmaScheduleNames()) {
    m_schedule->addItem(sigmaScheduleTitle(*parseSigmaSchedule(name)), QString::fromStdString(name));
  }
  m_size->setObjectName("size");
  m_count->setObjectName("count");
  m_count->setRange(1, kMostPictures);
  m_count->setValue(4);
  m_weights->setObjectName("weights");
  m_before->setObjectName("compare");
  m_before->setChecked(true);
  m_before->setToolTip(tr("Also lets the base model make each picture from the same seed; takes twice as long"));
  m_leak->setToolTip(tr("Makes the class alone, without your subject: it should not look like your subject"));
  connect(m_count, &QSpinBox::valueChanged, this, &SampleSettings::countChanged);
  connect(m_weights, &QComboBox::currentIndexChanged, this, [this] {
    m_before->setEnabled(m_weights->currentData().toPoint().x() != int(WhichWeights::Base));
  });
  m_grid->setCheckable(true);
  m_grid->setToolTip(tr("Makes a table of pictures in which one or two settings change"));
  connect(m_grid, &QPushButton::clicked, this, &SampleSettings::gridRequested);
  for (auto* box : {m_sampler, m_schedule, m_size, m_weights})
    connect(box, &QComboBox::currentIndexChanged, this, &SampleSettings::changed);
  for (auto* box : {m_steps, m_count}) connect(box, &QSpinBox::valueChanged, this, &SampleSettings::changed);
  connect(m_guidance, &QDoubleSpinBox::valueChanged, this, &SampleSettings::changed);
  connect(m_leak, &QPushButton::clicked, this, &SampleSettings::leakTestRequested);
}

void SampleSettings::layOut() {
  auto* inside = new QWidget;
  FieldRows rows(new QGridLayout(inside));
  rows.whole(makeLabel(tr("The picture"), TextStyle::Strong));
  rows.place({{tr("Pictures"), m_count, 3}, {tr("Seed"), m_seed, 9}});
  rows.place({{tr("Size"), m_size, kColumns}});
  rows.whole(makeLabel(tr("How it is made"), TextStyle::Strong), kSpace4);
  rows.whole(m_more);
  rows.whole(m_how);
  FieldRows how(new QGridLayout(m_how));
  how.place({{tr("Steps"), m_steps, 6}, {tr("Guidance"), m_guidance, 6}});
  how.place({{tr("Sampler"), m_sampler, 6}, {tr("Schedule"), m_schedule, 6}});
  rows.whole(makeLabel(tr("What was learnt"), TextStyle::Strong), kSpace4);
  rows.place({{tr("As learnt at"), m_weights, kColumns}});
  rows.whole(m_before);
  rows.end();
  auto* scroll = new QScrollArea;
  scroll->setObjectName("settingsScroll");
  scroll->setFrameShape(QFrame::NoFrame);
  scroll->setWidgetResizable(true);
  scroll->setFocusPolicy(Qt::NoFocus);
  scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  scroll->setWidget(inside);
  // Setting a widget makes both of them opaque.
  scroll->viewport()->setAutoFillBackground(false);
  inside->setAutoFillBackground(false);
  column()->addWidget(scroll, 1);
  column()->addWidget(m_leak);
  column()->addWidget(m_grid);
  m_more->setCheckable(true);
  connect(m_more, &QPushButton::toggled, this, &SampleSettings::showHow);
  connect(this, &SampleSettings::changed, this, &SampleSettings::showHow);
  showHow();
}

// Closed, it says in a line what is set.
void SampleSettings::showHow() {
  const bool open = m_more->isChecked();
  m_how->setVisible(open);
  m_more->setIcon(themedIcon(open ? "chevron_down" : "chevron_right", Role::SoftText));
  const auto facts = tr("%1 steps · guidance %2 · %3")
                         .arg(m_steps->value())
                         .arg(m_guidance->value(), 0, 'g', 3)
                         .arg(m_sampler->currentText());
  m_more->setText(open ? tr("Fewer settings") : facts);
  m_more->setAccessibleName(tr("How it is made"));
  m_more->setAccessibleDescription(facts);
  m_more->setToolTip(tr("Steps, guidance, sampler and schedule"));
}

void SampleSettings::setProject(const ProjectSnapshot& project) {
  const auto noun = project.classNoun.empty() ? QStringLiteral("subject") : QString::fromStdString(project.classNoun);
  m_leak->setText(tr("Leak test: “%1”").arg(withArticle(noun)));
  offerSizes(project.resolution);
  offerWeights(project);
}

void SampleSettings::offerSizes(int resolution) {
  const auto chosen = m_size->currentData();
  m_size->clear();
  if (resolution <= 0) {
    m_size->addItem(tr("The model's"), QPoint(0, 0));
    return;
  }
  const int longer = modelSide(resolution * 1.25, resolution);
  for (const QPoint side : {QPoint(resolution, resolution), QPoint(longer, resolution), QPoint(resolution, longer)}) {
    m_size->addItem(tr("%1 × %2").arg(side.x()).arg(side.y()), side);
  }
  keepItem(m_size, chosen);
}

void SampleSettings::offerWeights(const ProjectSnapshot& project) {
  // Where there was nothing to choose, nothing was chosen: what is learnt then comes first.
  const auto chosen = m_weights->count() > 1 ? m_weights->currentData() : QVariant();
  m_weights->clear();
  const auto* run = project.runs.empty() ? nullptr : &project.runs.back();
  if (run && !run->checkpoints.empty()) {
    m_weights->addItem(tr("The best step"), QPoint(int(WhichWeights::Best), 0));
    m_weights->addItem(tr("The last step"), QPoint(int(WhichWeights::Last), 0));
    for (const auto& checkpoint : run->checkpoints) {
      m_weights->addItem(tr("Step %1").arg(checkpoint.step), QPoint(int(WhichWeights::Step), int(checkpoint.step)));
    }
  }
  m_weights->addItem(tr("Nothing: the base model"), QPoint(int(WhichWeights::Base), 0));
  keepItem(m_weights, chosen);
}

void SampleSettings::fill(Sample& sample) {
  const auto seed = m_seed->seedForBatch();
  peek(sample);
  sample.seed = seed;
}

void SampleSettings::peek(Sample& sample) const {
  sample.steps = m_steps->value();
  sample.guidance = m_guidance->value();
  sample.sampler = m_sampler->currentData().toString().toStdString();
  sample.schedule = m_schedule->currentData().toString().toStdString();
  sample.seed = m_seed->seed();
  sample.count = m_count->value();
  const auto size = m_size->isEnabled() ? m_size->currentData().toPoint() : QPoint();
  sample.width = size.x();
  sample.height = size.y();
  const auto weights = m_weights->currentData().toPoint();
  sample.weights = WhichWeights(weights.x());
  sample.checkpointStep = weights.y();
  sample.compareWithBase = m_before->isChecked() && sample.weights != WhichWeights::Base;
}

void SampleSettings::apply(const Sample& sample) {
  m_steps->setValue(sample.steps);
  m_guidance->setValue(sample.guidance);
  keepItem(m_sampler, QString::fromStdString(sample.sampler));
  keepItem(m_schedule, QString::fromStdString(sample.schedule));
  m_seed->setSeed(sample.seed);
  m_seed->setLocked(true);
  keepItem(m_size, QPoint(sample.width, sample.height));
  const int row = m_weights->findData(QPoint(int(sample.weights), int(sample.checkpointStep)));
  if (row >= 0) m_weights->setCurrentIndex(row);
}

void SampleSettings::setStartsFromPicture(bool starts) {
  m_size->setEnabled(!starts);
  m_size->setToolTip(starts ? tr("As the picture that it starts from") : QString());
}

void SampleSettings::setGridOpen(bool open) { m_grid->setChecked(open); }

int SampleSettings::count() const { return m_count->value(); }

}  // namespace likeness
