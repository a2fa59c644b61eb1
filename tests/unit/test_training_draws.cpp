#include <QTest>
#include <map>
#include <set>

#include "core/train/masked_pictures.h"
#include "core/train/training_draws.h"

using namespace likeness;

namespace {
constexpr DrawSpace kSpace{.pictures = 5, .samplesPerStep = 2, .timesteps = 1000, .flip = true, .channels = 2, .height = 3, .width = 4};
}

class TestTrainingDraws : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void aFunctionOfSeedStepAndItem() {
    CounterDraws a(7), b(7), other(8);
    static_cast<void>(b.draw(3, 1, true, kSpace));  // whatever was drawn before
    const auto x = a.draw(12, 1, false, kSpace), y = b.draw(12, 1, false, kSpace);
    QCOMPARE(x.picture, y.picture);
    QCOMPARE(x.flipped, y.flipped);
    QCOMPARE(x.timestep, y.timestep);
    QVERIFY(x.noise.equal(y.noise) && x.posteriorNoise.equal(y.posteriorNoise));
    QVERIFY(!x.noise.equal(x.posteriorNoise));
    QVERIFY(!x.noise.equal(other.draw(12, 1, false, kSpace).noise));
    QVERIFY(!x.noise.equal(a.draw(12, 0, false, kSpace).noise));
    QVERIFY(!x.noise.equal(a.draw(12, 1, true, kSpace).noise));
    QVERIFY(!x.noise.equal(a.draw(13, 1, false, kSpace).noise));
  }

  void everyEpochSeesEveryPictureOnce() {
    CounterDraws draws(3);
    std::vector<std::int64_t> order;
    for (std::int64_t step = 0; step < 50; ++step) {
      for (std::int64_t item = 0; item < kSpace.samplesPerStep; ++item) {
        order.push_back(draws.draw(step, item, false, kSpace).picture);
      }
    }
    std::set<std::vector<std::int64_t>> epochs;
    for (std::size_t epoch = 0; epoch < order.size() / 5; ++epoch) {
      const std::vector part(order.begin() + 5 * epoch, order.begin() + 5 * epoch + 5);
      QCOMPARE(std::set(part.begin(), part.end()).size(), std::size_t{5});
      epochs.insert(part);
    }
    QVERIFY(epochs.size() > 10);  // of 20, shuffled anew each time
  }

  void batchAndAccumulationDrawAlike() {
    CounterDraws draws(3);
    auto space = kSpace;
    space.samplesPerStep = 4;
    // The trainer asks for items 0 … 3 of a step however it cuts them into micro-batches; no more enters the draw.
    std::set<std::int64_t> pictures;
    for (std::int64_t item = 0; item < 4; ++item) pictures.insert(draws.draw(0, item, false, space).picture);
    QCOMPARE(pictures.size(), std::size_t{4});
  }

  void masksAreAFunctionOfTheSameThreeNumbers() {
    auto space = kSpace;
    space.maskHeight = 24;
    space.maskWidth = 32;
    CounterDraws a(7), b(7);
    static_cast<void>(b.draw(1, 0, false, space));
    const auto x = a.draw(12, 1, false, space), y = b.draw(12, 1, false, space);
    QCOMPARE(x.mask.sizes().vec(), (std::vector<std::int64_t>{1, 24, 32}));
    QVERIFY(x.mask.equal(y.mask) && x.maskedNoise.equal(y.maskedNoise));
    QVERIFY(!x.maskedNoise.equal(x.posteriorNoise) && !x.maskedNoise.equal(x.noise));
    for (const auto& other : {a.draw(12, 0, false, space), a.draw(12, 1, true, space), a.draw(13, 1, false, space),
                              CounterDraws(8).draw(12, 1, false, space)}) {
      QVERIFY(!x.mask.equal(other.mask));
    }
    QVERIFY(!a.draw(12, 1, false, kSpace).mask.defined());
    QVERIFY(x.noise.equal(a.draw(12, 1, false, kSpace).noise));  // models without masks draw as before
  }

  void masksAreRectanglesAndEllipsesAnywhere() {
    constexpr std::int64_t kHigh = 96, kWide = 128;
    constexpr int kDraws = 3000;
    auto covered = torch::zeros({1, kHigh, kWide});
    int full = 0, cut = 0, empty = 0;
    for (int step = 0; step < kDraws; ++step) {
      const auto mask = randomMask(kHigh, kWide, {1, static_cast<std::uint64_t>(step), 0, RandomStream::MaskShape});
      QVERIFY((mask.eq(0) | mask.eq(1)).all().item<bool>());
      if (!mask.any().item<bool>()) {  // a mask one pixel wide may lie at the far edge
        ++empty;
        continue;
      }
      covered += mask;
      const auto places = mask[0].nonzero();
      const auto low = std::get<0>(places.min(0)), high = std::get<0>(places.max(0));
      const bool corner = mask[0][low[0]][low[1]].item<float>() == 1 && mask[0][high[0]][high[1]].item<float>() == 1;
      ++(corner ? full : cut);
    }
    // Sizes are uniform up to the picture's: a quarter of it for rectangles, π/4 of that for ellipses. 3000 masks tell
    // it to ±0.004 (one deviation), and a mask is half a pixel larger each way than its drawn size.
    const auto area = covered.mean().item<double>() / kDraws, wanted = 0.25 * (1 + 0.7854) / 2;
    QVERIFY2(std::abs(area - wanted) < 0.02, qPrintable(QString::number(area)));
    QVERIFY(covered.min().item<float>() > 0);
    QVERIFY2(empty < 0.005 * kDraws, qPrintable(QString::number(empty)));
    // Half of each; the smallest ellipses fill their box.
    QVERIFY2(full > 0.45 * kDraws && cut > 0.4 * kDraws, qPrintable(QString::number(full)));
  }

  void timestepsAndFlipsAreSpread() {
    CounterDraws draws(1);
    double sum = 0;
    int flips = 0;
    constexpr int kDraws = 2000;
    for (int step = 0; step < kDraws; ++step) {
      const auto draw = draws.draw(step, 0, false, kSpace);
      QVERIFY(draw.timestep >= 0 && draw.timestep < kSpace.timesteps);
      sum += static_cast<double>(draw.timestep);
      flips += draw.flipped;
    }
    QVERIFY(std::abs(sum / kDraws - 499.5) < 30);  // four and a half standard errors
    QVERIFY(std::abs(flips - kDraws / 2) < 100);
    auto still = kSpace;
    still.flip = false;
    for (int step = 0; step < 100; ++step) QVERIFY(!draws.draw(step, 0, false, still).flipped);
  }
};

int runTrainingDrawTests(int argc, char** argv) {
  TestTrainingDraws test;
  return QTest::qExec(&test, argc, argv);
}
#include "test_training_draws.moc"
