#pragma once
#include <optional>

#include "core/api/train_config.h"
#include "ui/widgets/card.h"

class QLabel;
class QPushButton;

namespace likeness {

class RunLength;
class SettingsPanel;

/// "How it learns": the length of the run in words, and every setting one step further in.
class LearningCard : public Card {
  Q_OBJECT
 public:
  explicit LearningCard(QWidget* parent = nullptr);

  void showConfig(const TrainConfig& config, double stepsPerSecond);
  /// While a run goes, what is changed here counts from the next one; the card says so.
  void setRunning(bool running);

 Q_SIGNALS:
  void edited(const QString& name, const QString& value);

 private:
  void showDisclosure();

  RunLength* m_length;
  QPushButton* m_disclosure;
  SettingsPanel* m_settings;
  QLabel* m_later;
  std::optional<TrainConfig> m_shown;
  double m_speed = 0;
};

}  // namespace likeness
