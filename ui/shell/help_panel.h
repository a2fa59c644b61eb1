#pragma once
#include <QFrame>

class QGridLayout;
class QLabel;

namespace likeness {

/// What the shown page is for, and its keys, in a sheet at the window's right edge: F1 or Escape closes it again. Not
/// modal.
class HelpPanel : public QFrame {
  Q_OBJECT
 public:
  explicit HelpPanel(QWidget* window);

  /// Shows the help of a page ("start" without a project), or closes it.
  void toggleFor(const QString& page);

 Q_SIGNALS:
  void tourRequested();
  void logRequested();

 protected:
  void keyPressEvent(QKeyEvent* event) override;
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  void fill(const QString& page);
  void place();

  QLabel* m_title;
  QLabel* m_words;
  QGridLayout* m_keys;
  QWidget* m_rows = nullptr;
};

}  // namespace likeness
