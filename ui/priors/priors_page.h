#pragma once
#include <QHash>

#include "ui/shell/page.h"

class QPushButton;
class QSpinBox;
class QStackedWidget;

namespace likeness {

class EmptyState;
class PriorSheet;

/// The class images that keep every dog from becoming this dog: made, looked through, replaced, or one's own.
class PriorsPage : public Page {
  Q_OBJECT
 public:
  explicit PriorsPage(Session* session, QWidget* parent = nullptr);

  [[nodiscard]] QString id() const override { return QStringLiteral("priors"); }
  [[nodiscard]] QString title() const override { return tr("Prior images"); }
  [[nodiscard]] QString stateText() const override;
  [[nodiscard]] bool isDone() const override;
  void projectChanged() override;

 private:
  QWidget* makeTools();
  QWidget* makeFoot();
  void connectParts();
  void priorArrived(const PriorReady& ready);
  void jobsChanged();
  void mark(const QStringList& files, bool kept);
  void make(bool replaceRejected);
  void refresh();
  void refreshWords();
  void refreshButtons();
  [[nodiscard]] bool usesOwn() const { return !project().ownPriors.empty(); }
  [[nodiscard]] int kept() const;
  [[nodiscard]] int rejected() const;
  /// Images wanted and not there yet.
  [[nodiscard]] int missing() const;

  QLabel* m_title;
  QLabel* m_lead;
  QPushButton* m_replace;
  QPushButton* m_own;
  QSpinBox* m_count;
  QWidget* m_countRow = nullptr;
  QLabel* m_keys = nullptr;
  QStackedWidget* m_stack;
  EmptyState* m_empty;
  PriorSheet* m_sheet;
  QLabel* m_state;
  QPushButton* m_make;
  QPushButton* m_continue;

  std::vector<PriorInfo> m_priors;  ///< of the project, and those that arrived since its last snapshot
  QHash<QString, std::size_t> m_rows;
  JobId m_makingJob = 0;
  std::int64_t m_projectCount = -1;  ///< prior_count of the project when it was last shown
  int m_reused = 0;
  int m_total = 0;
};

}  // namespace likeness
