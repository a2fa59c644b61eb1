#include <cmath>

#include "core/diffusion/samplers.h"
#include "core/diffusion/timesteps.h"
#include "diffusion_fixtures.h"

using namespace likeness;

int runScheduleTests(int argc, char** argv);

namespace {

// The script's ToyModel: a bounded nonlinear denoiser.
torch::Tensor toyModel(const DiffusionFixtures& fixtures, const torch::Tensor& x, std::int64_t t) {
  const auto wave = std::cos(static_cast<double>(t) / 100.0);
  const auto bias = (fixtures.tensor("bias") * wave).view({1, -1, 1, 1});
  return torch::tanh(torch::conv2d(x, fixtures.tensor("weight"), {}, 1, 1) + bias);
}

struct Trajectory {
  std::vector<std::int64_t> timesteps;
  std::vector<torch::Tensor> x;
};

Trajectory runCase(const DiffusionFixtures& fixtures, const Json& entry) {
  Trajectory result;
  const auto model = [&](const torch::Tensor& x, std::int64_t t) {
    result.timesteps.push_back(t);
    return toyModel(fixtures, x, t);
  };
  SamplerOptions options{entry["steps"], entry["eta"], {}, {}};
  options.noise = [&](std::int64_t step) { return fixtures.of(entry, "noise")[step]; };
  options.onStep = [&](std::int64_t done, std::int64_t total, const torch::Tensor& x, const torch::Tensor&) {
    QCOMPARE(done, std::ssize(result.x) + 1);
    QCOMPARE(total, static_cast<std::int64_t>(entry["timesteps"].size()));
    result.x.push_back(x);
  };
  const auto last = sample(parseSampler(entry["sampler"].get<std::string>()).value(), model, fixtures.tensor("start"),
                           DiffusionFixtures::schedule(entry["config"]), options);
  if (!last.equal(result.x.back())) result.x.clear();
  return result;
}

const Denoiser kZero = [](const torch::Tensor& x, std::int64_t) { return torch::zeros_like(x); };

}  // namespace

/// Samplers against diffusers' schedulers made from_config of the model's own file.
class TestSamplers : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void trajectoriesEqualDiffusers_data() {
    QTest::addColumn<int>("index");
    const DiffusionFixtures fixtures("samplers");
    QVERIFY(fixtures.cases().size() > 100);
    for (std::size_t i = 0; i < fixtures.cases().size(); ++i) {
      const Json& entry = fixtures.cases()[i];
      const Json& config = entry["config"];
      QTest::addRow("%d: %s, %d steps, eta %g, %s, %s, %s", static_cast<int>(i),
                    entry["sampler"].get<std::string>().c_str(), entry["steps"].get<int>(), entry["eta"].get<double>(),
                    config["_class_name"].get<std::string>().c_str(),
                    config.value("prediction_type", "epsilon").c_str(),
                    config.value("timestep_spacing", "no spacing").c_str())
          << static_cast<int>(i);
    }
  }
  void trajectoriesEqualDiffusers() {
    QFETCH(int, index);
    static const DiffusionFixtures fixtures("samplers");
    const Json& entry = fixtures.cases()[static_cast<std::size_t>(index)];
    const Trajectory ours = runCase(fixtures, entry);
    QCOMPARE(ours.timesteps, entry["timesteps"].get<std::vector<std::int64_t>>());
    const auto theirs = fixtures.of(entry, "trajectory");
    const double difference = largestDifference(torch::stack(ours.x), theirs);
    const double size = std::max(1.0, theirs.abs().max().item<double>());
    QVERIFY2(difference < std::min(2e-5 * size, 1e-4), qPrintable(QString::number(difference)));
  }

  void evaluationsAreCountedBeforehand() {
    NoiseScheduleConfig config;
    const auto count = [&](Sampler sampler, std::int64_t steps) {
      const NoiseSchedule schedule(config);
      std::int64_t calls = 0;
      SamplerOptions options;
      options.steps = steps;
      const Denoiser model = [&](const torch::Tensor& x, std::int64_t) { return ++calls, torch::zeros_like(x); };
      (void)sample(sampler, model, torch::ones({1, 1, 2, 2}), schedule, options);
      return calls == modelEvaluations(sampler, schedule, steps) ? calls : -1;
    };
    QCOMPARE(count(Sampler::Ddim, 10), 10);
    QCOMPARE(count(Sampler::Dpmpp2m, 10), 10);
    QCOMPARE(count(Sampler::Plms, 10), 12 + 7);
    QCOMPARE(count(Sampler::Plms, 2), 3);  // too few for Runge-Kutta
    config.skipPrkSteps = true;
    QCOMPARE(count(Sampler::Plms, 10), 11);
    QCOMPARE(count(Sampler::Plms, 1), 1);
  }

  // With a model that knows the truth, every sampler must end at it.
  void perfectModelGivesThePicture() {
    NoiseScheduleConfig config;
    config.clipSample = false;
    config.setAlphaToOne = true;
    const NoiseSchedule schedule(config);
    const auto picture = torch::randn({1, 2, 4, 4});
    const Denoiser perfect = [&](const torch::Tensor& x, std::int64_t t) {
      const double a = schedule.alphasCumprodTable()[static_cast<std::size_t>(t)];
      return (x - picture * std::sqrt(a)) / std::sqrt(1 - a);
    };
    for (const auto sampler : {Sampler::Ddim, Sampler::Plms, Sampler::Dpmpp2m}) {
      SamplerOptions options;
      options.steps = 20;
      const auto x = sample(sampler, perfect, torch::randn({1, 2, 4, 4}), schedule, options);
      const double difference = largestDifference(x, picture);
      QVERIFY2(difference < 5e-3, qPrintable(QString("%1: %2").arg(samplerName(sampler)).arg(difference)));
    }
  }

  void stepCountsThatDontFitAreRefused() {
    const NoiseSchedule schedule;
    for (const auto sampler : {Sampler::Ddim, Sampler::Plms, Sampler::Dpmpp2m}) {
      for (const std::int64_t steps : {-1, 0, 1001}) {
        SamplerOptions options;
        options.steps = steps;
        QVERIFY_THROWS_EXCEPTION(ErrorException,
                                 (void)sample(sampler, kZero, torch::ones({1, 1, 2, 2}), schedule, options));
      }
    }
    NoiseScheduleConfig config;
    config.stepsOffset = 1;
    SamplerOptions all;
    all.steps = 1000;  // the first timestep would be 1000
    QVERIFY_THROWS_EXCEPTION(ErrorException,
                             (void)sampleDdim(kZero, torch::ones({1, 1, 2, 2}), NoiseSchedule(config), all));
  }

  void trailingNeverLeavesTheRange() {
    for (std::int64_t steps = 1; steps <= 1000; ++steps) {
      const auto t = samplingTimesteps(TimestepSpacing::Trailing, steps, 1000, 0);
      QCOMPARE(std::ssize(t), steps);
      QCOMPARE(t.front(), 999);
      QVERIFY(t.back() >= 0);
    }
  }

  void etaNeedsItsRange() {
    SamplerOptions options;
    options.noise = [](std::int64_t) { return torch::zeros({1, 1, 2, 2}); };
    for (const double eta : {-0.1, 1.1, std::nan("")}) {
      options.eta = eta;
      QVERIFY_THROWS_EXCEPTION(ErrorException,
                               (void)sampleDdim(kZero, torch::ones({1, 1, 2, 2}), NoiseSchedule(), options));
    }
  }

  void namesAreReadWithSuggestions() {
    for (const auto& name : samplerNames()) QCOMPARE(std::string(samplerName(parseSampler(name).value())), name);
    const auto wrong = parseSampler("dpmpp2m");
    QVERIFY(!wrong.ok());
    QVERIFY(wrong.error().message.find("Did you mean dpmpp-2m?") != std::string::npos);
    QVERIFY(parseSampler("").error().message.find("ddim") != std::string::npos);
  }
};

int main(int argc, char** argv) {
  at::set_num_threads(2);
  torch::manual_seed(3);
  TestSamplers samplers;
  return runScheduleTests(argc, argv) | QTest::qExec(&samplers, argc, argv);
}

#include "test_samplers.moc"
