#pragma once
#include <filesystem>
#include <map>

#include "ui/shell/page.h"
#include "ui/training/training_stage.h"

class QPushButton;

namespace likeness {

class ChartCard;
class LearningCard;
class PictureViewer;
class WarningCard;

/// Learning the subject: start, watch the losses and previews, pause, stop, go on; and what can be set about it.
class TrainingPage : public Page {
  Q_OBJECT
 public:
  explicit TrainingPage(Session* session, QWidget* parent = nullptr);

  [[nodiscard]] QString id() const override { return QStringLiteral("training"); }
  [[nodiscard]] QString title() const override { return tr("Training"); }
  [[nodiscard]] QString stateText() const override;
  [[nodiscard]] bool isDone() const override;
  void projectChanged() override;

  [[nodiscard]] ChartCard* chartCard() const { return m_chart; }

 private:
  void makeColumns();
  void makeButtons();
  void hear();
  void showRun(const std::string& run);
  void loadNewestRun();
  void takeMetrics(const MetricBatch& batch);
  void showOverfitting();
  void takePreview(const Preview& preview);
  void takeCheckpoint(const CheckpointSaved& saved);
  void takeNotice(const Notice& notice);
  void takeProgress(const Progress& progress);
  void takeCheckpointsOfProject();
  void setOption(const QString& name, const QString& value);
  void train(bool resume);
  void pressMain();
  void pressSecond();
  void showState();
  void showButtons();
  [[nodiscard]] std::int64_t stepsWanted() const;

  QLabel* m_title;
  QLabel* m_lead;
  ChartCard* m_chart;
  LearningCard* m_learning;
  WarningCard* m_warning;
  QLabel* m_sentence;
  QPushButton* m_main;
  QPushButton* m_second;
  PictureViewer* m_viewer;

  std::filesystem::path m_folder;  ///< of the project that is shown
  std::string m_run;               ///< the run that is shown
  std::map<std::int64_t, CheckpointInfo> m_checkpoints;
  QString m_stage;  ///< what the running job says it does
  std::int64_t m_step = 0;
};

}  // namespace likeness
