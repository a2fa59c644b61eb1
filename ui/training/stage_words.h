#pragma once
#include <QString>

#include "ui/training/training_stage.h"

namespace likeness {

/// What the training page says at a stage.
struct StageWords {
  QString lead;           ///< under the page's title, may be empty
  QString emptyHeading;   ///< in the chart's place before the first point
  QString emptySentence;
  QString sentence;  ///< beside the buttons
  QString main;      ///< the main button; empty: none
  QString second;    ///< the other button; empty: none
};

/// `doing` is what the running job says it does now, `step` the newest step measured.
[[nodiscard]] StageWords stageWords(TrainingStage stage, const Session& session, std::int64_t step,
                                    const QString& doing);

}  // namespace likeness
