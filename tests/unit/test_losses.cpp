#include <QTest>
#include <cmath>

#include "core/train/losses.h"
#include "core/train/lr_schedule.h"

using namespace likeness;

class TestLosses : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void oneLossPerSample() {
    const auto prediction = torch::zeros({3, 2, 2, 2}), target = torch::zeros({3, 2, 2, 2});
    target[1].fill_(2.0);
    target[2][0].fill_(1.0);
    const auto losses = perSampleLoss(prediction.to(torch::kBFloat16), target);
    QVERIFY(losses.scalar_type() == torch::kFloat32);
    QVERIFY(losses.equal(torch::tensor({0.0f, 4.0f, 0.5f})));
  }

  void neverBroadcasts() {
    // One prior against two instances once broadcast silently in other trainers.
    QVERIFY_THROWS_EXCEPTION(c10::Error,
                             static_cast<void>(perSampleLoss(torch::zeros({2, 1, 2, 2}), torch::zeros({1, 1, 2, 2}))));
  }

  // kohya averages the mixed batch, so λ means something else there than in the paper and in diffusers.
  void addsTwoMeans() {
    const auto losses = torch::tensor({1.0f, 3.0f, 10.0f, 20.0f});
    const auto loss = dreamBoothLoss(losses, 2, 2, 0.5);
    QCOMPARE(loss.instance.item<double>(), 2.0);
    QCOMPARE(loss.prior.item<double>(), 15.0);
    QCOMPARE(loss.total.item<double>(), 2.0 + 0.5 * 15.0);
  }

  void microBatchesAddUp() {
    const auto losses = torch::rand({8});  // four instances, then their priors
    const auto whole = dreamBoothLoss(losses, 4, 4, 0.7).total.item<double>();
    double parts = 0;
    for (int k = 0; k < 4; ++k) {
      parts += dreamBoothLoss(torch::stack({losses[k], losses[4 + k]}), 1, 4, 0.7).total.item<double>();
    }
    QVERIFY(std::abs(whole - parts) < 1e-6);
  }

  void withoutPriors() {
    const auto loss = dreamBoothLoss(torch::tensor({1.0f, 3.0f}), 2, 2, 1.0);
    QCOMPARE(loss.total.item<double>(), 2.0);
    QVERIFY(!loss.prior.defined());
  }

  void learningRates() {
    QCOMPARE(lrFactor(LrScheduleKind::Constant, 0, 0, 100), 1.0);
    QCOMPARE(lrFactor(LrScheduleKind::Constant, 5, 10, 100), 0.5);
    QCOMPARE(lrFactor(LrScheduleKind::Constant, 99, 10, 100), 1.0);
    QCOMPARE(lrFactor(LrScheduleKind::Cosine, 0, 10, 110), 0.0);
    QCOMPARE(lrFactor(LrScheduleKind::Cosine, 10, 10, 110), 1.0);
    QCOMPARE(lrFactor(LrScheduleKind::Cosine, 60, 10, 110), 0.5);
    QVERIFY(lrFactor(LrScheduleKind::Cosine, 110, 10, 110) < 1e-12);
    QVERIFY(lrFactor(LrScheduleKind::Cosine, 500, 10, 110) < 1e-12);  // never rises again
  }
};

int runLossTests(int argc, char** argv) {
  TestLosses test;
  return QTest::qExec(&test, argc, argv);
}
#include "test_losses.moc"
