#include <cmath>
#include <set>

#include "core/diffusion/timesteps.h"
#include "tests/numerics/sampler_cases.h"

using namespace likeness;

int runScheduleTests(int argc, char** argv);
int runSamplerHookTests(int argc, char** argv);
int printSamplerTable();

namespace {

// Both sides compute in fp32 (but for k-diffusion, see sampler_references.py), which leaves about 1e-6, and 1e-5 where
// diffusers takes differences. Its two classes of Euler begin at σ = 4096 under zero terminal SNR and lose more there; and
// two steps of dpm2-a go from 15 to 0.03 by a slope at 0.03, which makes 500 times as much of a rounding of x_0.
double allowed(const Json& entry, const Json& config) {
  const auto reference = entry["reference"].get<std::string>();
  const bool euler = reference == "EulerDiscreteScheduler" || reference == "EulerAncestralDiscreteScheduler";
  const bool steep = entry["sampler"] == "dpm2-a" && entry["steps"].get<int>() == 2;
  return steep || (euler && config.value("rescale_betas_zero_snr", false)) ? 5e-5 : 2e-5;
}

const Denoiser kZero = [](const torch::Tensor& x, double) { return torch::zeros_like(x); };

std::vector<Sampler> allSamplers() {
  std::vector<Sampler> samplers;
  for (const auto& name : samplerNames()) samplers.push_back(parseSampler(name).value());
  return samplers;
}

SamplerOptions optionsOf(std::int64_t steps) {
  SamplerOptions options;
  options.steps = steps;
  options.noise = [](std::int64_t) { return torch::randn({1, 2, 4, 4}); };
  return options;
}

}  // namespace

/// Samplers against diffusers' schedulers made from_config of the model's own file, and against k-diffusion.
class TestSamplers : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void trajectoriesEqualTheReference_data() {
    QTest::addColumn<int>("index");
    const DiffusionFixtures fixtures("samplers");
    std::set<std::string> seen;
    for (std::size_t i = 0; i < fixtures.cases().size(); ++i) {
      const Json& entry = fixtures.cases()[i];
      const Json& config = fixtures.config(entry);
      seen.insert(entry["sampler"].get<std::string>() + config.value("prediction_type", "epsilon"));
      QTest::addRow("%d: %s, %s, %d steps, eta %g, strength %g, %s, %s, %s", static_cast<int>(i),
                    entry["sampler"].get<std::string>().c_str(), entry["schedule"].get<std::string>().c_str(),
                    entry["steps"].get<int>(), entry["eta"].get<double>(), entry["strength"].get<double>(),
                    config["_class_name"].get<std::string>().c_str(),
                    config.value("prediction_type", "epsilon").c_str(),
                    config.value("timestep_spacing", "no spacing").c_str())
          << static_cast<int>(i);
    }
    QCOMPARE(seen.size(), 2 * samplerNames().size());  // each with epsilon and v
  }
  void trajectoriesEqualTheReference() {
    QFETCH(int, index);
    static const DiffusionFixtures fixtures("samplers");
    const SamplerCase one{fixtures, fixtures.cases()[static_cast<std::size_t>(index)]};
    const Trajectory ours = runCase(one);
    QVERIFY(ours.last.equal(ours.x.back()));
    for (const auto total : ours.totals) QCOMPARE(total, std::ssize(ours.x));
    QCOMPARE(modelEvaluations(one.sampler(), one.schedule(), one.options()), std::ssize(ours.x));
    const auto timesteps = one.entry["timesteps"].get<std::vector<double>>();
    QCOMPARE(ours.timesteps.size(), timesteps.size());
    for (std::size_t i = 0; i < timesteps.size(); ++i) QVERIFY(std::abs(ours.timesteps[i] - timesteps[i]) < 2e-3);
    const double worst = deviation(ours, fixtures.of(one.entry, "trajectory"));
    const double most = allowed(one.entry, fixtures.config(one.entry));
    QVERIFY2(worst < most, qPrintable(QString::number(worst)));
  }

  void evaluationsAreCountedBeforehand() {
    NoiseScheduleConfig config;
    const auto count = [&](Sampler sampler, std::int64_t steps, double strength = 1) {
      const NoiseSchedule schedule(config);
      std::int64_t calls = 0;
      auto options = optionsOf(steps);
      options.strength = strength;
      const Denoiser model = [&](const torch::Tensor& x, double) { return ++calls, torch::zeros_like(x); };
      (void)sample(sampler, model, torch::ones({1, 2, 4, 4}), schedule, options);
      return calls == modelEvaluations(sampler, schedule, options) ? calls : -1;
    };
    for (const auto sampler : allSamplers()) {
      const bool twice = sampler == Sampler::Heun || sampler == Sampler::Dpm2 || sampler == Sampler::Dpm2Ancestral ||
                         sampler == Sampler::Dpmpp2sAncestral;
      if (sampler == Sampler::Plms) continue;
      QCOMPARE(count(sampler, 10), twice ? 19 : 10);
      QCOMPARE(count(sampler, 10, 0.5), twice ? 9 : 5);
    }
    QCOMPARE(count(Sampler::Plms, 10), 12 + 7);
    QCOMPARE(count(Sampler::Plms, 2), 3);  // too few for Runge-Kutta
    QCOMPARE(count(Sampler::Plms, 10, 0.3), 4);
    config.skipPrkSteps = true;
    QCOMPARE(count(Sampler::Plms, 10), 11);
    QCOMPARE(count(Sampler::Plms, 10, 0.5), 6);
    QCOMPARE(count(Sampler::Plms, 1), 1);
  }

  // With a model that knows the truth, every sampler must end at it, on every schedule that it has. PLMS takes means of v at
  // several timesteps for v at one, as PNDMScheduler does, and only comes near with more steps: 0.02 at 20, 0.001 at 80.
  void perfectModelGivesThePicture() {
    for (const auto type : {PredictionType::Epsilon, PredictionType::VPrediction}) {
      NoiseScheduleConfig config;
      config.clipSample = false;
      config.setAlphaToOne = true;
      config.predictionType = type;
      const NoiseSchedule schedule(config);
      const auto picture = torch::randn({1, 2, 4, 4});
      const auto& table = schedule.alphasCumprodTable();
      const Denoiser perfect = [&](const torch::Tensor& x, double t) {
        const auto low = static_cast<std::size_t>(t);
        const auto high = std::min(low + 1, table.size() - 1);
        const auto logSigma = [&](std::size_t i) { return 0.5 * std::log((1 - double(table[i])) / table[i]); };
        const double sigma = std::exp(logSigma(low) + (logSigma(high) - logSigma(low)) * (t - double(low)));
        const double a = 1 / (1 + sigma * sigma);
        const auto noise = (x - picture * std::sqrt(a)) / std::sqrt(1 - a);
        return type == PredictionType::Epsilon ? noise : noise * std::sqrt(a) - picture * std::sqrt(1 - a);
      };
      for (const auto sampler : allSamplers()) {
        for (std::size_t kind = 0; kind < sigmaScheduleNames().size(); ++kind) {
          auto options = optionsOf(sampler == Sampler::Plms && type == PredictionType::VPrediction ? 80 : 20);
          options.schedule = static_cast<SigmaSchedule>(kind);
          if (!checkSamplerOptions(sampler, schedule, options).ok()) continue;
          const auto start = torch::randn({1, 2, 4, 4}) * initialNoiseSigma(sampler, schedule, options);
          const double difference = largestDifference(sample(sampler, perfect, start, schedule, options), picture);
          QVERIFY2(difference < 1e-2, qPrintable(QString("%1, %2: %3")
                                                     .arg(samplerName(sampler), sigmaScheduleNames()[kind].c_str())
                                                     .arg(difference)));
        }
      }
    }
  }

  void stepCountsThatDontFitAreRefused() {
    const NoiseSchedule schedule;
    for (const auto sampler : allSamplers()) {
      for (const std::int64_t steps : {std::int64_t{-1}, std::int64_t{0}, std::int64_t{1001}, std::int64_t{1} << 60}) {
        QVERIFY(!checkSamplerOptions(sampler, schedule, optionsOf(steps)).ok());
        QVERIFY_THROWS_EXCEPTION(ErrorException, (void)sample(sampler, kZero, torch::ones({1, 2, 4, 4}), schedule,
                                                              optionsOf(steps)));
      }
      for (const double strength : {0.0, -1.0, 1.5, std::nan(""), 0.01}) {
        auto options = optionsOf(10);
        options.strength = strength;
        QVERIFY(!checkSamplerOptions(sampler, schedule, options).ok());
      }
      QVERIFY(checkSamplerOptions(sampler, schedule, optionsOf(10)).ok());
    }
    NoiseScheduleConfig config;
    config.stepsOffset = 1;  // the first timestep would be 1000
    QVERIFY_THROWS_EXCEPTION(
        ErrorException, (void)sampleDdim(kZero, torch::ones({1, 2, 4, 4}), NoiseSchedule(config), optionsOf(1000)));
  }

  void schedulesThatASamplerCantFollowAreRefused() {
    const NoiseSchedule schedule;
    for (const auto sampler : {Sampler::Plms, Sampler::Lcm}) {
      auto options = optionsOf(10);
      options.schedule = SigmaSchedule::Karras;
      const auto checked = checkSamplerOptions(sampler, schedule, options);
      QVERIFY(!checked.ok());
      QVERIFY(checked.error().message.find("karras") != std::string::npos);
    }
    QVERIFY(!checkSamplerOptions(Sampler::Lcm, schedule, optionsOf(51)).ok());
  }

  // B₁ of the step to a level of zero is infinite, and UniPCMultistepScheduler then answers NaN.
  void unipcReachesTheEndWithEitherSolver() {
    const Denoiser model = [](const torch::Tensor& x, double t) { return torch::tanh(x * 0.3 + std::cos(t / 100)); };
    const auto start = torch::randn({1, 2, 4, 4});
    for (const std::int64_t order : {1, 2, 3}) {
      NoiseScheduleConfig config;
      config.bh1Solver = true;
      config.solverOrder = order;
      torch::Tensor last;
      auto options = optionsOf(8);
      options.onStep = [&](std::int64_t, std::int64_t, const torch::Tensor&, const torch::Tensor& x0) { last = x0; };
      const auto made = sampleUniPc(model, start, NoiseSchedule(config), options);
      QVERIFY(largestDifference(made, last) < 1e-6);
    }
  }

  void randomSamplersNeedNoise() {
    const NoiseSchedule schedule;
    for (const auto sampler : allSamplers()) {
      std::vector<std::int64_t> asked;
      auto options = optionsOf(6);
      options.noise = [&](std::int64_t step) {
        asked.push_back(step);
        return torch::zeros({1, 2, 4, 4});
      };
      (void)sample(sampler, kZero, torch::ones({1, 2, 4, 4}), schedule, options);
      // Never twice the same, and counted over the whole schedule when it begins in the middle.
      QCOMPARE(std::set<std::int64_t>(asked.begin(), asked.end()).size(), asked.size());
      const bool random = !asked.empty();
      asked.clear();
      options.strength = 0.5;
      (void)sample(sampler, kZero, torch::ones({1, 2, 4, 4}), schedule, options);
      for (const auto step : asked) QVERIFY(step >= 3 && step < 6);
      options.noise = {};
      if (random) {
        QVERIFY_THROWS_EXCEPTION(ErrorException,
                                 (void)sample(sampler, kZero, torch::ones({1, 2, 4, 4}), schedule, options));
      } else {
        (void)sample(sampler, kZero, torch::ones({1, 2, 4, 4}), schedule, options);
      }
    }
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
    auto options = optionsOf(25);
    for (const double eta : {-0.1, 1.1, std::nan("")}) {
      options.eta = eta;
      QVERIFY_THROWS_EXCEPTION(ErrorException,
                               (void)sampleDdim(kZero, torch::ones({1, 2, 4, 4}), NoiseSchedule(), options));
    }
  }

  void zeroTerminalSnrWantsItsLastTimestep() {
    NoiseScheduleConfig config;
    config.predictionType = PredictionType::VPrediction;
    config.timestepSpacing = TimestepSpacing::Leading;
    QVERIFY(samplerAdvice(Sampler::Euler, NoiseSchedule(config), optionsOf(10)).empty());
    config.rescaleBetasZeroSnr = true;
    const NoiseSchedule schedule(config);
    for (const auto sampler : {Sampler::Euler, Sampler::Ddim, Sampler::Dpmpp2m}) {
      auto options = optionsOf(10);
      QVERIFY(samplerAdvice(sampler, schedule, options).find("trailing") != std::string::npos);
      options.schedule = SigmaSchedule::Trailing;
      QVERIFY(samplerAdvice(sampler, schedule, options).empty());
    }
    QVERIFY(!samplerAdvice(Sampler::Plms, schedule, optionsOf(10)).empty());
  }
};

int main(int argc, char** argv) {
  at::set_num_threads(2);
  torch::manual_seed(3);
  const torch::NoGradGuard noGrad;
  if (argc == 2 && std::string(argv[1]) == "--parity-table") return printSamplerTable();
  TestSamplers samplers;
  return runScheduleTests(argc, argv) | runSamplerHookTests(argc, argv) | QTest::qExec(&samplers, argc, argv);
}

#include "test_samplers.moc"
