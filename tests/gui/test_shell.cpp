#include <QApplication>
#include <QClipboard>
#include <QDropEvent>
#include <QLabel>
#include <QLineEdit>
#include <QMimeData>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>
#include <QUrl>

#include "tests/gui/shell_tests.h"
#include "ui/shell/recent_projects.h"
#include "ui/shell/step_button.h"
#include "ui/shell/step_rail.h"
#include "ui/theme/theme.h"
#include "ui/widgets/dropped_files.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/format.h"
#include "ui/widgets/notice_banner.h"
#include "ui/widgets/qimage.h"

using namespace likeness;

namespace {

void drop(QWidget* target, const QStringList& files) {
  QMimeData data;
  QList<QUrl> urls;
  for (const QString& file : files) urls.append(QUrl::fromLocalFile(file));
  data.setUrls(urls);
  const QPoint at = target->rect().center();
  QDragEnterEvent enter(at, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
  QApplication::sendEvent(target, &enter);
  QVERIFY(enter.isAccepted());
  QDropEvent event(at, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
  QApplication::sendEvent(target, &event);
}

void openScene(Studio& studio, int priors = 0, bool trained = false) {
  std::vector<std::filesystem::path> photos;
  for (const QString& file : studio.files) photos.push_back(toPath(file));
  studio.backend.makeScene(photos, priors, trained, 0);
  studio.window.openProject(toQString(studio.backend.project().folder));
  QTRY_COMPARE(studio.window.currentPage(), QStringLiteral("subject"));
}

}  // namespace

class TestShell : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void startsWithoutProject() {
    Studio studio;
    QCOMPARE(studio.window.currentPage(), QStringLiteral("start"));
    QVERIFY(!studio.find<QWidget>("stepRail")->isEnabled());
    studio.window.showPage(QStringLiteral("training"));
    QCOMPARE(studio.window.currentPage(), QStringLiteral("start"));
    QCOMPARE(studio.find<QLabel>("jobTitle")->text(), QStringLiteral("Ready"));
  }

  void droppedPhotosBeginAProject() {
    Studio studio;
    drop(&studio.window, studio.files);
    auto* create = studio.find<QPushButton>("createProject");
    QVERIFY(create->isVisible());
    QVERIFY(!create->isEnabled());
    auto* noun = studio.find<QLineEdit>("newClassNoun");
    QTest::keyClicks(noun, QStringLiteral("dog"));
    QCOMPARE(studio.find<QLineEdit>("newProjectName")->text(), QStringLiteral("My dog"));
    QTest::mouseClick(create, Qt::LeftButton);
    QTRY_COMPARE(studio.window.currentPage(), QStringLiteral("subject"));
    const auto* spec = studio.backend.last<NewProject>();
    QVERIFY(spec != nullptr);
    QCOMPARE(spec->photos.size(), std::size_t(3));
    QCOMPARE(spec->classNoun, std::string("dog"));
    QCOMPARE(studio.window.session()->project().photos.size(), std::size_t(3));
    QVERIFY(studio.find<StepButton>("step-subject")->isDone());
    QVERIFY(studio.find<StepButton>("step-subject")->state().contains(QStringLiteral("3 photo")));
  }

  void droppedPhotosJoinTheOpenProject() {
    Studio studio;
    openScene(studio);
    studio.window.showPage(QStringLiteral("priors"));
    drop(&studio.window, {studio.files.front()});
    QTRY_COMPARE(studio.window.session()->project().photos.size(), std::size_t(4));
    QCOMPARE(studio.window.currentPage(), QStringLiteral("subject"));
  }

  void textDropsAreRefused() {
    Studio studio;
    QMimeData data;
    data.setText(QStringLiteral("https://example.org/photo.jpg"));
    QDragEnterEvent enter({10, 10}, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    enter.ignore();
    QApplication::sendEvent(&studio.window, &enter);
    QVERIFY(!enter.isAccepted());
  }

  void picturesMadeHereAreNoPhotos() {
    Studio studio;
    openScene(studio);
    const std::unique_ptr<QMimeData> data(madePictureData({studio.files.front()}));
    QCOMPARE(data->urls().size(), 1);
    QDragEnterEvent enter({10, 10}, Qt::CopyAction, data.get(), Qt::LeftButton, Qt::NoModifier);
    enter.ignore();
    QApplication::sendEvent(&studio.window, &enter);
    QVERIFY(!enter.isAccepted());
    auto* copied = madePictureData({studio.files.front()});
    copied->setImageData(paintScene(1, 1.0, 200));
    QApplication::clipboard()->setMimeData(copied);
    const auto before = studio.backend.submitted().size();
    QTest::keyClick(&studio.window, Qt::Key_V, Qt::ControlModifier);
    QCoreApplication::processEvents();
    QCOMPARE(studio.backend.submitted().size(), before);
    QApplication::clipboard()->clear();
  }

  void pastedPictureBecomesAPhoto() {
    Studio studio;
    openScene(studio);
    QApplication::clipboard()->setImage(paintScene(1, 1.0, 200));
    QTest::keyClick(&studio.window, Qt::Key_V, Qt::ControlModifier);
    QTRY_COMPARE(studio.window.session()->project().photos.size(), std::size_t(4));
    QApplication::clipboard()->clear();
  }

  void keysShowPages() {
    Studio studio;
    openScene(studio);
    QTest::keyClick(&studio.window, Qt::Key_2, Qt::ControlModifier);
    QCOMPARE(studio.window.currentPage(), QStringLiteral("priors"));
    QTRY_COMPARE(studio.backend.project().page, std::string("priors"));
    QTest::keyClick(&studio.window, Qt::Key_1, Qt::ControlModifier);
    QCOMPARE(studio.window.currentPage(), QStringLiteral("subject"));
    QTest::mouseClick(studio.find<StepButton>("step-priors"), Qt::LeftButton);
    QCOMPARE(studio.window.currentPage(), QStringLiteral("priors"));
  }

  void reopensWhereItWas() {
    Studio studio;
    studio.backend.makeScene({toPath(studio.folder.path())}, 0, false, 0);
    studio.backend.project().page = "priors";
    studio.window.openProject(toQString(studio.backend.project().folder));
    QTRY_COMPARE(studio.window.currentPage(), QStringLiteral("priors"));
  }

  void aMissingProjectSaysSo() {
    Studio studio;
    studio.window.openProject(QStringLiteral("/nowhere/at/all"));
    auto* banner = studio.find<NoticeBanner>("noticeBanner");
    QTRY_VERIFY(banner->isVisible());
    QVERIFY(banner->sentence().contains(QStringLiteral("/nowhere/at/all")));
    QCOMPARE(banner->kind(), NoticeKind::Error);
    QTest::mouseClick(studio.find<QToolButton>("noticeClose"), Qt::LeftButton);
    QVERIFY(!banner->isVisible());
  }

  void trainingHasItsControls() {
    Studio studio;
    openScene(studio, 4);
    studio.backend.setManual(true);
    auto* pause = studio.find<QPushButton>("pauseButton");
    QVERIFY(!pause->isVisible());
    const JobId job = studio.window.session()->submit(Train{studio.backend.project().folder, {}, false});
    QTRY_VERIFY(pause->isVisible());
    QCOMPARE(studio.find<QPushButton>("stopButton")->text(), QStringLiteral("Stop and keep"));
    studio.backend.send(job, Progress{"Training", 412, 800, 64, 6.1, 812ULL << 20U});
    QCOMPARE(studio.find<ElidedLabel>("jobText")->fullText(),
             QStringLiteral("step 412 of 800 · 6.1 steps/s · 1 min 4 s left · 0.8 GB"));
    QTest::mouseClick(pause, Qt::LeftButton);
    QCOMPARE(pause->text(), QStringLiteral("Resume"));
    QTest::keyClick(&studio.window, Qt::Key_P, Qt::ControlModifier | Qt::ShiftModifier);
    QCOMPARE(pause->text(), QStringLiteral("Pause"));
    QTest::mouseClick(studio.find<QPushButton>("sampleNowButton"), Qt::LeftButton);
    QTest::mouseClick(studio.find<QPushButton>("saveNowButton"), Qt::LeftButton);
    QCOMPARE(studio.backend.asked(), (std::vector{JobRequest::Preview, JobRequest::Checkpoint}));
    QTest::mouseClick(studio.find<QPushButton>("stopButton"), Qt::LeftButton);
    QTRY_COMPARE(studio.window.session()->runningJob(), JobId(0));
    QVERIFY(studio.find<ElidedLabel>("jobText")->fullText().contains(QStringLiteral("go on")));
  }

  void otherJobsCanBeCancelledAndQueued() {
    Studio studio;
    openScene(studio);
    studio.backend.setManual(true);
    Session* session = studio.window.session();
    session->submit(MakePriors{studio.backend.project().folder, {}, false});
    const JobId second = session->submit(Sample{});
    auto* stop = studio.find<QPushButton>("stopButton");
    QTRY_VERIFY(stop->isVisible());
    QCOMPARE(stop->text(), QStringLiteral("Cancel"));
    QVERIFY(!studio.find<QPushButton>("pauseButton")->isVisible());
    auto* queue = studio.find<QPushButton>("queueButton");
    QVERIFY(queue->isVisible());
    QCOMPARE(session->queuedJobs(), 1);
    session->cancelQueued(second);
    QVERIFY(!queue->isVisible());
    QTest::mouseClick(stop, Qt::LeftButton);
    QTRY_COMPARE(session->runningJob(), JobId(0));
  }

  void aFailureIsOneSentence() {
    Studio studio;
    openScene(studio);
    studio.backend.failNext({ErrorCode::OutOfMemory, "There is not enough memory. Use batch_size 1.", "", ""});
    studio.window.session()->submit(MakePriors{studio.backend.project().folder, {}, false});
    auto* banner = studio.find<NoticeBanner>("noticeBanner");
    QTRY_VERIFY(banner->isVisible());
    QCOMPARE(banner->sentence(), QStringLiteral("There is not enough memory. Use batch_size 1."));
    QCOMPARE(QApplication::activeModalWidget(), nullptr);
  }

  void finishedIsAlwaysLastAndOnce() {
    Studio studio;
    openScene(studio);
    QSignalSpy spy(&studio.backend, &Backend::jobEvent);
    const JobId job = studio.window.session()->submit(MakePriors{studio.backend.project().folder, 6, false});
    QTRY_COMPARE(studio.window.session()->runningJob(), JobId(0));
    QTRY_VERIFY(studio.window.session()->project().priors.size() == 6);
    int finished = 0;
    const char* last = "";
    std::uint64_t seq = 0;
    for (const auto& arguments : spy) {
      const auto event = arguments.at(0).value<JobEvent>();
      if (event.job != job) continue;
      QCOMPARE(event.seq, seq++);
      last = eventName(event.payload);
      finished += std::holds_alternative<Finished>(event.payload) ? 1 : 0;
    }
    QCOMPARE(finished, 1);
    QCOMPARE(QByteArray(last), QByteArray("finished"));
  }

  void aStrangeProjectDoesNotReplaceTheOpenOne() {
    Studio studio;
    openScene(studio);
    const auto folder = studio.window.session()->project().folder;
    ProjectSnapshot other;
    other.folder = "/another/project";
    studio.backend.send(999, ProjectChanged{other});
    QCOMPARE(studio.window.session()->project().folder, folder);
  }

  void recentProjectsAreRemembered() {
    Studio studio;
    rememberProject(studio.folder.path());
    rememberProject(QStringLiteral("/gone/project"));
    QCOMPARE(recentProjects().front(), studio.folder.path());
    QVERIFY(!recentProjects().contains(QStringLiteral("/gone/project")));
  }

  void lightAndDarkDiffer() {
    Studio studio;
    const QColor light = Theme::colour(Role::Window);
    QTest::mouseClick(studio.find<QToolButton>("themeToggle"), Qt::LeftButton);
    QVERIFY(Theme::isDark());
    QVERIFY(Theme::colour(Role::Window).lightness() < light.lightness());
    QVERIFY(QApplication::palette().color(QPalette::Window) == Theme::colour(Role::Window));
    QTest::mouseClick(studio.find<QToolButton>("themeToggle"), Qt::LeftButton);
    QCOMPARE(Theme::colour(Role::Window), light);
  }

  void everyInputHasANameForScreenReaders() {
    Studio studio;
    openScene(studio, 4);
    for (auto* edit : studio.window.findChildren<QLineEdit*>()) {
      if (edit->objectName() == QStringLiteral("qt_spinbox_lineedit")) continue;
      QVERIFY2(!edit->accessibleName().isEmpty(), qPrintable(edit->objectName()));
      QVERIFY2(!edit->objectName().isEmpty(), qPrintable(edit->accessibleName()));
    }
    for (auto* button : studio.window.findChildren<QToolButton*>()) {
      if (button->objectName().startsWith(QStringLiteral("qt_"))) continue;
      QVERIFY2(!button->accessibleName().isEmpty() || !button->text().isEmpty(), qPrintable(button->objectName()));
    }
  }

  void wordsForNumbers() {
    QCOMPARE(formatDuration(64), QStringLiteral("1 min 4 s"));
    QCOMPARE(formatDuration(-1), QString());
    QCOMPARE(formatDuration(7500), QStringLiteral("2 h 5 min"));
    QCOMPARE(formatBytes(812ULL << 20U), QStringLiteral("0.8 GB"));
    QCOMPARE(plural(QStringLiteral("puppy")), QStringLiteral("puppies"));
    QCOMPARE(plural(QStringLiteral("robot toy")), QStringLiteral("robot toys"));
    QCOMPARE(plural(QStringLiteral("person")), QStringLiteral("people"));
    QCOMPARE(withArticle(QStringLiteral("owl")), QStringLiteral("an owl"));
  }
};

QObject* makeShellTest() { return new TestShell; }

#include "test_shell.moc"
