#pragma once
#include <QWidget>
#include <array>

#include "core/api/train_config.h"

namespace likeness {

class ChoiceButton;

/// How long to learn, in words: quick, balanced, thorough; a number of steps of one's own appears as a fourth.
class RunLength : public QWidget {
  Q_OBJECT
 public:
  explicit RunLength(QWidget* parent = nullptr);

  /// Shows the steps chosen; `stepsPerSecond` 0: not known yet, so no time is promised.
  void showSteps(std::int64_t steps, double stepsPerSecond);

 Q_SIGNALS:
  void stepsChosen(std::int64_t steps);

 private:
  std::array<ChoiceButton*, 3> m_choices;
  ChoiceButton* m_own;
};

}  // namespace likeness
