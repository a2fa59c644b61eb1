#pragma once
#include <QFrame>

#include "ui/session.h"

class QLabel;
class QMenu;
class QProgressBar;
class QPushButton;

namespace likeness {

class ElidedLabel;

/// The bottom row, always there: what runs, how far, how fast, how long still, and the controls that fit it.
class JobBar : public QFrame {
  Q_OBJECT
 public:
  explicit JobBar(Session* session, QWidget* parent = nullptr);

  /// What is said while nothing runs, for example how the last job ended.
  void setRestText(const QString& text);
  /// A short remark on the running job; gone when the next one starts.
  void setRemark(const QString& text);

 private:
  void updateJob();
  void showProgress(const Progress& progress);
  void updateText();
  void fillQueue();

  Session* m_session;
  QLabel* m_title;
  QProgressBar* m_bar;
  ElidedLabel* m_text;
  QPushButton* m_queue;
  QPushButton* m_pause;
  QPushButton* m_sample;
  QPushButton* m_save;
  QPushButton* m_stop;
  QMenu* m_queueMenu;
  Progress m_progress;
  JobId m_job = 0;
  QString m_rest;
  QString m_remark;
};

}  // namespace likeness
