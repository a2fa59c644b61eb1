#pragma once
#include <QFrame>

class QLabel;

namespace likeness {

/// What to know about the run, beside the work: a heading and a few sentences on the warning's ground.
class WarningCard : public QFrame {
  Q_OBJECT
 public:
  explicit WarningCard(QWidget* parent = nullptr);
  /// Over-fitting in words; stands before everything else.
  void showOverfitting(const QString& sentence);
  /// Another remark about this run; the newest few stay.
  void addRemark(const QString& sentence);
  void clear();

 private:
  void showWarning(const QString& heading, const QString& sentence);

  QLabel* m_heading;
  QLabel* m_sentence;
  QStringList m_remarks;
  bool m_overfitting = false;
};

}  // namespace likeness
