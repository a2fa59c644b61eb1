#include <QTest>
#include <algorithm>
#include <map>
#include <set>

#include "core/train/caption_tags.h"
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

  void turnsGoRoundTheSubjects() {
    const std::vector<std::int64_t> repeats{1, 3, 2};
    std::map<std::int64_t, std::int64_t> seen;
    std::set<std::vector<std::int64_t>> orders;
    for (std::int64_t round = 0; round < 40; ++round) {
      std::vector<std::int64_t> order;
      for (std::int64_t place = 0; place < 6; ++place) {
        const auto turn = subjectTurn(5, 6 * round + place, repeats);
        QCOMPARE(turn.number, seen[turn.subject]++);  // each subject's samples are counted without a gap
        order.push_back(turn.subject);
      }
      for (std::int64_t subject = 0; subject < 3; ++subject) {
        QCOMPARE(std::ranges::count(order, subject), repeats[static_cast<std::size_t>(subject)]);
      }
      orders.insert(order);
    }
    QVERIFY(orders.size() > 10);  // of 60
    // One subject is drawn as if there were no turns, however often it is repeated.
    for (const std::int64_t alone : {1, 4}) {
      const auto turn = subjectTurn(5, 17, std::vector{alone});
      QCOMPARE(turn.subject, 0);
      QCOMPARE(turn.number, 17);
    }
  }

  void everySubjectSeesItsPicturesEvenlyWhateverTheOthersHave() {
    CounterDraws draws(3);
    const std::vector<std::int64_t> repeats{1, 1}, pictures{2, 5};
    std::map<std::pair<std::int64_t, std::int64_t>, int> seen;
    for (std::int64_t sample = 0; sample < 200; ++sample) {
      const auto turn = draws.turn(sample, repeats);
      auto space = kSpace;
      space.pictures = pictures[static_cast<std::size_t>(turn.subject)];
      space.subject = turn.subject;
      space.number = turn.number;
      const auto draw = draws.draw(sample / 2, sample % 2, false, space);
      QCOMPARE(draw.subject, turn.subject);
      ++seen[{turn.subject, draw.picture}];
    }
    for (std::int64_t picture = 0; picture < 2; ++picture) QCOMPARE((seen[{0, picture}]), 50);
    for (std::int64_t picture = 0; picture < 5; ++picture) QCOMPARE((seen[{1, picture}]), 20);
  }

  void tagsAreShuffledAnewAtEachDraw() {
    const auto caption = captionTags("[V] dog,  in the snow , , smiling,close up", 1);
    QCOMPARE(caption.kept, (std::vector<std::string>{"[V] dog"}));
    QCOMPARE(caption.text(), std::string("[V] dog, in the snow, smiling, close up"));
    QCOMPARE(caption.text(std::vector<std::int64_t>{2, 0, 1}), std::string("[V] dog, close up, in the snow, smiling"));
    const std::vector<std::int64_t> tags(5, 3);
    auto space = kSpace;
    space.tags = tags;
    CounterDraws draws(3), again(3);
    std::set<std::string> texts;
    for (std::int64_t step = 0; step < 60; ++step) {
      const auto draw = draws.draw(step, 1, false, space);
      QCOMPARE(draw.tagOrder, again.draw(step, 1, false, space).tagOrder);
      QVERIFY(draw.noise.equal(again.draw(step, 1, false, kSpace).noise));  // nothing else changes
      texts.insert(caption.text(draw.tagOrder));
    }
    QCOMPARE(texts.size(), std::size_t{6});
    for (const auto& text : texts) QVERIFY(text.starts_with("[V] dog, "));
  }

  void masksAreAFunctionOfTheSameThreeNumbers() {
    auto space = kSpace;
    space.maskScale = 8;
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
