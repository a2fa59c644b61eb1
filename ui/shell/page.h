#pragma once
#include <QString>
#include <QWidget>

#include "ui/session.h"
#include "ui/widgets/notice_banner.h"

class QLabel;
class QVBoxLayout;

namespace likeness {

/// One step of the studio. A page draws itself from the session's project and events, and lives as long as the window.
class Page : public QWidget {
  Q_OBJECT
 public:
  explicit Page(Session* session, QWidget* parent = nullptr);

  /// "subject", "priors", "training", "compose", "export": the name in SetPage and the page's object name.
  [[nodiscard]] virtual QString id() const = 0;
  /// The name in the step rail.
  [[nodiscard]] virtual QString title() const = 0;
  /// The second line in the step rail ("5 photos of a dog"); empty for none.
  [[nodiscard]] virtual QString stateText() const { return {}; }
  /// Whether the step has what the next one needs: the rail shows a check mark.
  [[nodiscard]] virtual bool isDone() const { return false; }

  /// The project's snapshot is new (also when another project was opened). Called on every page, shown or not.
  virtual void projectChanged() {}
  /// The page was brought to the front.
  virtual void entered() {}

 Q_SIGNALS:
  /// stateText() or isDone() changed without the project changing (a running job).
  void stateChanged();
  void pageRequested(const QString& id);
  void noticeRequested(likeness::NoticeKind kind, const QString& sentence);

 protected:
  [[nodiscard]] Session* session() const { return m_session; }
  [[nodiscard]] const ProjectSnapshot& project() const { return m_session->project(); }
  /// The page's column: margins 24, 24, 24, 16 and spacing 16.
  [[nodiscard]] QVBoxLayout* column() const { return m_column; }
  /// Adds the page's question in large and, when not empty, one soft sentence below; returns them through labels that
  /// the page may change.
  QLabel* addTitle(const QString& title);
  QLabel* addLead(const QString& sentence);

 private:
  Session* m_session;
  QVBoxLayout* m_column;
};

}  // namespace likeness
