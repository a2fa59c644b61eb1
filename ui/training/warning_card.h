#pragma once
#include <QFrame>

class QLabel;

namespace likeness {

/// A quiet warning beside the work: a heading and a sentence or two, on the warning's ground.
class WarningCard : public QFrame {
  Q_OBJECT
 public:
  explicit WarningCard(QWidget* parent = nullptr);
  void showWarning(const QString& heading, const QString& sentence);

 private:
  QLabel* m_heading;
  QLabel* m_sentence;
};

}  // namespace likeness
