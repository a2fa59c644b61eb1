#include <QTemporaryDir>
#include <QTest>

#include "core/train/optimizer.h"
#include "core/train/weight_average.h"

using namespace likeness;

namespace {

const std::map<std::string, OptimizerKind> kKinds{
    {"adamw", OptimizerKind::AdamW}, {"adamw8bit", OptimizerKind::AdamW8bit}, {"sgd", OptimizerKind::Sgd},
    {"lion", OptimizerKind::Lion},   {"adafactor", OptimizerKind::Adafactor}, {"prodigy", OptimizerKind::Prodigy}};

// A matrix that is large enough to be quantised, a convolution in channels-last memory, and a vector.
NamedTensors parameters() {
  torch::manual_seed(1);
  NamedTensors list{{"matrix", torch::randn({70, 80})},
                    {"convolution", torch::randn({24, 24, 3, 3}).contiguous(at::MemoryFormat::ChannelsLast)},
                    {"vector", torch::randn({9})}};
  for (auto& [name, tensor] : list) tensor.set_requires_grad(true);
  return list;
}

TrainConfig configOf(OptimizerKind kind) {
  TrainConfig config;
  config.optimizer = kind;
  return config;
}

double rateOf(OptimizerKind kind) { return kind == OptimizerKind::Prodigy ? 1.0 : 1e-2; }

void stepWith(Optimizer& optimizer, const NamedTensors& list, int step, double rate) {
  torch::manual_seed(100 + step);
  for (auto [name, tensor] : list) tensor.mutable_grad() = torch::randn_like(tensor.detach());
  optimizer.step(step, rate);
  optimizer.clearGradients();
}

std::int64_t stateBytes(const Optimizer& optimizer) {
  NamedTensors state;
  optimizer.saveState(state, "");
  std::int64_t bytes = 0;
  for (const auto& [name, tensor] : state) bytes += static_cast<std::int64_t>(tensor.nbytes());
  return bytes;
}

}  // namespace

class TestOptimizers : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void stateGoesToDiskAndBackToTheBit_data() { kinds(); }
  void stateGoesToDiskAndBackToTheBit() {
    QFETCH(int, kind);
    const auto config = configOf(static_cast<OptimizerKind>(kind));
    const auto rate = rateOf(config.optimizer);
    const auto unbroken = parameters(), resumed = parameters();
    const auto a = makeOptimizer(config, unbroken);
    for (int step = 1; step <= 4; ++step) stepWith(*a, unbroken, step, rate);
    QTemporaryDir folder;
    const std::filesystem::path path = folder.filePath("state.safetensors").toStdString();
    NamedTensors saved;
    a->saveState(saved, "unet.");
    QVERIFY(writeSafetensors(path, saved).ok());
    for (std::size_t i = 0; i < unbroken.size(); ++i) resumed[i].second.detach().copy_(unbroken[i].second.detach());
    const auto b = makeOptimizer(config, resumed);
    QVERIFY(b->loadState(SafetensorsFile::open(path).value(), "unet.").ok());
    QVERIFY(!b->loadState(SafetensorsFile::open(path).value(), "text_encoder.").ok());
    for (int step = 5; step <= 9; ++step) {
      stepWith(*a, unbroken, step, rate);
      stepWith(*b, resumed, step, rate);
    }
    for (std::size_t i = 0; i < unbroken.size(); ++i) QVERIFY(unbroken[i].second.equal(resumed[i].second));
    for (std::size_t i = 0; i < unbroken.size(); ++i) QVERIFY(!unbroken[i].second.equal(parameters()[i].second));
  }

  void findsTheBottomOfABowl_data() { kinds(); }
  void findsTheBottomOfABowl() {
    QFETCH(int, kind);
    const auto which = static_cast<OptimizerKind>(kind);
    auto config = configOf(which);
    config.weightDecay = 0;
    const auto list = parameters();
    const auto optimizer = makeOptimizer(config, list);
    const auto distance = [&] {
      double sum = 0;
      for (const auto& [name, tensor] : list) sum += (tensor.detach() - 0.5).square().sum().item<double>();
      return sum;
    };
    const auto before = distance();
    for (int step = 1; step <= 300; ++step) {
      for (auto [name, tensor] : list) tensor.mutable_grad() = tensor.detach() - 0.5;
      optimizer->step(step, rateOf(which));
      optimizer->clearGradients();
    }
    QVERIFY2(distance() < 0.2 * before, qPrintable(QString("%1 of %2").arg(distance()).arg(before)));
  }

  void aParameterWithoutAGradientIsLeftAlone_data() { kinds(); }
  void aParameterWithoutAGradientIsLeftAlone() {
    QFETCH(int, kind);
    const auto which = static_cast<OptimizerKind>(kind);
    const auto list = parameters(), start = parameters();
    const auto optimizer = makeOptimizer(configOf(which), list);
    for (int step = 1; step <= 3; ++step) {
      auto first = list[0].second;
      first.mutable_grad() = torch::ones_like(first.detach());
      optimizer->step(step, rateOf(which));
      optimizer->clearGradients();
    }
    QVERIFY(!list[0].second.equal(start[0].second));
    for (std::size_t i = 1; i < list.size(); ++i) QVERIFY(list[i].second.equal(start[i].second));
  }

  void smallStatesAreSmall() {
    const auto bytes = [](OptimizerKind kind) {
      return static_cast<double>(stateBytes(*makeOptimizer(configOf(kind), parameters())));
    };
    const auto adam = bytes(OptimizerKind::AdamW);
    QVERIFY(bytes(OptimizerKind::AdamW8bit) < 0.27 * adam);  // a quarter, and two scales a block of 256
    QVERIFY(bytes(OptimizerKind::Lion) == 0.5 * adam);
    QVERIFY(bytes(OptimizerKind::Sgd) == 0.5 * adam);
    QVERIFY(bytes(OptimizerKind::Adafactor) < 0.2 * adam);
  }

  void betasAndDecayMatter_data() { kinds(); }
  void betasAndDecayMatter() {
    QFETCH(int, kind);
    const auto which = static_cast<OptimizerKind>(kind);
    const auto after = [&](const TrainConfig& config) {
      const auto list = parameters();
      const auto optimizer = makeOptimizer(config, list);
      for (int step = 1; step <= 4; ++step) stepWith(*optimizer, list, step, rateOf(which));
      return list[0].second.detach().clone();
    };
    auto config = configOf(which);
    const auto plain = after(config);
    config.weightDecay = 0.5;
    const auto decayed = after(config);
    QVERIFY(!decayed.equal(plain));
    config = configOf(which);
    config.beta1 = 0.5;
    QCOMPARE(!after(config).equal(plain), which != OptimizerKind::Adafactor);
    config = configOf(which);
    config.beta2 = 0.5;
    QCOMPARE(!after(config).equal(plain), which != OptimizerKind::Adafactor && which != OptimizerKind::Sgd);
  }

  void adafactorsRelativeStepIgnoresTheRate() {
    const auto after = [](bool relative, double rate) {
      auto config = configOf(OptimizerKind::Adafactor);
      config.adafactorRelativeStep = relative;
      const auto list = parameters();
      const auto optimizer = makeOptimizer(config, list);
      auto first = list[0].second;
      first.mutable_grad() = torch::ones_like(first.detach());
      optimizer->step(1, rate);
      return first.detach().clone();
    };
    QVERIFY(after(true, 1e-2).equal(after(true, 1e-5)));
    QVERIFY(!after(false, 1e-2).equal(after(false, 1e-5)));
  }

  void prodigyFindsItsRate() {
    auto config = configOf(OptimizerKind::Prodigy);
    const auto found = [&] {
      const auto list = parameters();
      const auto optimizer = makeOptimizer(config, list);
      for (int step = 1; step <= 40; ++step) {
        for (auto [name, tensor] : list) tensor.mutable_grad() = tensor.detach() - 0.5;
        optimizer->step(step, 1.0);
      }
      return optimizer->rateScale();
    };
    const auto rate = found();
    QVERIFY2(rate > 1e-4 && rate < 10, qPrintable(QString::number(rate)));
    config.prodigyDCoef = 0.1;
    QVERIFY(found() < rate);
  }

  void averageFollowsAndSwapsBackToTheBit() {
    auto list = parameters();
    TrainConfig config;
    config.emaDecay = 0.9;
    WeightAverage average(list, config);
    auto expected = list[0].second.detach().clone();
    for (int step = 1; step <= 30; ++step) {
      for (auto& [name, tensor] : list) tensor.detach().add_(0.1 * step);
      average.update(step);
      const auto n = step - 1.0;
      const auto decay = step == 1 ? 0.0 : std::min(0.9, (1 + n) / (10 + n));
      expected = decay * expected + (1 - decay) * list[0].second.detach();
    }
    const auto own = list[0].second.detach().clone(), convolution = list[1].second.detach().clone();
    average.swap();
    QVERIFY(list[0].second.allclose(expected, 1e-5));
    QVERIFY(!list[0].second.equal(own) && !list[1].second.equal(convolution));
    QVERIFY(list[1].second.is_contiguous(at::MemoryFormat::ChannelsLast));
    average.swap();
    QVERIFY(list[0].second.equal(own) && list[1].second.equal(convolution));
    average.keepOnly({list[0]});
    QCOMPARE(average.state().size(), std::size_t{1});
  }

  void averageWarmsUpAsDiffusers() {
    TrainConfig config;
    config.emaDecay = 0.999;
    QCOMPARE(averageDecay(config, 1), 0.0);
    QCOMPARE(averageDecay(config, 2), 2.0 / 11);
    QCOMPARE(averageDecay(config, 100'000), 0.999);
    config.emaWarmup = true;
    config.emaInvGamma = 2;
    config.emaPower = 0.75;
    QVERIFY(std::abs(averageDecay(config, 11) - (1 - std::pow(6.0, -0.75))) < 1e-12);
  }

 private:
  static void kinds() {
    QTest::addColumn<int>("kind");
    for (const auto& [name, kind] : kKinds) QTest::newRow(name.c_str()) << int(kind);
  }
};

int runOptimizerTests(int argc, char** argv) {
  TestOptimizers test;
  return QTest::qExec(&test, argc, argv);
}
#include "test_optimizers.moc"
