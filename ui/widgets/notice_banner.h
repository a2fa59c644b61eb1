#pragma once
#include <QFrame>

class QLabel;
class QPushButton;
class QToolButton;

namespace likeness {

enum class NoticeKind { Info, Warning, Error };

/// One sentence across the page (what happened and what to do next), with an optional button, and a cross that closes
/// it. Never modal.
class NoticeBanner : public QFrame {
  Q_OBJECT
 public:
  explicit NoticeBanner(QWidget* parent = nullptr);

  void showNotice(NoticeKind kind, const QString& sentence, const QString& action = {});
  [[nodiscard]] QString sentence() const;
  [[nodiscard]] NoticeKind kind() const { return m_kind; }
  void setClosable(bool closable);

 Q_SIGNALS:
  void actionRequested();
  void closed();

 protected:
  void paintEvent(QPaintEvent* event) override;

 private:
  NoticeKind m_kind = NoticeKind::Info;
  QLabel* m_sentence;
  QPushButton* m_action;
  QToolButton* m_close;
};

}  // namespace likeness
