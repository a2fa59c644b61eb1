#include "ui/training/learning_card.h"

#include <QPushButton>
#include <cmath>

#include "ui/theme/icons.h"
#include "ui/training/run_length.h"
#include "ui/training/settings_panel.h"
#include "ui/widgets/buttons.h"
#include "ui/widgets/labels.h"

namespace likeness {

LearningCard::LearningCard(QWidget* parent)
    : Card(tr("How it learns"), parent),
      m_length(new RunLength),
      m_disclosure(makeButton({}, "allSettings", ButtonKind::Disclosure)),
      m_settings(new SettingsPanel),
      m_later(makeParagraph(tr("Changes count from the next run."), TextStyle::Small)) {
  column()->setSpacing(8);
  column()->addWidget(makeParagraph(tr("Full DreamBooth: the part that paints and the part that reads both learn."),
                                    TextStyle::Small));
  column()->addWidget(m_length);
  column()->addWidget(m_later);
  column()->addWidget(m_disclosure, 0, Qt::AlignLeft);
  column()->addWidget(m_settings);
  m_disclosure->setCheckable(true);
  m_settings->hide();
  m_later->hide();
  connect(m_disclosure, &QPushButton::toggled, this, [this](bool open) {
    m_settings->setVisible(open);
    showDisclosure();
  });
  connect(m_length, &RunLength::stepsChosen, this,
          [this](std::int64_t steps) { Q_EMIT edited(QStringLiteral("steps"), QString::number(steps)); });
  connect(m_settings, &SettingsPanel::edited, this, &LearningCard::edited);
  showDisclosure();
}

void LearningCard::showConfig(const TrainConfig& config, double stepsPerSecond) {
  // Asked ten times a second while a run goes; a tenth of the speed's change is no news.
  if (m_shown == config && std::abs(stepsPerSecond - m_speed) <= 0.1 * m_speed) return;
  m_shown = config;
  m_speed = stepsPerSecond;
  m_length->showSteps(config.steps, stepsPerSecond);
  m_settings->showConfig(config);
  showDisclosure();
}

void LearningCard::setRunning(bool running) { m_later->setVisible(running); }

void LearningCard::showDisclosure() {
  const int changed = m_settings->changedCount();
  m_disclosure->setText(changed == 0 ? tr("All settings") : tr("All settings (%n changed)", nullptr, changed));
  m_disclosure->setIcon(themedIcon(m_disclosure->isChecked() ? "chevron_down" : "chevron_right", Role::SoftText));
}

}  // namespace likeness
