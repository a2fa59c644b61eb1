#pragma once
#include <QAbstractButton>

namespace likeness {

/// One step in the rail: its number (or a check mark when done), its name, its state in a second line.
class StepButton : public QAbstractButton {
  Q_OBJECT
 public:
  StepButton(int number, const QString& title, QWidget* parent = nullptr);

  void setState(const QString& state, bool done);
  [[nodiscard]] QString state() const { return m_state; }
  [[nodiscard]] bool isDone() const { return m_done; }
  [[nodiscard]] QSize sizeHint() const override;

 protected:
  void paintEvent(QPaintEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;

 private:
  void paintMark(QPainter& painter, const QRect& circle) const;

  int m_number;
  QString m_state;
  bool m_done = false;
};

}  // namespace likeness
