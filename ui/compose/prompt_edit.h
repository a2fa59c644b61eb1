#pragma once
#include <QTextEdit>

namespace likeness {

class SubjectChip;

/// A line of text for a prompt, growing to three lines when long. Typed or pasted `[V]` (or `[v]`) turns into a chip
/// that is one character to the cursor: a single backspace removes it, a copy gives `[V]` again. Enter submits.
class PromptEdit : public QTextEdit {
  Q_OBJECT
 public:
  explicit PromptEdit(QWidget* parent = nullptr);

  /// The prompt as the machinery reads it: one line, chips as `[V]` with a space to either side where letters touch.
  [[nodiscard]] QString prompt() const;
  void setPrompt(const QString& prompt);
  [[nodiscard]] bool hasSubject() const;
  void insertSubject();

  [[nodiscard]] QSize sizeHint() const override;
  [[nodiscard]] QSize minimumSizeHint() const override;

 Q_SIGNALS:
  void submitted();
  void promptChanged();

 protected:
  void keyPressEvent(QKeyEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;
  [[nodiscard]] bool canInsertFromMimeData(const QMimeData* source) const override;
  void insertFromMimeData(const QMimeData* source) override;
  [[nodiscard]] QMimeData* createMimeDataFromSelection() const override;

 private:
  void turnIntoChips();
  void fitHeight();

  SubjectChip* m_chip;
  bool m_turning = false;
};

}  // namespace likeness
