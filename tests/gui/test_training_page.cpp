#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSlider>

#include "tests/gui/work_tests.h"
#include "ui/training/chart_card.h"
#include "ui/training/loss_chart.h"
#include "ui/training/plot.h"
#include "ui/training/preview_tile.h"
#include "ui/training/training_page.h"

using namespace likeness;
using TrainingStagePage = Stage<TrainingPage>;

class TestTrainingPage : public QObject {
  Q_OBJECT

  static LossChart* chart(TrainingStagePage& stage) { return stage.page.chartCard()->chart(); }
  static QString text(TrainingStagePage& stage, const char* name) { return stage.find<QPushButton>(name)->text(); }

 private Q_SLOTS:
  void withoutPhotosItLeadsToThem() {
    TrainingStagePage stage(false, 0, 0);
    stage.open();
    QSignalSpy asked(&stage.page, &Page::pageRequested);
    QCOMPARE(text(stage, "trainMain"), QString("Add photos"));
    stage.click("trainMain");
    QCOMPARE(asked.value(0).value(0).toString(), QString("subject"));
    QCOMPARE(stage.backend.countOf<Train>(), 0);
  }

  void learnsFromStartToEnd() {
    TrainingStagePage stage;
    stage.backend.project().train.steps = 200;
    stage.backend.project().train.validateEvery = 10;
    stage.open();
    QCOMPARE(text(stage, "trainMain"), QString("Start learning"));
    stage.click("trainMain");
    QTRY_COMPARE(stage.backend.countOf<Train>(), 1);
    QVERIFY(!stage.backend.last<Train>()->resume);
    QTRY_VERIFY(stage.page.isDone() && stage.session.runningJob() == 0);
    QCOMPARE(int(chart(stage)->history().points().size()), 200);
    QVERIFY(stage.find<QWidget>("keyInstance")->accessibleName().contains("0."));
    QCOMPARE(text(stage, "trainMain"), QString("Make pictures"));
    QCOMPARE(stage.page.stateText(), QString("200 steps learnt"));
    QVERIFY(stage.find<QWidget>("trainingWarning")->accessibleDescription().contains("Since step 150"));
    QCOMPARE(stage.find<PreviewTile>("previewTile200")->step(), 200);
  }

  void pausedItOffersToGoOn() {
    TrainingStagePage stage;
    stage.backend.setManual(true);
    stage.open();
    stage.click("trainMain");
    QTRY_VERIFY(stage.session.runningJob() != 0);
    QVERIFY(!stage.find<QWidget>("trainMain")->isVisible());
    stage.session.pause();
    QTRY_VERIFY(stage.find<QWidget>("trainMain")->isVisible());
    QCOMPARE(text(stage, "trainMain"), QString("Go on"));
    stage.click("trainMain");
    QTRY_COMPARE(stage.session.runningState(), JobState::Running);
  }

  void interruptedRunGoesOnFromItsCheckpoint() {
    TrainingStagePage stage(true);
    auto& run = stage.backend.project().runs.back();
    run.state = RunState::Interrupted;
    run.checkpoints.resize(2);
    run.step = 250;
    stage.open();
    QCOMPARE(text(stage, "trainMain"), QString("Go on from step 200"));
    QCOMPARE(text(stage, "trainSecond"), QString("Start over"));
    stage.click("trainMain");
    QTRY_COMPARE(stage.backend.countOf<Train>(), 1);
    QVERIFY(stage.backend.last<Train>()->resume);
  }

  void reopenedProjectShowsItsCurves() {
    TrainingStagePage stage(true);
    stage.backend.project().train.steps = 400;
    stage.backend.project().train.validateEvery = 20;
    stage.open();
    QTRY_COMPARE(stage.backend.countOf<LoadRun>(), 1);
    QTRY_COMPARE(int(chart(stage)->history().points().size()), 400);
    QVERIFY(stage.find<QWidget>("previewTile300")->accessibleName().contains("best"));
    QVERIFY(stage.find<QWidget>("trainingWarning")->isVisible());
    // The measured speed makes the choices promise a time.
    QTRY_VERIFY(stage.find<QWidget>("lengthQuick")->accessibleDescription().contains("about"));
  }

  void lengthsInWordsSetTheSteps() {
    TrainingStagePage stage;
    stage.open();
    stage.click("lengthThorough");
    QTRY_COMPARE(stage.backend.project().train.steps, 2 * TrainConfig().steps);
    QTRY_VERIFY(text(stage, "allSettings").contains("changed"));
    QVERIFY(!stage.find<QWidget>("lengthOwn")->isVisible());
    stage.backend.project().train.steps = 123;
    stage.open();
    QVERIFY(stage.find<QWidget>("lengthOwn")->isVisible());
  }

  void everyOptionCanBeSetAndTakenBack() {
    TrainingStagePage stage;
    stage.open();
    stage.click("allSettings");
    auto* rate = stage.find<QLineEdit>("option_learning_rate");
    QVERIFY(rate->isVisible());
    rate->setFocus();
    rate->selectAll();
    QTest::keyClicks(rate, "3e-5");
    QTest::keyClick(rate, Qt::Key_Return);
    QTRY_COMPARE(stage.backend.project().train.learningRate, 3e-5);
    QTRY_VERIFY(stage.find<QWidget>("reset_learning_rate")->isVisible());
    stage.click("reset_learning_rate");
    QTRY_COMPARE(stage.backend.project().train.learningRate, TrainConfig().learningRate);
  }

  void badValueIsExplainedAndNotSent() {
    TrainingStagePage stage;
    stage.open();
    stage.click("allSettings");
    auto* batch = stage.find<QLineEdit>("option_batch_size");
    batch->setFocus();
    batch->selectAll();
    QTest::keyClicks(batch, "many");
    QTest::keyClick(batch, Qt::Key_Return);
    QCOMPARE(stage.backend.countOf<SetTrainOptions>(), 0);
    bool said = false;
    for (auto* label : batch->parentWidget()->findChildren<QLabel*>()) said |= label->isVisible() && label->text().contains("256");
    QVERIFY(said);
  }

  void previewsStandUnderTheirSteps() {
    TrainingStagePage stage(true);
    stage.open();
    QTRY_VERIFY(stage.find<QWidget>("previewTile200"));
    QTest::qWait(50);
    auto* tile = stage.find<QWidget>("previewTile200");
    QVERIFY(tile->isVisible());
    const double middle = tile->mapTo(&stage.page, QPoint(tile->width() / 2, 0)).x();
    const double step = chart(stage)->mapTo(&stage.page, QPoint(int(chart(stage)->xOfStep(200)), 0)).x();
    QVERIFY2(std::abs(middle - step) <= 2, qPrintable(QString("%1 and %2").arg(middle).arg(step)));
  }

  void mouseAndKeysReadAndZoom() {
    TrainingStagePage stage(true);
    stage.open();
    QTRY_COMPARE(int(chart(stage)->history().points().size()), 400);
    QTest::qWait(50);
    auto* plot = chart(stage)->plot();
    QTest::mouseMove(plot, chart(stage)->drawingArea().center());
    QTRY_VERIFY(stage.find<QLabel>("chartReadout")->isVisible());
    QVERIFY(stage.find<QLabel>("chartReadout")->text().contains("Validation"));
    const auto before = chart(stage)->stepsInView();
    QTest::keyClick(chart(stage), Qt::Key_Plus);
    const auto zoomed = chart(stage)->stepsInView();
    QVERIFY(zoomed.second - zoomed.first < before.second - before.first);
    QTest::keyClick(chart(stage), Qt::Key_Home);
    QCOMPARE(chart(stage)->stepsInView(), before);
    QTest::keyClick(chart(stage), Qt::Key_Escape);
    QVERIFY(!stage.find<QLabel>("chartReadout")->isVisible());
  }

  void curvesHideAndScalesChange() {
    TrainingStagePage stage(true);
    stage.open();
    QTRY_COMPARE(int(chart(stage)->history().points().size()), 400);
    stage.click("keyPrior");
    QVERIFY(!chart(stage)->isCurveVisible(LossCurve::Prior));
    stage.click("keyRate");
    QVERIFY(chart(stage)->isCurveVisible(LossCurve::LearningRate));
    stage.click("logScale");
    QCOMPARE(chart(stage)->plot()->yAxis->scaleType(), QCPAxis::stLogarithmic);
    QVERIFY(chart(stage)->plot()->yAxis->range().lower > 0);
    stage.find<QSlider>("smoothing")->setValue(0);
    const auto& curve = chart(stage)->history().curve(LossCurve::Instance);
    QCOMPARE(curve.smooth, curve.raw);
  }

  void chartIsSavedInThreeKinds() {
    TrainingStagePage stage(true);
    stage.open();
    QTRY_COMPARE(int(chart(stage)->history().points().size()), 400);
    QTemporaryDir folder;
    for (const char* name : {"a.png", "a.pdf", "a.csv"}) {
      QCOMPARE(stage.page.chartCard()->save(folder.filePath(name)), QString());
      QVERIFY(QFileInfo(folder.filePath(name)).size() > 1000);
    }
    QFile table(folder.filePath("a.csv"));
    QVERIFY(table.open(QIODevice::ReadOnly));
    QCOMPARE(table.readAll().count('\n'), 401);
    QVERIFY(!stage.page.chartCard()->save("/nowhere/at/all.png").isEmpty());
  }

  void manyPointsStaySmooth() {
    LossChart chart;
    chart.resize(700, 400);
    chart.show();
    std::vector<MetricPoint> points;
    for (int step = 1; step <= 100'000; ++step) points.push_back(FakeBackend::metricAt(step, {}));
    chart.append(points);
    chart.plot()->replot();
    std::vector<qint64> times;
    for (int k = 0; k < 20; ++k) {
      QElapsedTimer timer;
      timer.start();
      chart.append({FakeBackend::metricAt(100'001 + k, {})});
      chart.plot()->replot(QCustomPlot::rpImmediateRefresh);
      times.push_back(timer.elapsed());
    }
    std::sort(times.begin(), times.end());
    qInfo("one more point among 100,000 and a whole redraw: median %lld ms", times[10]);
    QVERIFY2(times[10] < 100, qPrintable(QString::number(times[10])));
  }
};

int runTrainingPageTests(int argc, char** argv) {
  TestTrainingPage test;
  return QTest::qExec(&test, argc, argv);
}

#include "test_training_page.moc"
