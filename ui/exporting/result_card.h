#pragma once
#include "ui/widgets/card.h"

class QLabel;
class QPushButton;

namespace likeness {

struct ExportTarget;

/// How to use the model where it goes: the folder or file, what to do with it, and a prompt, each ready to copy.
class ResultCard : public Card {
  Q_OBJECT
 public:
  explicit ResultCard(QWidget* parent = nullptr);

  /// `written` says that `path`, a folder or file, is there; before that the card shows what will be.
  void showTarget(const ExportTarget& target, const QString& path, const QString& prompt, bool written);

 private:
  QLabel* m_state;
  QLabel* m_how;
  QLabel* m_prompt;
  QPushButton* m_open;
  QPushButton* m_copyHow;
  QPushButton* m_copyPrompt;
  QString m_folder;
};

}  // namespace likeness
