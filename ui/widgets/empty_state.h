#pragma once
#include <QWidget>

class QLabel;
class QVBoxLayout;

namespace likeness {

/// What a page shows before there is anything: an icon, one sentence, why, and room for a button below.
class EmptyState : public QWidget {
  Q_OBJECT
 public:
  EmptyState(const QString& icon, const QString& heading, const QString& sentence, QWidget* parent = nullptr);

  void setTexts(const QString& heading, const QString& sentence);
  /// Adds a button or another widget, centred, below the sentence.
  void addAction(QWidget* widget);

 private:
  QLabel* m_heading;
  QLabel* m_sentence;
  QVBoxLayout* m_column;
};

}  // namespace likeness
