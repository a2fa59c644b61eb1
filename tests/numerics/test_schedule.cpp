#include <cmath>

#include "tests/numerics/diffusion_fixtures.h"

using namespace likeness;

/// Noise schedules against diffusers' DDPMScheduler and DDIMScheduler.
class TestSchedule : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void tablesAndTargetsEqualDiffusers() {
    const DiffusionFixtures fixtures("schedules");
    QVERIFY(fixtures.cases().size() >= 6);
    for (const Json& entry : fixtures.cases()) {
      const auto schedule = DiffusionFixtures::schedule(entry["config"]);
      const auto t = torch::tensor(entry["timesteps"].get<std::vector<std::int64_t>>());
      const auto x0 = fixtures.of(entry, "x0"), noise = fixtures.of(entry, "noise");
      const auto noisy = fixtures.of(entry, "noisy"), output = fixtures.of(entry, "output");
      // The same operations in the same order: equal but for the last bit of a vectorised power.
      QVERIFY(largestDifference(schedule.alphasCumprod(), fixtures.of(entry, "alphas_cumprod")) < 2e-7);
      QVERIFY(largestDifference(schedule.addNoise(x0, noise, t), noisy) < 2e-6);
      QVERIFY(largestDifference(schedule.velocity(x0, noise, t), fixtures.of(entry, "velocity")) < 2e-6);
      const auto original = fixtures.of(entry, "original");
      const double size = original.abs().max().item<double>();
      QVERIFY(largestDifference(schedule.predictedOriginal(output, noisy, t), original) < 1e-5 * std::max(1.0, size));
    }
  }

  void trainingTargetFollowsThePredictionType() {
    NoiseScheduleConfig config;
    const auto x0 = torch::randn({2, 3, 4, 4}), noise = torch::randn({2, 3, 4, 4});
    const auto t = torch::tensor({3L, 700L});
    QVERIFY(NoiseSchedule(config).trainingTarget(x0, noise, t).equal(noise));
    config.predictionType = PredictionType::VPrediction;
    const NoiseSchedule v(config);
    QVERIFY(v.trainingTarget(x0, noise, t).equal(v.velocity(x0, noise, t)));
  }

  void predictionsUndoTheForwardProcess() {
    for (const auto type : {PredictionType::Epsilon, PredictionType::VPrediction}) {
      NoiseScheduleConfig config;
      config.predictionType = type;
      const NoiseSchedule schedule(config);
      const auto x0 = torch::randn({3, 2, 4, 4}), noise = torch::randn({3, 2, 4, 4});
      const auto t = torch::tensor({0L, 400L, 800L});
      const auto xt = schedule.addNoise(x0, noise, t);
      const auto perfect = schedule.trainingTarget(x0, noise, t);
      QVERIFY(largestDifference(schedule.predictedOriginal(perfect, xt, t), x0) < 1e-4);
      QVERIFY(largestDifference(schedule.predictedNoise(perfect, xt, t), noise) < 1e-4);
    }
  }

  // The trap of diffusers' add_noise: tables cast to the samples' half precision.
  void tablesStayFp32ForHalfPrecisionSamples() {
    const NoiseSchedule schedule;
    const auto x0 = torch::zeros({1, 1, 1, 1}, torch::kBFloat16), noise = torch::ones({1, 1, 1, 1}, torch::kBFloat16);
    const auto noisy = schedule.addNoise(x0, noise, torch::tensor({0L}));
    QCOMPARE(noisy.scalar_type(), torch::kBFloat16);
    // √(1 − ᾱ₀) = 0.01; ᾱ₀ in bf16 would be 1 and the noise gone.
    QVERIFY(std::abs(noisy.item<double>() - 0.01) < 1e-4);
  }

  void zeroTerminalSnrIsExactlyZero() {
    NoiseScheduleConfig config;
    config.predictionType = PredictionType::VPrediction;
    config.rescaleBetasZeroSnr = true;
    const NoiseSchedule schedule(config);
    QCOMPARE(schedule.alphasCumprodTable().back(), 0.0F);
    QCOMPARE(schedule.signalToNoise()[-1].item<float>(), 0.0F);
    QVERIFY(schedule.unscaledAlphasCumprodTable().back() > 0);
  }

  void timestepsOutOfRangeThrow() {
    const NoiseSchedule schedule;
    const auto x = torch::zeros({1, 1, 2, 2});
    QVERIFY_THROWS_EXCEPTION(c10::Error, (void)schedule.addNoise(x, x, torch::tensor({1000L})));
    QVERIFY_THROWS_EXCEPTION(c10::Error, (void)schedule.addNoise(x, x, torch::tensor({1L, 2L})));
  }

  void badConfigsAreNamed_data() {
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("code");
    const auto row = [](const char* text, ErrorCode code) { QTest::newRow(text) << text << static_cast<int>(code); };
    row("{'prediction_type': 'sample'}", ErrorCode::Unsupported);
    row("{'beta_schedule': 'sigmoid'}", ErrorCode::Unsupported);
    row("{'thresholding': true}", ErrorCode::Unsupported);
    row("{'timestep_spacing': 'somewhere'}", ErrorCode::Unsupported);
    row("{'beta_start': 'a lot'}", ErrorCode::Corrupt);
    row("{'num_train_timesteps': 0}", ErrorCode::InvalidArgument);
    row("{'num_train_timesteps': 1000000000000}", ErrorCode::InvalidArgument);
    row("{'beta_start': 0.5, 'beta_end': 0.1}", ErrorCode::InvalidArgument);
    row("{'trained_betas': [0.1, 0.2]}", ErrorCode::InvalidArgument);
    row("{'rescale_betas_zero_snr': true}", ErrorCode::InvalidArgument);
    row("[1, 2]", ErrorCode::Corrupt);
  }
  void badConfigsAreNamed() {
    QFETCH(QString, text);
    QFETCH(int, code);
    const Json json = Json::parse(text.replace('\'', '"').toStdString());
    const auto config = NoiseScheduleConfig::fromJson(json, "folder/scheduler_config.json");
    QVERIFY(!config.ok());
    QCOMPARE(static_cast<int>(config.error().code), code);
    QVERIFY(config.error().message.find("folder/scheduler_config.json") != std::string::npos);
  }

  void pythonsInfinityIsRead() {
    QTemporaryDir folder;
    const auto file = std::filesystem::path(folder.path().toStdString()) / "scheduler_config.json";
    QFile out(QString::fromStdString(file.string()));
    QVERIFY(out.open(QIODevice::WriteOnly));
    out.write("{\"lambda_min_clipped\": -Infinity, \"note\": \"a \\\"NaN\\\" stays\", \"beta_start\": 0.001}");
    out.close();
    const auto json = readSchedulerJson(file);
    QVERIFY(json.ok());
    QCOMPARE((*json)["note"].get<std::string>(), std::string("a \"NaN\" stays"));
    QVERIFY(std::isinf(NoiseScheduleConfig::fromJson(*json, file).value().lambdaMinClipped));
  }
};

int runScheduleTests(int argc, char** argv) {
  TestSchedule test;
  return QTest::qExec(&test, argc, argv);
}

#include "test_schedule.moc"
