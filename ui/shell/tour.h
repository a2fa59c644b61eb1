#pragma once
#include <QFrame>

class QLabel;
class QPushButton;

namespace likeness {

/// Five cards beside the five steps, one sentence each; skipped with Escape or a click. Not modal.
class Tour : public QFrame {
  Q_OBJECT
 public:
  explicit Tour(QWidget* window);

  void begin();
  [[nodiscard]] int stop() const { return m_stop; }

 protected:
  void keyPressEvent(QKeyEvent* event) override;
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  void go(int stop);
  void place();

  int m_stop = 0;
  QLabel* m_count;
  QLabel* m_title;
  QLabel* m_words;
  QPushButton* m_next;
  QPushButton* m_back;
};

}  // namespace likeness
