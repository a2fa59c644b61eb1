#include "ui/training/option_row.h"

#include <QComboBox>
#include <QGridLayout>
#include <QLineEdit>
#include <QWheelEvent>

#include "ui/theme/metrics.h"
#include "ui/training/option_words.h"
#include "ui/widgets/buttons.h"
#include "ui/widgets/labels.h"

namespace likeness {
namespace {

constexpr int kFieldWidth = 104;

/// A box that leaves the wheel to the list that it stands in.
class StillComboBox : public QComboBox {
 public:
  using QComboBox::QComboBox;

 protected:
  void wheelEvent(QWheelEvent* event) override { event->ignore(); }
};

QString why(const TrainOption& option, const OptionWords& words, const QString& standard) {
  const auto unit = QString::fromStdString(option.unit);
  auto shown = standard.isEmpty() ? OptionRow::tr("made from the subject") : standard;
  for (const auto& [value, name] : words.choices) {
    if (value == standard) shown = name;
  }
  return QString::fromStdString(option.summary) + ' ' +
         OptionRow::tr("Default: %1.").arg(unit.isEmpty() ? shown : shown + ' ' + unit);
}

}  // namespace

OptionRow::OptionRow(const TrainOption& option, QWidget* parent)
    : QWidget(parent),
      m_option(option),
      m_default(QString::fromStdString(option.get(TrainConfig()))),
      m_value(m_default),
      m_problem(makeParagraph({}, TextStyle::Small, Tone::Error)),
      m_reset(makeButton(tr("Back to the default"), QStringLiteral("reset_") + QString::fromStdString(option.name),
                         ButtonKind::Disclosure, ButtonSize::Small)) {
  const auto words = optionWords(QString::fromStdString(option.name));
  m_name = words.title;
  makeField(words);
  m_title = makeFieldLabel(m_name, m_field);
  m_title->setWordWrap(true);
  m_field->setAccessibleDescription(QString::fromStdString(option.summary));
  auto* grid = new QGridLayout(this);
  grid->setContentsMargins(0, 0, 0, 0);
  grid->setVerticalSpacing(kSpace4);
  grid->setColumnStretch(0, 1);
  const bool wide = option.name == "preview_prompts";
  grid->addWidget(m_title, 0, 0, 1, wide ? 2 : 1);
  grid->addWidget(m_field, wide ? 1 : 0, wide ? 0 : 1, 1, wide ? 2 : 1);
  if (!wide) m_field->setFixedWidth(m_words ? kFieldWidth + 36 : kFieldWidth);
  grid->addWidget(makeParagraph(why(option, words, m_default), TextStyle::Small), 2, 0, 1, 2);
  grid->addWidget(m_problem, 3, 0, 1, 2);
  grid->addWidget(m_reset, 4, 0, 1, 2, Qt::AlignLeft);
  connect(m_reset, &QPushButton::clicked, this, [this] { offer(m_default); });
  showConfig(TrainConfig());
}

void OptionRow::makeField(const OptionWords& words) {
  if (words.choices.empty()) {
    m_line = new QLineEdit;
    m_field = m_line;
    connect(m_line, &QLineEdit::editingFinished, this, [this] { offer(m_line->text().trimmed()); });
  } else {
    m_words = new StillComboBox;
    m_field = m_words;
    m_words->setFocusPolicy(Qt::StrongFocus);
    for (const auto& [value, title] : words.choices) m_words->addItem(title, value);
    connect(m_words, &QComboBox::activated, this, [this] { offer(m_words->currentData().toString()); });
  }
  m_field->setObjectName(QStringLiteral("option_") + QString::fromStdString(m_option.name));
}

void OptionRow::offer(const QString& value) {
  TrainConfig config;
  const auto accepted = m_option.set(config, value.toStdString());
  m_problem->setText(accepted ? QString() : QString::fromStdString(accepted.error().message));
  m_problem->setVisible(!accepted);
  setStyleProperty(m_field, "invalid", !accepted);
  // Written the way the option itself writes it, so that 1e-4 and 0.0001 are one value.
  const auto written = accepted ? QString::fromStdString(m_option.get(config)) : value;
  if (!accepted || written == m_value) return;
  m_value = written;
  showState();
  Q_EMIT edited(QString::fromStdString(m_option.name), written);
}

void OptionRow::showConfig(const TrainConfig& config) {
  const auto value = QString::fromStdString(m_option.get(config));
  // What is being typed is not overwritten by news about other options.
  const bool typing = m_line && m_line->hasFocus() && m_line->isModified();
  if (typing && value == m_value) return;
  m_value = value;
  m_problem->hide();
  setStyleProperty(m_field, "invalid", false);
  showState();
}

void OptionRow::showState() {
  if (m_line && m_line->text() != m_value) {
    m_line->setText(m_value);
    m_line->setCursorPosition(0);
  }
  if (m_words) m_words->setCurrentIndex(m_words->findData(m_value));
  setTone(m_title, isChanged() ? Tone::Accent : Tone::Plain);
  m_title->setText((isChanged() ? QStringLiteral("• ") : QString()) + m_name);
  m_reset->setVisible(isChanged());
}

}  // namespace likeness
