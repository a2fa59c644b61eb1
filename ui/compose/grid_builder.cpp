#include "ui/compose/grid_builder.h"

#include <QComboBox>
#include <QDesktopServices>
#include <QGridLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QPushButton>
#include <QUrl>
#include <algorithm>
#include <array>

#include "core/api/sample_grid.h"
#include "core/api/sampler.h"
#include "ui/compose/grid_table.h"
#include "ui/compose/recipe.h"
#include "ui/theme/metrics.h"
#include "ui/widgets/buttons.h"
#include "ui/widgets/labels.h"

namespace likeness {
namespace {

struct Choice {
  const char* title;
  const char* setting;
  const char* values;  ///< to start from
  const char* hint;
};

constexpr std::array kChoices = {
    Choice{QT_TRANSLATE_NOOP("likeness::GridBuilder", "Guidance"), "guidance", "2, 4, 7",
           QT_TRANSLATE_NOOP("likeness::GridBuilder", "Numbers, or a range such as 2-8 (+2)")},
    Choice{QT_TRANSLATE_NOOP("likeness::GridBuilder", "Steps"), "steps", "10, 20, 40",
           QT_TRANSLATE_NOOP("likeness::GridBuilder", "Numbers, or a range such as 10-50 (+10)")},
    Choice{QT_TRANSLATE_NOOP("likeness::GridBuilder", "Seed"), "seed", "1-4",
           QT_TRANSLATE_NOOP("likeness::GridBuilder", "Numbers, or a range such as 1-4")},
    Choice{QT_TRANSLATE_NOOP("likeness::GridBuilder", "Sampler"), "sampler", "ddim, dpmpp-2m, euler-a",
           QT_TRANSLATE_NOOP("likeness::GridBuilder", "Names of samplers")},
    Choice{QT_TRANSLATE_NOOP("likeness::GridBuilder", "Words of the prompt"), "replace", "",
           QT_TRANSLATE_NOOP("likeness::GridBuilder", "Words that are in the prompt, then what takes their place")},
    Choice{QT_TRANSLATE_NOOP("likeness::GridBuilder", "How much changes"), "strength", "0.4, 0.6, 0.8",
           QT_TRANSLATE_NOOP("likeness::GridBuilder", "Between 0 and 1; needs a picture to start from")},
    Choice{QT_TRANSLATE_NOOP("likeness::GridBuilder", "As learnt at"), "checkpoint", "base, best",
           QT_TRANSLATE_NOOP("likeness::GridBuilder", "Steps of the training, or base, best, last")},
    Choice{QT_TRANSLATE_NOOP("likeness::GridBuilder", "LoRA weight"), "lora_weight", "0.5, 0.75, 1",
           QT_TRANSLATE_NOOP("likeness::GridBuilder", "Numbers; the prompt must name a LoRA")},
};

const Choice* choiceOf(const QString& setting) {
  for (const auto& choice : kChoices) {
    if (setting == QLatin1String(choice.setting)) return &choice;
  }
  return nullptr;
}

// What the last but one word of the prompt could be instead.
QString wordsToReplace(const QString& prompt) {
  const auto words = prompt.split(' ', Qt::SkipEmptyParts);
  return words.isEmpty() ? QString() : words.back() + QStringLiteral(", …");
}

QString labelOf(const GridAxis& axis, const std::string& value) {
  const auto text = QString::fromStdString(value);
  return axis.setting == "sampler" ? samplerTitle(text) : text;
}

}  // namespace

GridBuilder::GridBuilder(QWidget* parent)
    : QWidget(parent),
      m_says(makeParagraph({}, TextStyle::Small)),
      m_openSheet(makeButton(tr("Open the sheet"), "openSheet", ButtonKind::Secondary, ButtonSize::Small)),
      m_table(new GridTable) {
  setObjectName("gridBuilder");
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(kSpace12);
  auto* head = new QHBoxLayout;
  head->setSpacing(kSpace12);
  head->addWidget(makeLabel(tr("Compare settings"), TextStyle::Heading));
  head->addWidget(m_says, 1);
  head->addWidget(m_openSheet);
  auto* close = makeIconButton("cross", tr("Close the grid"), "closeGrid");
  head->addWidget(close);
  column->addLayout(head);
  auto* grid = new QGridLayout;
  grid->setHorizontalSpacing(kSpace12);
  grid->setVerticalSpacing(kSpace8);
  grid->setColumnStretch(2, 1);
  grid->setColumnStretch(6, 1);
  grid->setColumnMinimumWidth(3, kSpace4);
  makeAxis(m_columns, tr("Columns"), QStringLiteral("gridColumns"), false, grid, 0);
  makeAxis(m_rows, tr("Rows"), QStringLiteral("gridRows"), true, grid, 4);
  column->addLayout(grid);
  m_says->setObjectName("gridSays");
  column->addWidget(m_table, 1);
  m_openSheet->hide();
  connect(close, &QToolButton::clicked, this, &GridBuilder::closeRequested);
  connect(m_openSheet, &QPushButton::clicked, this,
          [this] { QDesktopServices::openUrl(QUrl::fromLocalFile(m_sheet)); });
  suggest(m_columns);
}

void GridBuilder::makeAxis(Axis& axis, const QString& label, const QString& name, bool optional, QGridLayout* grid,
                           int at) {
  axis.setting = new QComboBox;
  axis.values = new QLineEdit;
  axis.setting->setObjectName(name);
  axis.setting->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
  axis.setting->setMinimumContentsLength(12);
  axis.values->setObjectName(name + QStringLiteral("Values"));
  axis.values->setAccessibleName(tr("Values: %1").arg(label));
  if (optional) axis.setting->addItem(tr("Nothing"), QString());
  for (const auto& choice : kChoices) axis.setting->addItem(tr(choice.title), QString::fromLatin1(choice.setting));
  grid->addWidget(makeFieldLabel(label, axis.setting), 0, at);
  grid->addWidget(axis.setting, 0, at + 1);
  grid->addWidget(axis.values, 0, at + 2);
  connect(axis.setting, &QComboBox::activated, this, [this, &axis] { suggest(axis); });
  connect(axis.values, &QLineEdit::textChanged, this, &GridBuilder::read);
  axis.values->setEnabled(!optional);
}

void GridBuilder::suggest(Axis& axis) {
  const auto* choice = choiceOf(axis.setting->currentData().toString());
  axis.values->setEnabled(choice != nullptr);
  axis.values->setPlaceholderText(choice ? tr(choice->hint) : QString());
  axis.values->setToolTip(axis.values->placeholderText());
  const bool words = choice && QLatin1String(choice->setting) == QLatin1String("replace");
  axis.values->setText(!choice ? QString()
                       : words ? wordsToReplace(QString::fromStdString(m_sample.prompt))
                               : QString::fromLatin1(choice->values));
  read();
}

void GridBuilder::setSample(const Sample& sample) {
  m_sample = sample;
  m_sample.grid.clear();
  read();
}

void GridBuilder::setSheet(const QString& file) {
  m_sheet = file;
  m_openSheet->setVisible(!file.isEmpty());
}

// What the machinery says, but where the way out is another one in the window.
QString GridBuilder::complaint(const QString& sentence) const {
  const auto varies = [this](const char* setting) {
    return m_columns.setting->currentData().toString() == QLatin1String(setting) ||
           m_rows.setting->currentData().toString() == QLatin1String(setting);
  };
  const bool named = m_sample.prompt.find("<lora:") != std::string::npos;
  if (varies("lora_weight") && !named) return tr("The prompt names no LoRA yet: write <lora:its name:1> into it.");
  if (varies("strength") && m_sample.from.empty()) return tr("Choose a picture to start from first.");
  return sentence;
}

void GridBuilder::read() {
  std::string text;
  for (const auto* axis : {&m_columns, &m_rows}) {
    const auto setting = axis->setting->currentData().toString();
    if (!setting.isEmpty()) text += (setting + '=' + axis->values->text() + ';').toStdString();
  }
  const auto before = m_axes;
  auto axes = parseGrid(text);
  Sample sample = m_sample;
  if (axes.ok()) sample.grid = *axes;
  const bool fromNothing =
      axes.ok() && sample.from.empty() &&
      std::any_of(axes->begin(), axes->end(), [](const GridAxis& axis) { return axis.setting == "strength"; });
  if (fromNothing) axes = Error{ErrorCode::InvalidArgument, {}};
  const auto cells = axes.ok() ? gridCells(sample) : Result<std::vector<GridCell>>(axes.error());
  m_axes = cells.ok() ? sample.grid : std::vector<GridAxis>();
  m_cells = cells.ok() ? int(cells->size()) : 0;
  setTone(m_says, cells.ok() ? Tone::Soft : Tone::Warning);
  if (cells.ok()) {
    QStringList names[2];
    for (std::size_t k = 0; k < m_axes.size(); ++k) {
      for (const auto& value : m_axes[k].values) names[k] << labelOf(m_axes[k], value);
    }
    m_table->setAxes(names[0], names[1]);
    const bool seeds =
        std::any_of(m_axes.begin(), m_axes.end(), [](const GridAxis& axis) { return axis.setting == "seed"; });
    const auto size = tr("%1 × %2").arg(names[0].size()).arg(std::max<qsizetype>(1, names[1].size()));
    m_says->setText(seeds ? size : tr("%1, all from the same seed").arg(size));
  } else {
    m_says->setText(complaint(QString::fromStdString(cells.error().message)));
  }
  if (before != m_axes) setSheet({});
  Q_EMIT axesChanged();
}

void GridBuilder::keyPressEvent(QKeyEvent* event) {
  if (event->key() == Qt::Key_Escape) return Q_EMIT closeRequested();
  QWidget::keyPressEvent(event);
}

}  // namespace likeness
