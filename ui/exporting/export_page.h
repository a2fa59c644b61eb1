#pragma once
#include "ui/exporting/export_target.h"
#include "ui/shell/page.h"

class QComboBox;
class QGridLayout;
class QLabel;
class QLineEdit;
class QPushButton;

namespace likeness {

class Card;
class ChoiceButton;
class EmptyState;
class ResultCard;

/// Taking what was learnt elsewhere: where to, which step, into which folder or file; then how to use it there.
class ExportPage : public Page {
  Q_OBJECT
 public:
  explicit ExportPage(Session* session, QWidget* parent = nullptr);

  [[nodiscard]] QString id() const override { return QStringLiteral("export"); }
  [[nodiscard]] QString title() const override { return tr("Export"); }
  [[nodiscard]] QString stateText() const override;
  [[nodiscard]] bool isDone() const override { return !m_written.isEmpty(); }
  void projectChanged() override;

 private:
  void makeForm();
  void offerTargets();
  void offerSteps();
  void chooseTarget();
  void chooseDestination();
  void write();
  void finish(JobId job, const Finished& finished);
  void showState();
  [[nodiscard]] const ExportTarget* target() const;
  [[nodiscard]] QString destination() const;
  [[nodiscard]] bool isTaken() const;
  [[nodiscard]] bool canWrite() const;
  [[nodiscard]] QString describe() const;

  QWidget* m_filled;
  EmptyState* m_empty;
  QGridLayout* m_targetGrid;
  std::vector<ExportTarget> m_targets;
  std::vector<ChoiceButton*> m_choices;
  QComboBox* m_step;
  QLabel* m_destinationLabel;
  QLineEdit* m_destination;
  QString m_suggested;  ///< the destination, until somebody writes another
  QLabel* m_what;
  QPushButton* m_write;
  ResultCard* m_result;

  std::filesystem::path m_project;  ///< the project that is shown
  JobId m_job = 0;
  QString m_written;  ///< the folder or file that was written last
};

}  // namespace likeness
