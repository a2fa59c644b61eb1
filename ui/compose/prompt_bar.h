#pragma once
#include "ui/widgets/card.h"

class QHBoxLayout;
class QLabel;
class QLineEdit;
class QPushButton;

namespace likeness {

class PromptEdit;

/// What should be made: the prompt with its button, starters that fill it, and what is not wanted.
class PromptBar : public QWidget {
  Q_OBJECT
 public:
  explicit PromptBar(QWidget* parent = nullptr);

  void setSubject(const QString& name, const QString& classNoun);
  void setCount(int count);
  void setReady(bool ready);

  [[nodiscard]] QString prompt() const;
  [[nodiscard]] QString negative() const;
  void setPrompt(const QString& prompt);
  void setNegative(const QString& negative);
  /// Fills in a starter's next prompt.
  void start(int starter);

 Q_SIGNALS:
  void makeRequested();

 private:
  void makePromptCard();
  void makeStarterRow();
  void showHint();

  PromptEdit* m_prompt;
  QPushButton* m_make;
  QLineEdit* m_negative;
  QLabel* m_hint;
  QPushButton* m_addSubject;
  QString m_name;
  QString m_noun;
  std::vector<int> m_next;  ///< by starter, the prompt that comes next
  bool m_ready = true;
};

}  // namespace likeness
