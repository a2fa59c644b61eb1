#include "ui/training/run_length.h"

#include <QLocale>
#include <QVBoxLayout>

#include "ui/theme/metrics.h"
#include "ui/training/choice_button.h"
#include "ui/training/estimate.h"

namespace likeness {
namespace {

std::int64_t stepsOf(std::size_t choice) {
  const std::int64_t balanced = TrainConfig().steps;
  return choice == 0 ? balanced / 2 : choice == 1 ? balanced : balanced * 2;
}

}  // namespace

RunLength::RunLength(QWidget* parent)
    : QWidget(parent),
      m_choices{new ChoiceButton(tr("Quick"), "lengthQuick", this),
                new ChoiceButton(tr("Balanced, recommended"), "lengthBalanced", this),
                new ChoiceButton(tr("Thorough"), "lengthThorough", this)},
      m_own(new ChoiceButton(tr("As you set it"), "lengthOwn", this)) {
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(kSpace8);
  for (std::size_t choice = 0; choice < m_choices.size(); ++choice) {
    column->addWidget(m_choices[choice]);
    connect(m_choices[choice], &ChoiceButton::clicked, this, [this, choice] { Q_EMIT stepsChosen(stepsOf(choice)); });
  }
  column->addWidget(m_own);
  showSteps(TrainConfig().steps, 0);
}

void RunLength::showSteps(std::int64_t steps, double stepsPerSecond) {
  const auto detail = [stepsPerSecond](std::int64_t count) {
    const auto text = tr("%1 steps").arg(QLocale().toString(qlonglong(count)));
    return stepsPerSecond > 0 ? text + QStringLiteral(" · ") + aboutDuration(double(count) / stepsPerSecond) : text;
  };
  bool own = true;
  for (std::size_t choice = 0; choice < m_choices.size(); ++choice) {
    m_choices[choice]->setDetail(detail(stepsOf(choice)));
    if (steps == stepsOf(choice)) {
      m_choices[choice]->setChecked(true);
      own = false;
    }
  }
  m_own->setDetail(detail(steps));
  m_own->setVisible(own);
  if (own) m_own->setChecked(true);
}

}  // namespace likeness
