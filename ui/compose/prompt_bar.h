#pragma once
#include "core/api/job.h"
#include "ui/widgets/card.h"

class QLabel;
class QLineEdit;
class QPushButton;
class QToolButton;

namespace likeness {

class PromptEdit;
class SourceStrip;

/// What should be made: the prompt with its length and its button, the picture that it starts from, starters that fill
/// the prompt, and what is not wanted.
class PromptBar : public QWidget {
  Q_OBJECT
 public:
  explicit PromptBar(QWidget* parent = nullptr);

  void setSubject(const QString& name, const QString& classNoun, int subjects);
  void setWords(const QStringList& words);
  /// How many pictures the button makes; with none it can't be pressed.
  void setCount(int count);
  void setReady(bool ready);
  /// What the prompt takes of the text encoder; for another prompt than the present one it is not shown.
  void setLength(const PromptMeasured& measured);

  [[nodiscard]] QString prompt() const;
  [[nodiscard]] QString negative() const;
  void setPrompt(const QString& prompt);
  void setNegative(const QString& negative);
  /// Fills in a starter's next prompt.
  void start(int starter);
  [[nodiscard]] SourceStrip* source() const { return m_source; }
  /// The button that offers pictures to start from.
  [[nodiscard]] QToolButton* startFrom() const { return m_startFrom; }
  void focusPrompt();

 Q_SIGNALS:
  void makeRequested();
  void promptChanged();

 private:
  void makePromptCard();
  void makeStarterRow();
  void showHint();

  PromptEdit* m_prompt;
  QPushButton* m_make;
  QLineEdit* m_negative;
  QLabel* m_hint;
  QLabel* m_length;
  QPushButton* m_addSubject;
  QToolButton* m_startFrom;
  SourceStrip* m_source;
  QString m_name;
  QString m_noun;
  std::vector<int> m_next;  ///< by starter, the prompt that comes next
  int m_count = 0;
  bool m_ready = true;
};

}  // namespace likeness
