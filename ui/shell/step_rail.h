#pragma once
#include <QFrame>
#include <vector>

class QVBoxLayout;

namespace likeness {

class StepButton;

/// The five steps at the left.
class StepRail : public QFrame {
  Q_OBJECT
 public:
  explicit StepRail(QWidget* parent = nullptr);

  void addStep(const QString& id, const QString& title);
  void setState(const QString& id, const QString& state, bool done);
  void setCurrent(const QString& id);
  [[nodiscard]] StepButton* step(const QString& id) const;

 Q_SIGNALS:
  void stepChosen(const QString& id);

 private:
  QVBoxLayout* m_column;
  std::vector<StepButton*> m_steps;
};

}  // namespace likeness
