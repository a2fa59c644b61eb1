#include <QTest>

#include <set>

#include "core/tensor/check.h"
#include "core/tensor/random.h"

using namespace likeness;

class TestRandom : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void normalHasTheMomentsOfANormal() {
    const auto x = normal({200'000}, {1, 2, 3, RandomStream::TrainNoise}).to(torch::kFloat64);
    QVERIFY(std::abs(x.mean().item<double>()) < 0.01);
    QVERIFY(std::abs(x.var().item<double>() - 1) < 0.02);
    QVERIFY(std::abs(x.pow(3).mean().item<double>()) < 0.03);
    QVERIFY(std::abs(x.pow(4).mean().item<double>() - 3) < 0.1);
  }

  void aDrawIsAFunctionOfItsKey() {
    const RandomKey key{7, 8, 9, RandomStream::TrainNoise};
    const auto x = normal({4, 5}, key);
    QVERIFY(x.equal(normal({4, 5}, key)));
    // A longer draw begins with the shorter one: batch composition can't change an item's noise.
    QVERIFY(x.flatten().equal(normal({100}, key).slice(0, 0, 20)));
    for (auto other : {RandomKey{8, 8, 9, key.stream}, RandomKey{7, 9, 9, key.stream}, RandomKey{7, 8, 10, key.stream},
                       RandomKey{7, 8, 9, RandomStream::Flip}}) {
      const auto y = normal({1000}, other), z = normal({1000}, key);
      QVERIFY(std::abs((y * z).mean().item<double>()) < 0.15);
      QVERIFY(!y.equal(z));
    }
  }

  void uniformIsUniformAndBounded() {
    const RandomKey key{1, 2, 3, RandomStream::Dropout};
    const auto x = uniformTensor({200'000}, key);
    QVERIFY(x.min().item<float>() >= 0 && x.max().item<float>() < 1);
    for (const double bound : {0.1, 0.5, 0.9}) {
      QVERIFY(std::abs(x.lt(bound).to(torch::kFloat64).mean().item<double>() - bound) < 0.005);
    }
    QVERIFY(x.slice(0, 0, 21).equal(uniformTensor({3, 7}, key).flatten()));
    QVERIFY(!x.equal(uniformTensor({200'000}, {1, 2, 4, RandomStream::Dropout})));
  }

  void randomBelowIsUniformAndBounded() {
    std::vector<int> counts(10);
    for (std::uint32_t i = 0; i < 20'000; ++i) ++counts.at(randomBelow(10, {1, 0, i, RandomStream::Timestep}));
    for (int count : counts) QVERIFY(count > 1800 && count < 2200);
    QCOMPARE(randomBelow(1, {}), std::uint64_t{0});
  }

  void permutationsHoldEachItemOnce() {
    const auto order = permutation(50, {1, 2, 0, RandomStream::Order});
    QCOMPARE(std::set<std::int64_t>(order.begin(), order.end()).size(), 50u);
    QVERIFY(order != permutation(50, {1, 3, 0, RandomStream::Order}));
    QVERIFY(permutation(0, {}).empty());
  }

  void checksNameTheTensor() {
    checkShape(torch::zeros({2, 3}), {-1, 3}, "x");
    QVERIFY_THROWS_EXCEPTION(c10::Error, checkShape(torch::zeros({2, 3}), {3, -1}, "x"));
    QVERIFY(allFinite(torch::ones({3})));
    QVERIFY(!allFinite(torch::tensor({1.0, std::nan("")})));
  }
};

QTEST_APPLESS_MAIN(TestRandom)
#include "test_random.moc"
