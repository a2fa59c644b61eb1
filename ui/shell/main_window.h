#pragma once
#include <QMainWindow>
#include <vector>

#include "ui/session.h"
#include "ui/widgets/notice_banner.h"

class QStackedWidget;

namespace likeness {

class HeaderBar;
class HelpPanel;
class JobBar;
class LogPanel;
class Page;
class SettingsDialog;
class StartPage;
class StepRail;
class SubjectPage;
class Tour;

/// The studio's one window: header, step rail, pages, job bar. Photos dropped or pasted anywhere go to the subject.
/// Threads: the window's. The backend must outlive it.
class MainWindow : public QMainWindow {
  Q_OBJECT
 public:
  explicit MainWindow(Backend* backend, QWidget* parent = nullptr);

  [[nodiscard]] Session* session() const { return m_session; }
  /// The shown page's id, "start" while no project is open.
  [[nodiscard]] QString currentPage() const;
  /// Brings a page to the front and remembers it in the project. Unknown ids and, without a project, all are ignored.
  void showPage(const QString& id);
  [[nodiscard]] Page* page(const QString& id) const;

  void openProject(const QString& folder);
  /// Photo files or folders: into the open project, or as the beginning of a new one.
  void addPhotos(const QStringList& paths);
  void showNotice(NoticeKind kind, const QString& sentence);
  /// The log that the report's end comes from; none by default.
  void setLogFile(const QString& file) { m_logFile = file; }
  void showSettings();
  void showLog();
  void showHelp();
  void showTour();
  /// Makes a project of the demo photos with the embedded base, trains it and makes pictures of it.
  void startDemo();

 protected:
  void dragEnterEvent(QDragEnterEvent* event) override;
  void dragLeaveEvent(QDragLeaveEvent* event) override;
  void dropEvent(QDropEvent* event) override;
  void closeEvent(QCloseEvent* event) override;

 private:
  void buildPages();
  void buildShortcuts();
  void connectSession();
  void updateProject();
  void jobFinished(const QString& jobName, const Finished& finished);
  void pastePhotos();
  void askForProject();
  void startNewProject();
  void togglePause();
  void buildHelp();
  void goOnWithDemo(const QString& jobName, const Finished& finished);
  [[nodiscard]] SubjectPage* subjectPage() const;

  Session* m_session;
  HeaderBar* m_header;
  StepRail* m_rail;
  JobBar* m_jobBar;
  QWidget* m_noticeRow;  ///< keeps the banner's margins, and is hidden with it
  NoticeBanner* m_notice;
  QStackedWidget* m_stack;
  StartPage* m_start;
  std::vector<Page*> m_pages;
  QString m_logFile;
  SettingsDialog* m_settings = nullptr;
  LogPanel* m_log = nullptr;
  HelpPanel* m_help = nullptr;
  Tour* m_tour = nullptr;
  bool m_demo = false;  ///< the project that is being made is the demo's
};

}  // namespace likeness
