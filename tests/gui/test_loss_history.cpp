#include <cmath>

#include "tests/gui/work_tests.h"
#include "ui/training/chart_range.h"
#include "ui/training/estimate.h"
#include "ui/training/loss_history.h"

using namespace likeness;

class TestLossHistory : public QObject {
  Q_OBJECT

  static std::vector<MetricPoint> points(std::int64_t first, std::int64_t last) {
    std::vector<MetricPoint> made;
    for (auto step = first; step <= last; ++step) made.push_back(FakeBackend::metricAt(step, {}));
    return made;
  }

 private Q_SLOTS:
  void averageStartsAtTheFirstValue() {
    LossHistory history;
    history.setSmoothing(0.5);
    MetricPoint a, b;
    a.step = 1, a.instanceLoss = 4;
    b.step = 2, b.instanceLoss = 1;
    history.append({a, b});
    const auto& curve = history.curve(LossCurve::Instance);
    QCOMPARE(curve.smooth[0], 4.0);
    // (0.5·0.5·4 + 0.5·1) / (0.25 + 0.5)
    QCOMPARE(curve.smooth[1], 2.0);
    QCOMPARE(curve.raw[1], 1.0);
  }

  void appendedEqualsWhole() {
    LossHistory whole, parts;
    whole.append(points(1, 300));
    for (int first = 1; first <= 300; first += 7) parts.append(points(first, std::min(first + 6, 300)));
    QCOMPARE(parts.curve(LossCurve::Prior).smooth, whole.curve(LossCurve::Prior).smooth);
  }

  void resumedRunReplacesWhatItRepeats() {
    LossHistory history;
    QVERIFY(history.append(points(1, 350)));
    QVERIFY(!history.append(points(301, 400)));
    QCOMPARE(int(history.points().size()), 400);
    LossHistory unbroken;
    unbroken.append(points(1, 400));
    QCOMPARE(history.curve(LossCurve::Instance).smooth, unbroken.curve(LossCurve::Instance).smooth);
  }

  void unmeasuredValuesAreLeftOut() {
    LossHistory history;
    history.append(points(1, 200));
    QCOMPARE(history.curve(LossCurve::Validation).steps, (QVector<double>{50, 100, 150, 200}));
    QVERIFY(!history.valueAt(LossCurve::Validation, 49));
    QVERIFY(history.valueAt(LossCurve::Validation, 60));
    QCOMPARE(*history.nearestStep(1e9), 200);
    QCOMPARE(*history.nearestStep(-5), 1);
    QCOMPARE(*history.nearestStep(17.4), 17);
  }

  void oneOutlierDoesNotFlattenTheRest() {
    QVector<double> steps, values;
    for (int i = 0; i < 200; ++i) steps << i, values << (i == 100 ? 50.0 : 0.1 + 0.001 * (i % 10));
    ChartRange range(0, 200);
    range.includeMost(steps, values);
    QVERIFY(range.padded(false).second < 0.2);
    QVERIFY(range.padded(true).first > 0);
  }

  void durationsInWords_data() {
    QTest::addColumn<double>("seconds");
    QTest::addColumn<QString>("words");
    QTest::newRow("short") << 2.0 << "about 5 s";
    QTest::newRow("seconds") << 41.0 << "about 45 s";
    QTest::newRow("minutes") << 130.0 << "about 2 min";
    QTest::newRow("hour") << 3600.0 << "about 1 h";
    QTest::newRow("hours") << 5000.0 << "about 1 h 25 min";
  }
  void durationsInWords() {
    QFETCH(double, seconds);
    QFETCH(QString, words);
    QCOMPARE(aboutDuration(seconds), words);
  }
};

int runLossHistoryTests(int argc, char** argv) {
  TestLossHistory test;
  return QTest::qExec(&test, argc, argv);
}

#include "test_loss_history.moc"
