#include <QElapsedTimer>
#include <QLabel>
#include <QPushButton>
#include <QSpinBox>
#include <QTest>

#include "tests/gui/shell_tests.h"
#include "ui/priors/prior_sheet.h"
#include "ui/shell/page.h"
#include "ui/shell/step_button.h"
#include "ui/widgets/picture_grid.h"
#include "ui/widgets/picture_model.h"
#include "ui/widgets/picture_viewer.h"
#include "ui/widgets/qimage.h"

using namespace likeness;

namespace {

void open(Studio& studio, int priors) {
  studio.backend.makeScene({toPath(studio.folder.path())}, priors, false, 0);
  studio.backend.project().page = "priors";
  studio.window.openProject(toQString(studio.backend.project().folder));
  QTRY_COMPARE(studio.window.currentPage(), QStringLiteral("priors"));
  QVERIFY(QTest::qWaitForWindowExposed(&studio.window));
}

const std::vector<PriorInfo>& priorsOf(Studio& studio) { return studio.window.session()->project().priors; }

template <typename T>
T* onPage(Studio& studio, const char* name) {
  return studio.window.page(QStringLiteral("priors"))->findChild<T*>(QLatin1String(name));
}

}  // namespace

class TestPriorsPage : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void sheetFillsWhileTheyAreMade() {
    Studio studio;
    open(studio, 0);
    auto* count = onPage<QSpinBox>(studio, "priorCount");
    count->setValue(12);
    auto* make = onPage<QPushButton>(studio, "makePriors");
    QVERIFY(make->text().contains(QStringLiteral("12")));
    studio.backend.setPace(5);
    QTest::mouseClick(make, Qt::LeftButton);
    const auto* model = onPage<PictureGrid>(studio, "priorGrid")->model();
    QTRY_COMPARE(model->rowCount(), 12);  // places for all of them at once
    QVERIFY(model->index(11, 0).data(PictureModel::PlaceholderRole).toBool());
    QVERIFY(!make->isVisible());
    QTRY_COMPARE(studio.window.session()->runningJob(), JobId(0));
    QCOMPARE(model->rowCount(), 12);
    QVERIFY(!model->index(11, 0).data(PictureModel::PlaceholderRole).toBool());
    QVERIFY(!model->index(11, 0).data(Qt::DecorationRole).value<QImage>().isNull());
    QVERIFY(studio.find<StepButton>("step-priors")->isDone());
    QCOMPARE(studio.find<StepButton>("step-priors")->state(), QStringLiteral("12 kept"));
  }

  void reusedOnesAreCounted() {
    Studio studio;
    open(studio, 4);
    studio.backend.setManual(true);
    const JobId job = studio.window.session()->submit(MakePriors{studio.backend.project().folder, 6, false});
    QTRY_COMPARE(studio.window.session()->runningJob(), job);
    for (int k = 0; k < 4; ++k) {
      studio.backend.send(job, PriorReady{priorsOf(studio)[std::size_t(k)], k, 6, true, nullptr});
    }
    QCOMPARE(onPage<QLabel>(studio, "priorState")->text(), QStringLiteral("Reused 4, making 2"));
  }

  void keysKeepAndReject() {
    Studio studio;
    open(studio, 6);
    auto* grid = onPage<PictureGrid>(studio, "priorGrid");
    grid->setCurrentIndex(grid->model()->index(1, 0));
    QTest::keyClick(grid, Qt::Key_R);
    QTRY_VERIFY(!priorsOf(studio)[1].kept);
    QCOMPARE(grid->currentIndex().row(), 2);  // on to the next one
    QVERIFY(grid->model()->index(1, 0).data(PictureModel::DimmedRole).toBool());
    QCOMPARE(onPage<QLabel>(studio, "priorState")->text(), QStringLiteral("5 kept, 1 rejected"));
    QTest::keyClick(grid, Qt::Key_Left);
    QTest::keyClick(grid, Qt::Key_K);
    QTRY_VERIFY(priorsOf(studio)[1].kept);
  }

  void theMarkOnATileRejects() {
    Studio studio;
    open(studio, 6);
    auto* grid = onPage<PictureGrid>(studio, "priorGrid");
    const QRect tile = grid->visualRect(grid->model()->index(2, 0));
    QTest::mouseClick(grid->viewport(), Qt::LeftButton, {}, {tile.left() + grid->tile() - 12, tile.top() + 20});
    QTRY_VERIFY(!priorsOf(studio)[2].kept);
    QTest::mouseClick(grid->viewport(), Qt::LeftButton, {}, {tile.left() + grid->tile() - 12, tile.top() + 20});
    QTRY_VERIFY(priorsOf(studio)[2].kept);
  }

  void severalAtOnce() {
    Studio studio;
    open(studio, 6);
    auto* grid = onPage<PictureGrid>(studio, "priorGrid");
    grid->selectAll();
    QTest::keyClick(grid, Qt::Key_R);
    QTRY_COMPARE(studio.backend.countOf<MarkPriors>(), 1);
    QTRY_VERIFY(!priorsOf(studio)[5].kept);
  }

  void rejectedAreReplaced() {
    Studio studio;
    open(studio, 6);
    auto* replace = onPage<QPushButton>(studio, "replaceRejected");
    QVERIFY(!replace->isVisible());
    onPage<QSpinBox>(studio, "priorCount")->setValue(6);
    auto* grid = onPage<PictureGrid>(studio, "priorGrid");
    grid->setCurrentIndex(grid->model()->index(0, 0));
    QTest::keyClick(grid, Qt::Key_R);
    QTRY_VERIFY(replace->isVisible());
    QTest::mouseClick(replace, Qt::LeftButton);
    QTRY_VERIFY(studio.backend.last<MakePriors>() != nullptr);
    QVERIFY(studio.backend.last<MakePriors>()->replaceRejected);
    QTRY_VERIFY(!replace->isVisible() && priorsOf(studio).size() == 6);
  }

  void enterLooksClosely() {
    Studio studio;
    open(studio, 6);
    auto* grid = onPage<PictureGrid>(studio, "priorGrid");
    grid->setFocus();
    grid->setCurrentIndex(grid->model()->index(0, 0));
    QTest::keyClick(grid, Qt::Key_Return);
    auto* viewer = studio.find<PictureViewer>("pictureViewer");
    for (auto* one : studio.window.findChildren<PictureViewer*>(QStringLiteral("pictureViewer"))) {
      if (one->parentWidget()->objectName() == QStringLiteral("priors")) viewer = one;
    }
    QVERIFY(viewer->isVisible());
    QTest::keyClick(viewer, Qt::Key_Right);
    QCOMPARE(grid->currentIndex().row(), 1);
    QTest::keyClick(viewer, Qt::Key_R);
    QTRY_VERIFY(!priorsOf(studio)[1].kept);
    QTest::keyClick(viewer, Qt::Key_Escape);
    QVERIFY(!viewer->isVisible());
  }

  void ownFolderReplacesMadeOnes() {
    Studio studio;
    open(studio, 0);
    studio.window.session()->submit(SetOwnPriors{studio.backend.project().folder, toPath(studio.folder.path())});
    auto* own = onPage<QPushButton>(studio, "ownPriors");
    QTRY_COMPARE(own->text(), QStringLiteral("Make them instead"));
    QVERIFY(!onPage<QPushButton>(studio, "makePriors")->isVisible());
    QTest::mouseClick(own, Qt::LeftButton);
    QTRY_VERIFY(studio.backend.last<SetOwnPriors>()->folder.empty());
  }

  void thousandsStaySmooth() {
    PriorSheet sheet(&sheet);
    sheet.resize(1000, 600);
    sheet.show();
    QVERIFY(QTest::qWaitForWindowExposed(&sheet));
    std::vector<PriorInfo> priors;
    for (int k = 0; k < 5000; ++k) priors.push_back({"/nowhere/" + std::to_string(k) + ".png", std::uint64_t(k), k % 7 != 0});
    QElapsedTimer timer;
    timer.start();
    sheet.showPriors(priors, 0);
    sheet.grid()->scrollToBottom();
    QApplication::processEvents();
    QVERIFY2(timer.elapsed() < 2000, qPrintable(QStringLiteral("first show took %1 ms").arg(timer.elapsed())));
    qint64 worst = 0;
    for (int k = 0; k < 40; ++k) {
      priors.push_back({"/nowhere/new-" + std::to_string(k) + ".png", 0, true});
      timer.restart();
      sheet.showPriors(priors, 0);
      QApplication::processEvents();
      worst = std::max(worst, timer.elapsed());
    }
    qInfo("one more of 5000: at most %lld ms", worst);
    QVERIFY2(worst < 100, qPrintable(QString::number(worst)));
  }
};

QObject* makePriorsTest() { return new TestPriorsPage; }

#include "test_priors_page.moc"
