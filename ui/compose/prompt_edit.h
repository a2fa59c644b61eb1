#pragma once
#include <QTextEdit>

class QCompleter;
class QStringListModel;

namespace likeness {

class SubjectChip;

/// A line of text for a prompt, growing to three lines when long. Typed or pasted `[V]`, `[v]`, `[V2]` turn into chips
/// that are one character to the cursor: a single backspace removes one, a copy gives `[V]` again. Words are completed
/// as one types, `[` offers the subjects. Ctrl+Up and Ctrl+Down make the selected words count more or less. Enter
/// submits.
class PromptEdit : public QTextEdit {
  Q_OBJECT
 public:
  explicit PromptEdit(QWidget* parent = nullptr);

  /// The prompt as the machinery reads it: one line, chips as `[V]` with a space to either side where letters touch.
  [[nodiscard]] QString prompt() const;
  void setPrompt(const QString& prompt);
  [[nodiscard]] bool hasSubject() const;
  void insertSubject();
  /// How many subjects there are to name, and the words to complete.
  void setSubjects(int count);
  void setWords(const QStringList& words);
  [[nodiscard]] QCompleter* completion() const { return m_completer; }

  [[nodiscard]] QSize sizeHint() const override;
  [[nodiscard]] QSize minimumSizeHint() const override;

 Q_SIGNALS:
  void submitted();
  void promptChanged();

 protected:
  void keyPressEvent(QKeyEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;
  void focusOutEvent(QFocusEvent* event) override;
  [[nodiscard]] bool canInsertFromMimeData(const QMimeData* source) const override;
  void insertFromMimeData(const QMimeData* source) override;
  [[nodiscard]] QMimeData* createMimeDataFromSelection() const override;

 private:
  void turnIntoChips();
  void fitHeight();
  [[nodiscard]] QString beganWord() const;
  void offerWords(bool asked);
  void complete(const QString& word);

  SubjectChip* m_chip;
  QCompleter* m_completer;
  QStringListModel* m_offered;
  QStringList m_words;
  bool m_turning = false;
};

}  // namespace likeness
