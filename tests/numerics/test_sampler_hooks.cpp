#include "tests/numerics/sampler_cases.h"

using namespace likeness;

namespace {

const Denoiser kWave = [](const torch::Tensor& x, double t) { return torch::tanh(x * 0.3 + std::cos(t / 100)); };

NoiseSchedule scheduleOf(PredictionType type) {
  NoiseScheduleConfig config;
  config.clipSample = false;
  config.setAlphaToOne = true;
  config.predictionType = type;
  return NoiseSchedule(config);
}

SamplerOptions hookOptionsOf(std::int64_t steps) {
  SamplerOptions options;
  options.steps = steps;
  options.noise = [](std::int64_t step) { return torch::full({1, 2, 4, 4}, 0.1 * static_cast<double>(step)); };
  return options;
}

template <typename Check>
void withEachSampler(const Check& check) {
  for (const auto type : {PredictionType::Epsilon, PredictionType::VPrediction}) {
    const auto schedule = scheduleOf(type);
    for (const auto& name : samplerNames()) {
      check(parseSampler(name).value(), schedule);
      if (QTest::currentTestFailed()) QFAIL(qPrintable(QString::fromStdString(name)));
    }
  }
}

}  // namespace

/// What the callbacks of SamplerOptions promise, for every sampler.
class TestSamplerHooks : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  // An answer that changes nothing changes nothing, but for the rounding of the way back from x_0.
  void anIdleEditKeepsTheResult() {
    withEachSampler([](Sampler sampler, const NoiseSchedule& schedule) {
      const auto start = torch::randn({1, 2, 4, 4});
      auto options = hookOptionsOf(9);
      const auto plain = sample(sampler, kWave, start, schedule, options);
      options.editOriginal = [](const torch::Tensor& x0, const NoiseLevel&) { return x0; };
      options.editLatents = [](const torch::Tensor& x, const NoiseLevel&) { return x; };
      const auto edited = sample(sampler, kWave, start, schedule, options);
      const double size = std::max(1.0, plain.abs().max().item<double>());
      QVERIFY(largestDifference(plain, edited) < 1e-4 * size);
    });
  }

  void aReplacedOriginalIsWhereItEnds() {
    withEachSampler([](Sampler sampler, const NoiseSchedule& schedule) {
      const auto picture = torch::randn({1, 2, 4, 4});
      auto options = hookOptionsOf(20);
      options.editOriginal = [&](const torch::Tensor&, const NoiseLevel&) { return picture; };
      const auto start = torch::randn({1, 2, 4, 4}) * initialNoiseSigma(sampler, schedule, options);
      QVERIFY(largestDifference(sample(sampler, kWave, start, schedule, options), picture) < 2e-2);
    });
  }

  // Half the picture is kept as an inpainting would: it comes out untouched, whatever the model says.
  void keptLatentsComeOutUntouched() {
    withEachSampler([](Sampler sampler, const NoiseSchedule& schedule) {
      const auto known = torch::randn({1, 2, 4, 4}), noise = torch::randn({1, 2, 4, 4});
      auto mask = torch::zeros({1, 1, 4, 4});
      mask.slice(3, 0, 2).fill_(1);
      auto options = hookOptionsOf(8);
      options.strength = 0.5;
      options.editLatents = [&](const torch::Tensor& x, const NoiseLevel& at) {
        return mask * x + (1 - mask) * at.noised(known, noise);
      };
      const auto start = startLevel(sampler, schedule, options).noised(known, noise);
      const auto made = sample(sampler, kWave, start, schedule, options);
      QVERIFY(made.slice(3, 2).equal(known.slice(3, 2)));
      QVERIFY(largestDifference(made.slice(3, 0, 2), known.slice(3, 0, 2)) > 1e-3);
    });
  }

  // The levels fall, end clean, and are those of the x that the model sees.
  void levelsTellWhatXIs() {
    withEachSampler([](Sampler sampler, const NoiseSchedule& schedule) {
      std::vector<NoiseLevel> levels;
      std::vector<double> asked;
      auto options = hookOptionsOf(7);
      options.editLatents = [&](const torch::Tensor& x, const NoiseLevel& at) {
        levels.push_back(at);
        return x;
      };
      const Denoiser model = [&](const torch::Tensor& x, double t) {
        asked.push_back(t);
        return kWave(x, t);
      };
      (void)sample(sampler, model, torch::randn({1, 2, 4, 4}), schedule, options);
      QCOMPARE(levels.size(), asked.size());
      QCOMPARE(startLevel(sampler, schedule, options).timestep, asked.front());
      for (std::size_t i = 0; i + 1 < levels.size(); ++i) QCOMPARE(levels[i].timestep, asked[i + 1]);
      QCOMPARE(levels.back().signal, 1.0);
      QCOMPARE(levels.back().noise, 0.0);
      const bool inSigma = initialNoiseSigma(sampler, schedule, options) != 1;
      for (const auto& at : levels) {
        const double size = inSigma ? at.signal : at.signal * at.signal + at.noise * at.noise;
        QVERIFY(std::abs(size - 1) < 1e-5);
      }
    });
  }

  // Image-to-image of a model that knows the picture gives the picture, from any strength.
  void strengthStartsInTheMiddle() {
    withEachSampler([](Sampler sampler, const NoiseSchedule& schedule) {
      double last = 1e9;
      for (const double strength : {1.0, 0.8, 0.5, 0.2}) {
        auto options = hookOptionsOf(10);
        options.strength = strength;
        const auto level = startLevel(sampler, schedule, options);
        QVERIFY(level.noise / level.signal <= last);
        last = level.noise / level.signal;
      }
      QVERIFY(last < 1);
    });
  }
};

int runSamplerHookTests(int argc, char** argv) {
  TestSamplerHooks test;
  return QTest::qExec(&test, argc, argv);
}

#include "test_sampler_hooks.moc"
