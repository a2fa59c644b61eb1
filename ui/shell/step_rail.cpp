#include "ui/shell/step_rail.h"

#include <QVBoxLayout>

#include "ui/shell/step_button.h"
#include "ui/theme/metrics.h"

namespace likeness {

StepRail::StepRail(QWidget* parent) : QFrame(parent), m_column(new QVBoxLayout(this)) {
  setObjectName(QStringLiteral("stepRail"));
  setProperty("surface", QStringLiteral("rail"));
  setFixedWidth(kRailWidth);
  setAccessibleName(tr("Steps"));
  m_column->setContentsMargins(kSpace8, kSpace16, kSpace8, kSpace16);
  m_column->setSpacing(kSpace4);
  m_column->addStretch();
}

void StepRail::addStep(const QString& id, const QString& title) {
  auto* step = new StepButton(static_cast<int>(m_steps.size()) + 1, title, this);
  step->setObjectName(QStringLiteral("step-") + id);
  m_column->insertWidget(m_column->count() - 1, step);
  m_steps.push_back(step);
  connect(step, &StepButton::clicked, this, [this, id] { Q_EMIT stepChosen(id); });
}

void StepRail::setState(const QString& id, const QString& state, bool done) {
  if (StepButton* found = step(id)) found->setState(state, done);
}

void StepRail::setCurrent(const QString& id) {
  StepButton* found = step(id);
  for (StepButton* button : m_steps) {
    button->setAutoExclusive(false);
    button->setChecked(button == found);
    button->setAutoExclusive(true);
  }
}

StepButton* StepRail::step(const QString& id) const { return findChild<StepButton*>(QStringLiteral("step-") + id); }

}  // namespace likeness
