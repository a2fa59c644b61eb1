#include "ui/shell/main_window.h"

#include <QApplication>
#include <QClipboard>
#include <QCloseEvent>
#include <QDateTime>
#include <QDir>
#include <QDropEvent>
#include <QHBoxLayout>
#include <QImage>
#include <QMimeData>
#include <QSettings>
#include <QShortcut>
#include <QStackedWidget>
#include <QStandardPaths>
#include <QVBoxLayout>

#include "ui/settings/log_panel.h"
#include "ui/settings/settings_dialog.h"
#include "ui/shell/demo.h"
#include "ui/shell/header_bar.h"
#include "ui/shell/help_panel.h"
#include "ui/shell/job_bar.h"
#include "ui/shell/pages.h"
#include "ui/shell/recent_projects.h"
#include "ui/shell/start_page.h"
#include "ui/shell/step_rail.h"
#include "ui/shell/tour.h"
#include "ui/subject/subject_page.h"
#include "ui/theme/metrics.h"
#include "ui/widgets/dropped_files.h"
#include "ui/widgets/file_choice.h"
#include "ui/widgets/qimage.h"

namespace likeness {
namespace {

const QString kSubject = QStringLiteral("subject");
const QString kTraining = QStringLiteral("training");
const QString kGeometryKey = QStringLiteral("windowGeometry");

}  // namespace

MainWindow::MainWindow(Backend* backend, QWidget* parent)
    : QMainWindow(parent),
      m_session(new Session(backend, this)),
      m_header(new HeaderBar),
      m_rail(new StepRail),
      m_jobBar(new JobBar(m_session)),
      m_noticeRow(new QWidget),
      m_notice(new NoticeBanner),
      m_stack(new QStackedWidget),
      m_start(new StartPage) {
  setObjectName(QStringLiteral("mainWindow"));
  setWindowTitle(QStringLiteral("Likeness"));
  setWindowIcon(QIcon(QStringLiteral(":/likeness/icons/app.svg")));
  setAcceptDrops(true);
  setMinimumSize(960, 640);
  resize(1280, 800);
  restoreGeometry(QSettings().value(kGeometryKey).toByteArray());

  auto* whole = new QWidget;
  auto* rows = new QVBoxLayout(whole);
  rows->setContentsMargins(0, 0, 0, 0);
  rows->setSpacing(0);
  auto* middle = new QHBoxLayout;
  middle->setSpacing(0);
  auto* content = new QVBoxLayout;
  content->setSpacing(0);
  auto* noticeRow = new QVBoxLayout(m_noticeRow);
  noticeRow->setContentsMargins(kSpace24, kSpace12, kSpace24, 0);
  noticeRow->addWidget(m_notice);
  m_noticeRow->hide();
  connect(m_notice, &NoticeBanner::closed, m_noticeRow, &QWidget::hide);
  content->addWidget(m_noticeRow);
  content->addWidget(m_stack, 1);
  middle->addWidget(m_rail);
  middle->addLayout(content, 1);
  rows->addWidget(m_header);
  rows->addLayout(middle, 1);
  rows->addWidget(m_jobBar);
  setCentralWidget(whole);

  buildPages();
  buildShortcuts();
  buildHelp();
  connectSession();
  updateProject();
}

void MainWindow::buildPages() {
  m_stack->addWidget(m_start);
  m_pages = makePages(m_session);
  for (Page* page : m_pages) {
    page->setObjectName(page->id());
    m_stack->addWidget(page);
    m_rail->addStep(page->id(), page->title());
    connect(page, &Page::stateChanged, this,
            [this, page] { m_rail->setState(page->id(), page->stateText(), page->isDone()); });
    connect(page, &Page::pageRequested, this, &MainWindow::showPage);
    connect(page, &Page::noticeRequested, this, &MainWindow::showNotice);
  }
  connect(m_rail, &StepRail::stepChosen, this, &MainWindow::showPage);
  connect(m_start, &StartPage::openRequested, this, &MainWindow::askForProject);
  connect(m_start, &StartPage::recentRequested, this, &MainWindow::openProject);
  connect(m_start, &StartPage::createRequested, this,
          [this](const QString& folder, const QStringList& photos, const QString& noun) {
            NewProject spec;
            spec.project = toPath(folder);
            for (const QString& photo : photos) spec.photos.push_back(toPath(photo));
            spec.classNoun = noun.toStdString();
            m_session->submit(std::move(spec));
          });
  connect(m_header, &HeaderBar::newProjectRequested, this, &MainWindow::startNewProject);
  connect(m_header, &HeaderBar::openProjectRequested, this, &MainWindow::askForProject);
  connect(m_header, &HeaderBar::recentRequested, this, &MainWindow::openProject);
}

void MainWindow::buildShortcuts() {
  const auto on = [this](const QKeySequence& keys, auto&& action) {
    connect(new QShortcut(keys, this), &QShortcut::activated, this, action);
  };
  for (std::size_t k = 0; k < m_pages.size(); ++k) {
    on(QKeySequence(QStringLiteral("Ctrl+%1").arg(k + 1)), [this, id = m_pages[k]->id()] { showPage(id); });
  }
  on(QKeySequence::Open, [this] { askForProject(); });
  on(QKeySequence::New, [this] { startNewProject(); });
  on(QKeySequence::Paste, [this] { pastePhotos(); });
  on(QKeySequence(QStringLiteral("Ctrl+Shift+P")), [this] { togglePause(); });
  on(QKeySequence(QStringLiteral("Ctrl+,")), [this] { showSettings(); });
  on(QKeySequence(QStringLiteral("Ctrl+Shift+L")), [this] { showLog(); });
  on(QKeySequence(Qt::Key_F1), [this] { showHelp(); });
  on(QKeySequence(QStringLiteral("Ctrl+Shift+H")), [this] {
    if (m_session->hasProject()) subjectPage()->openHelper();
  });
}

void MainWindow::buildHelp() {
  m_help = new HelpPanel(this);
  m_tour = new Tour(this);
  connect(m_help, &HelpPanel::tourRequested, this, &MainWindow::showTour);
  connect(m_help, &HelpPanel::logRequested, this, &MainWindow::showLog);
  connect(m_header, &HeaderBar::helpRequested, this, &MainWindow::showHelp);
  connect(m_header, &HeaderBar::settingsRequested, this, &MainWindow::showSettings);
  connect(m_start, &StartPage::demoRequested, this, &MainWindow::startDemo);
  connect(m_start, &StartPage::tourRequested, this, &MainWindow::showTour);
}

SubjectPage* MainWindow::subjectPage() const { return qobject_cast<SubjectPage*>(page(kSubject)); }

void MainWindow::showSettings() {
  if (m_settings == nullptr) {
    m_settings = new SettingsDialog(this);
    connect(m_settings, &SettingsDialog::logRequested, this, &MainWindow::showLog);
    connect(m_settings, &SettingsDialog::helperChanged, this, [this] { subjectPage()->helperChanged(); });
  }
  m_settings->show();
  m_settings->raise();
  m_settings->activateWindow();
}

void MainWindow::showLog() {
  if (m_log == nullptr) m_log = new LogPanel(m_session, m_logFile, this);
  m_log->show();
  m_log->raise();
  m_log->activateWindow();
}

void MainWindow::showHelp() { m_help->toggleFor(currentPage()); }

void MainWindow::showTour() { m_tour->begin(); }

void MainWindow::startDemo() {
  const Result<NewProject> demo = demoProject();
  if (!demo.ok()) return showNotice(NoticeKind::Error, QString::fromStdString(demo.error().message));
  m_demo = true;
  m_session->submit(demo.value());
}

// One step after the other, each as the user would take it: the project, the training, a few pictures.
void MainWindow::goOnWithDemo(const QString& jobName, const Finished& finished) {
  if (!m_demo) return;
  if (finished.outcome != Outcome::Succeeded) {
    const bool concerns = jobName == QStringLiteral("new_project") || jobName == QStringLiteral("train");
    if (concerns) m_demo = false;
    return;
  }
  if (jobName == QStringLiteral("new_project")) {
    showPage(kTraining);
    Train train;
    train.project = m_session->project().folder;
    m_session->submit(std::move(train));
  } else if (jobName == QStringLiteral("train")) {
    m_demo = false;
    showPage(QStringLiteral("compose"));
    m_session->submit(demoPictures(m_session->project().folder));
  }
}

void MainWindow::connectSession() {
  connect(m_session, &Session::projectOpened, this, [this] {
    rememberProject(toQString(m_session->project().folder));
    m_noticeRow->hide();
    const QString last = QString::fromStdString(m_session->project().page);
    const QString shown = page(last) == nullptr ? kSubject : last;
    m_stack->setCurrentWidget(page(shown));
    m_start->reset();
  });
  connect(m_session, &Session::projectChanged, this, &MainWindow::updateProject);
  connect(m_session, &Session::noticeArrived, this, [this](const Notice& notice) {
    const QString sentence = QString::fromStdString(notice.sentence);
    if (!notice.warning) {
      m_jobBar->setRemark(sentence);
    } else if (currentPage() != kTraining || m_session->runningJobName() != QStringLiteral("train")) {
      showNotice(NoticeKind::Warning, sentence);  // the training page shows its own
    }
  });
  connect(m_session, &Session::finished, this,
          [this](JobId, const QString& name, const Finished& finished) { jobFinished(name, finished); });
}

QString MainWindow::currentPage() const {
  const auto* shown = qobject_cast<Page*>(m_stack->currentWidget());
  return shown == nullptr ? QStringLiteral("start") : shown->id();
}

Page* MainWindow::page(const QString& id) const {
  for (Page* page : m_pages) {
    if (page->id() == id) return page;
  }
  return nullptr;
}

void MainWindow::showPage(const QString& id) {
  Page* wanted = page(id);
  if (wanted == nullptr || !m_session->hasProject()) return;
  const bool moved = m_stack->currentWidget() != wanted;
  m_stack->setCurrentWidget(wanted);
  m_rail->setCurrent(id);
  if (!moved) return;
  wanted->entered();
  m_session->submit(SetPage{m_session->project().folder, id.toStdString()});
}

void MainWindow::updateProject() {
  const ProjectSnapshot& project = m_session->project();
  const bool open = m_session->hasProject();
  m_header->setProject(QString::fromStdString(project.name), QString::fromStdString(project.modelTitle));
  setWindowTitle(open ? tr("%1 – Likeness").arg(QString::fromStdString(project.name)) : QStringLiteral("Likeness"));
  m_rail->setEnabled(open);
  for (Page* page : m_pages) {
    if (open) page->projectChanged();
    m_rail->setState(page->id(), open ? page->stateText() : QString(), open && page->isDone());
  }
  m_rail->setCurrent(currentPage());
}

void MainWindow::jobFinished(const QString& jobName, const Finished& finished) {
  const bool computing = jobName == QStringLiteral("train") || jobName == QStringLiteral("make_priors") ||
                         jobName == QStringLiteral("sample") || jobName == QStringLiteral("export");
  if (finished.outcome == Outcome::Failed && finished.error) {
    showNotice(NoticeKind::Error, QString::fromStdString(finished.error->message));
  }
  goOnWithDemo(jobName, finished);
  if (!computing) return;
  if (finished.outcome != Outcome::Failed) m_jobBar->setRestText(QString::fromStdString(finished.summary));
  QApplication::alert(this);
}

void MainWindow::openProject(const QString& folder) { m_session->submit(OpenProject{toPath(folder)}); }

void MainWindow::addPhotos(const QStringList& paths) {
  if (paths.isEmpty()) return;
  if (!m_session->hasProject() || m_stack->currentWidget() == m_start) {
    m_stack->setCurrentWidget(m_start);
    m_start->beginWith(paths);
    return;
  }
  showPage(kSubject);
  subjectPage()->addPhotos(paths);
}

void MainWindow::showNotice(NoticeKind kind, const QString& sentence) {
  m_notice->showNotice(kind, sentence);
  m_noticeRow->show();
}

void MainWindow::dragEnterEvent(QDragEnterEvent* event) {
  if (droppedFiles(event->mimeData()).isEmpty()) return;
  m_start->setDropActive(true);
  event->acceptProposedAction();
}

void MainWindow::dragLeaveEvent(QDragLeaveEvent*) { m_start->setDropActive(false); }

void MainWindow::dropEvent(QDropEvent* event) {
  const QStringList files = droppedFiles(event->mimeData());
  m_start->setDropActive(false);
  if (files.isEmpty()) return;
  // A project's folder opens it; anything else is photos.
  if (files.size() == 1 && QFile::exists(QDir(files.front()).filePath(QStringLiteral("project.yaml")))) {
    openProject(files.front());
  } else {
    addPhotos(files);
  }
  event->acceptProposedAction();
}

void MainWindow::pastePhotos() {
  const QMimeData* data = QApplication::clipboard()->mimeData();
  const QStringList files = droppedFiles(data);
  if (!files.isEmpty()) {
    addPhotos(files);
    return;
  }
  const QImage image =
      data != nullptr && data->hasImage() && !isMadePicture(data) ? qvariant_cast<QImage>(data->imageData()) : QImage();
  if (image.isNull()) return;
  const QDir folder(QStandardPaths::writableLocation(QStandardPaths::TempLocation));
  const QString stamp = QDateTime::currentDateTime().toString(QStringLiteral("yyyyMMdd-HHmmss-zzz"));
  const QString file = folder.filePath(tr("Pasted %1.png").arg(stamp));
  if (image.save(file)) addPhotos({file});
}

void MainWindow::askForProject() {
  chooseFolder(this, tr("Open a project"), projectsFolder(), [this](const QString& folder) { openProject(folder); });
}

void MainWindow::startNewProject() {
  m_start->reset();
  m_stack->setCurrentWidget(m_start);
  m_rail->setCurrent({});
}

void MainWindow::togglePause() {
  if (m_session->runningJobName() != QStringLiteral("train")) return;
  m_session->runningState() == JobState::Paused ? m_session->resume() : m_session->pause();
}

void MainWindow::closeEvent(QCloseEvent* event) {
  // A running job is not asked about: training goes on from its newest checkpoint when the project is opened again.
  QSettings().setValue(kGeometryKey, saveGeometry());
  QMainWindow::closeEvent(event);
}

}  // namespace likeness
