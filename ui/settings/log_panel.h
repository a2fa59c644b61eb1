#pragma once
#include <QDialog>

#include "ui/session.h"

class QLabel;
class QPlainTextEdit;

namespace likeness {

/// The log and a few facts beside it, exactly as they are copied or saved for somebody who helps: without pictures,
/// paths and names. Not modal.
class LogPanel : public QDialog {
  Q_OBJECT
 public:
  LogPanel(Session* session, QString logFile, QWidget* parent = nullptr);

  /// Reads the log anew.
  void refresh();
  /// Writes what is shown into a file, whole or not at all; says how it went.
  bool saveTo(const QString& file);

 protected:
  void showEvent(QShowEvent* event) override;

 private:
  void askWhereToSave();

  Session* m_session;
  QString m_logFile;
  QPlainTextEdit* m_text;
  QLabel* m_state;
};

}  // namespace likeness
