// Settings, log and report, help, tour and the demo, through real widgets.
#include <QApplication>
#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QDialog>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSettings>
#include <QSpinBox>
#include <QTest>
#include <QToolButton>

#include "tests/gui/shell_tests.h"
#include "tests/support/chat_server.h"
#include "ui/settings/log_panel.h"
#include "ui/settings/preferences.h"
#include "ui/settings/report.h"
#include "ui/settings/settings_dialog.h"
#include "ui/shell/help_panel.h"
#include "ui/shell/recent_projects.h"
#include "ui/shell/tour.h"
#include "ui/theme/theme.h"
#include "ui/widgets/picture_grid.h"
#include "ui/widgets/picture_model.h"
#include "ui/widgets/qimage.h"

using namespace likeness;

namespace {

void openSettingsScene(Studio& studio) {
  studio.backend.makeScene({toPath(studio.folder.path())}, 0, false, 0);
  studio.window.openProject(toQString(studio.backend.project().folder));
  QTRY_COMPARE(studio.window.currentPage(), QStringLiteral("subject"));
}

void choose(QComboBox* box, int row) {
  box->setFocus();
  box->setCurrentIndex(row);
  Q_EMIT box->activated(row);
}

}  // namespace

class TestSettings : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void cleanup() {
    QSettings().clear();
    Theme::apply(*qobject_cast<QApplication*>(qApp), Scheme::Light);
  }

  void settingsAreTakenAndKept() {
    Studio studio;
    QTest::mouseClick(studio.find<QToolButton>("settingsButton"), Qt::LeftButton);
    auto* dialog = studio.find<SettingsDialog>("settingsDialog");
    QVERIFY(dialog != nullptr && dialog->isVisible() && !dialog->isModal());
    choose(studio.find<QComboBox>("themeChoice"), 2);
    QVERIFY(Theme::isDark());
    QCOMPARE(savedScheme(), Scheme::Dark);
    QTest::mouseClick(studio.find<QToolButton>("themeToggle"), Qt::LeftButton);
    QCOMPARE(savedScheme(), Scheme::Light);
    QCOMPARE(studio.find<QComboBox>("themeChoice")->currentIndex(), 1);
    auto* threads = studio.find<QSpinBox>("threadCount");
    QCOMPARE(threads->value(), 0);
    threads->setFocus();
    QTest::keyClick(threads, Qt::Key_Up);
    QCOMPARE(savedThreads(), 1);
    auto* language = studio.find<QComboBox>("languageChoice");
    QCOMPARE(language->count(), languagesThere().size() + 1);
    choose(language, 1);
    QCOMPARE(savedLanguage(), QStringLiteral("en"));
    saveProjectsFolder(studio.folder.path());
    QCOMPARE(projectsFolder(), studio.folder.path());
  }

  void theHelperCanBeTried() {
    ChatServer server;
    server.setScript(ChatServer::Script::Stream, {"re", "ady"});
    Studio studio;
    openSettingsScene(studio);
    QTest::keyClick(&studio.window, Qt::Key_Comma, Qt::ControlModifier);
    studio.window.showSettings();
    auto* address = studio.find<QLineEdit>("helperAddress");
    QVERIFY(!address->isEnabled());
    studio.find<QCheckBox>("helperOn")->click();
    QVERIFY(address->isEnabled());
    QVERIFY(!studio.find<QPushButton>("askHelper")->isVisible());
    address->setFocus();
    QTest::keyClicks(address, server.address());
    auto* state = studio.find<QLabel>("helperTryState");
    QCOMPARE(server.questions(), 0);  // typing an address connects to nothing
    QTest::mouseClick(studio.find<QPushButton>("tryHelper"), Qt::LeftButton);
    QTRY_COMPARE(state->text(), QStringLiteral("It answers: ready"));
    QVERIFY(!server.lastBody().contains("image_url"));
    QVERIFY(studio.find<QPushButton>("askHelper")->isVisible());
    server.setScript(ChatServer::Script::Error500);
    QTest::mouseClick(studio.find<QPushButton>("tryHelper"), Qt::LeftButton);
    QTRY_VERIFY(state->text().contains(QStringLiteral("error 500")));
    QCOMPARE(state->textFormat(), Qt::PlainText);
    studio.find<QCheckBox>("helperOn")->click();
    QVERIFY(!studio.find<QPushButton>("askHelper")->isVisible());
  }

  void reportsNameNobody() {
    ProjectSnapshot project;
    project.folder = "/home/anna/Bilder/My secret dog";
    project.model = "/home/anna/models/sd15.safetensors";
    project.photos.emplace_back().file = "/home/anna/Bilder/My secret dog/photos/Bello im Garten.jpg";
    PrivateWords words = PrivateWords::of(project);
    words.home = QStringLiteral("/home/anna");
    words.names = {QStringLiteral("anna"), QStringLiteral("annas-laptop")};
    const QString log = QStringLiteral(
        "[warn] /home/anna/Bilder/My secret dog/photos/Bello im Garten.jpg could not be read.\n"
        "[warn] annas-laptop: Bello im Garten.jpg is blurred\n"
        "[error] \"/media/anna/CARD 1/DCIM/x.CR2\" is damaged. See /tmp/Anna/log.txt\n"
        "[warn] http://192.168.1.7:8080/v1 says nothing; max_grad_norm 1, 3/4 done, and/or C:\\Users\\Anna\\x.png\n");
    const QString report = makeReport(project, log, words);
    for (const auto* secret : {"anna", "secret", "Bello", "Garten", "192.168", "sd15", "/media", "CARD", "Users"}) {
      QVERIFY2(!report.contains(QLatin1String(secret), Qt::CaseInsensitive), qPrintable(QLatin1String(secret) + u'\n' + report));
    }
    for (const auto* kept : {"could not be read", "is damaged", "max_grad_norm 1, 3/4 done, and/or", "(address)"}) {
      QVERIFY2(report.contains(QLatin1String(kept)), qPrintable(QLatin1String(kept) + u'\n' + report));
    }
  }

  void theLogIsCopiedAndSavedAsShown() {
    Studio studio;
    openSettingsScene(studio);
    const QString log = studio.folder.filePath(QStringLiteral("likeness.log"));
    QFile file(log);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("[warn] " + QDir::homePath().toUtf8() + "/holiday/beach.jpg is blurred\n");
    file.close();
    studio.window.setLogFile(log);
    studio.window.showHelp();
    QTest::mouseClick(studio.find<QPushButton>("helpLog"), Qt::LeftButton);
    auto* panel = studio.find<LogPanel>("logPanel");
    QVERIFY(panel != nullptr && panel->isVisible() && !panel->isModal());
    const QString text = studio.find<QPlainTextEdit>("logText")->toPlainText();
    QVERIFY2(text.contains(QStringLiteral("is blurred")) && !text.contains(QStringLiteral("beach")), qPrintable(text));
    QVERIFY(!text.contains(studio.folder.path()) && !text.contains(QDir::homePath() + u'/'));
    QTest::mouseClick(studio.find<QPushButton>("copyReport"), Qt::LeftButton);
    QCOMPARE(QApplication::clipboard()->text(), text);
    const QString saved = studio.folder.filePath(QStringLiteral("report.txt"));
    QVERIFY(panel->saveTo(saved));
    QFile back(saved);
    QVERIFY(back.open(QIODevice::ReadOnly));
    QCOMPARE(QString::fromUtf8(back.readAll()), text);
    QVERIFY(!panel->saveTo(QStringLiteral("/nowhere/at/all.txt")));
  }

  void helpShowsThePagesKeys() {
    Studio studio;
    QVERIFY(QTest::qWaitForWindowExposed(&studio.window));
    auto* help = studio.find<HelpPanel>("helpPanel");
    QVERIFY(!help->isVisible());
    QTest::keyClick(&studio.window, Qt::Key_F1);
    QTRY_VERIFY(help->isVisible());
    QCOMPARE(studio.find<QLabel>("helpTitle")->text(), QStringLiteral("Welcome"));
    QTest::keyClick(help, Qt::Key_Escape);
    QVERIFY(!help->isVisible());
    openSettingsScene(studio);
    QTest::mouseClick(studio.find<QToolButton>("helpButton"), Qt::LeftButton);
    QCOMPARE(studio.find<QLabel>("helpTitle")->text(), QStringLiteral("Subject"));
    QVERIFY(studio.find<QWidget>("helpKeys")->findChildren<QLabel*>().size() > 16);
    QTest::mouseClick(studio.find<QPushButton>("helpTour"), Qt::LeftButton);
    QVERIFY(!help->isVisible() && studio.find<Tour>("tour")->isVisible());
  }

  void theTourGoesThroughTheStepsAndCanBeSkipped() {
    Studio studio;
    QVERIFY(QTest::qWaitForWindowExposed(&studio.window));
    QTest::mouseClick(studio.find<QPushButton>("startTour"), Qt::LeftButton);
    auto* tour = studio.find<Tour>("tour");
    QVERIFY(tour->isVisible());
    QStringList titles;
    for (int k = 0; k < 5; ++k) {
      QCOMPARE(tour->stop(), k);
      titles << studio.find<QLabel>("tourTitle")->text();
      QVERIFY(studio.window.rect().contains(tour->geometry()));
      QTest::mouseClick(studio.find<QPushButton>("tourNext"), Qt::LeftButton);
    }
    QVERIFY(!tour->isVisible());
    QCOMPARE(titles.removeDuplicates(), 0);
    studio.window.showTour();
    QTest::mouseClick(studio.find<QPushButton>("tourSkip"), Qt::LeftButton);
    QVERIFY(!tour->isVisible());
  }

  void oneClickLeadsToPictures() {
    Studio studio;
    saveProjectsFolder(studio.folder.filePath(QStringLiteral("projects")));
    studio.backend.setPace(1, 200);
    QTest::mouseClick(studio.find<QPushButton>("startDemo"), Qt::LeftButton);
    QTRY_COMPARE(studio.window.currentPage(), QStringLiteral("training"));
    const auto* made = studio.backend.last<NewProject>();
    QCOMPARE(made->photos.size(), std::size_t(5));
    QCOMPARE(QImage(toQString(made->photos.front())).isNull(), false);
    QTRY_COMPARE(studio.window.currentPage(), QStringLiteral("compose"));
    QTRY_COMPARE(studio.backend.countOf<Sample>(), 1);
    QTRY_COMPARE(studio.window.session()->runningJob(), JobId(0));
    QVERIFY(!studio.window.session()->project().pictures.empty());
    // A training that one starts oneself afterwards is none of the demo's.
    studio.window.session()->submit(Train{studio.backend.project().folder, {}, false});
    QTRY_COMPARE(studio.window.session()->runningJob(), JobId(0));
    QCOMPARE(studio.backend.countOf<Sample>(), 1);
  }

  void recentProjectsHavePictures() {
    Studio studio;
    const QDir project(studio.folder.filePath(QStringLiteral("Rex")));
    QVERIFY(project.mkpath(QStringLiteral("photos")));
    paintScene(1, 1, 64).save(project.filePath(QStringLiteral("photos/a.png")));
    rememberProject(project.path());
    studio.backend.makeScene({toPath(studio.folder.path())}, 0, false, 0);
    MainWindow again(&studio.backend);
    again.show();
    auto* grid = again.findChild<PictureGrid*>(QStringLiteral("recentGrid"));
    QVERIFY(grid->isVisible());
    const QModelIndex first = grid->model()->index(0, 0);
    QCOMPARE(first.data(PictureModel::BadgeRole).toString(), QStringLiteral("Rex"));
    QTRY_VERIFY(!first.data(Qt::DecorationRole).value<QImage>().isNull());
    grid->setCurrentIndex(first);
    grid->setFocus();
    QTest::keyClick(grid, Qt::Key_Return);
    QTRY_VERIFY(studio.backend.last<OpenProject>() != nullptr);
    QCOMPARE(toQString(studio.backend.last<OpenProject>()->project), project.path());
  }
};

QObject* makeSettingsTest() { return new TestSettings; }

#include "test_settings.moc"
