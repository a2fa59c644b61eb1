// What the options of losses, noise, timesteps and captions do.
#include <QTest>
#include <algorithm>
#include <cmath>
#include <set>

#include "core/api/options.h"
#include "core/train/draw_timestep.h"
#include "core/train/losses.h"
#include "core/train/training_noise.h"
#include "tests/numerics/recorded_draws.h"

using namespace likeness;

namespace {

constexpr std::int64_t kSizes[] = {4, 16, 16};

NoiseSchedule scheduleOf(PredictionType prediction, bool zeroSnr = false) {
  NoiseScheduleConfig config;
  config.predictionType = prediction;
  config.rescaleBetasZeroSnr = zeroSnr;
  return NoiseSchedule(config);
}

torch::Tensor allSteps() { return torch::arange(1000, torch::kInt64); }

RandomKey keyOf(int step) { return {3, static_cast<std::uint64_t>(step), 0, RandomStream::TrainNoise}; }

std::vector<std::int64_t> timesteps(const TrainConfig& config, int steps, std::int64_t perStep) {
  std::vector<std::int64_t> drawn;
  for (int step = 0; step < steps; ++step) {
    for (std::int64_t item = 0; item < perStep; ++item) {
      drawn.push_back(drawTimestep(config, {step, item, false, perStep, 1000}));
    }
  }
  return drawn;
}

double meanOf(const std::vector<std::int64_t>& values) {
  double sum = 0;
  for (const auto value : values) sum += static_cast<double>(value);
  return sum / static_cast<double>(values.size());
}

}  // namespace

class TestMethods : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  // diffusers #5791, #6356, #6967, #13797: weights for one half of the batch, or the prior left out.
  void minSnrWeighsEachSamplePriorsToo() {
    TrainConfig config;
    config.snrGamma = 5;
    const auto schedule = scheduleOf(PredictionType::Epsilon);
    const LossFunction weighed(config, schedule), plain(TrainConfig{}, schedule);
    const auto prediction = torch::randn({4, 4, 8, 8}), target = torch::randn({4, 4, 8, 8});
    const auto steps = torch::tensor({10, 900, 10, 900}, torch::kInt64);
    const auto ratio = weighed(prediction, target, steps) / plain(prediction, target, steps);
    const auto snr = schedule.signalToNoise().index_select(0, steps);
    QVERIFY(ratio.allclose(snr.clamp_max(5) / snr, 1e-5));
    QVERIFY(ratio[0].item<float>() < 0.1f && std::abs(ratio[2].item<float>() - ratio[0].item<float>()) < 1e-6f);
    QVERIFY(std::abs(ratio[3].item<float>() - 1) < 1e-6f);
    QVERIFY_THROWS_EXCEPTION(c10::Error, static_cast<void>(weighed(prediction, target, steps.slice(0, 0, 3))));
  }

  // sd-scripts #934, diffusers #9451: 0/0 where the last timestep has no signal.
  void minSnrOfVIsFiniteAtZeroSnr() {
    TrainConfig config;
    config.snrGamma = 5;
    config.debiasedEstimation = true;
    const auto zero = scheduleOf(PredictionType::VPrediction, true);
    QCOMPARE(zero.signalToNoise()[999].item<float>(), 0.0f);
    const auto weights = LossFunction(config, zero).weights(allSteps());
    QVERIFY(at::isfinite(weights).all().item<bool>());
    config.debiasedEstimation = false;
    const auto snr = zero.signalToNoise();
    QVERIFY(LossFunction(config, zero).weights(allSteps()).allclose(snr.clamp_max(5) / (snr + 1)));
    QVERIFY_THROWS_EXCEPTION(c10::Error, static_cast<void>(LossFunction(config, scheduleOf(PredictionType::Epsilon,
                                                                                           true))));
  }

  // diffusers scheduling_ddpm.py: the table of ᾱ cast to the latents' fp16 before it is used.
  void noiseIsAddedWithFp32Tables() {
    const auto schedule = scheduleOf(PredictionType::Epsilon);
    QVERIFY(schedule.alphasCumprod().scalar_type() == torch::kFloat32);
    const auto x0 = torch::full({1000, 1, 1, 1}, 1.0f), none = torch::zeros({1000, 1, 1, 1});
    const auto halves = schedule.addNoise(x0.to(torch::kHalf), none.to(torch::kHalf), allSteps());
    QVERIFY(halves.scalar_type() == torch::kHalf);
    QVERIFY(halves.equal(schedule.addNoise(x0, none, allSteps()).to(torch::kHalf)));
    const auto coarse = schedule.alphasCumprod().to(torch::kHalf).sqrt().view({-1, 1, 1, 1});
    QVERIFY(!halves.equal(coarse));  // what the cast would have given
  }

  // diffusers #13797: the prior's loss escapes the weight. kohya's λ is another: it averages the mixed batch.
  void priorWeightMultipliesTheWeighedPriors() {
    auto config = quietConfig(1);
    auto a = tinyModel(), b = tinyModel(), c = tinyModel();
    const auto plain = runTiny(config, a).front();
    config.snrGamma = 0.001;  // a fifth of the smallest SNR
    const auto weighed = runTiny(config, b).front();
    config.priorWeight = 3;
    const auto heavier = runTiny(config, c).front();
    QVERIFY(weighed.priorLoss < 0.5 * plain.priorLoss && weighed.instanceLoss < 0.5 * plain.instanceLoss);
    QCOMPARE(heavier.priorLoss, weighed.priorLoss);
    QCOMPARE(heavier.instanceLoss, weighed.instanceLoss);
    QVERIFY(heavier.gradNorm != weighed.gradNorm);
  }

  // sd-scripts train_db.py: tables made before the betas changed.
  void tablesAreThoseOfTheSchedule() {
    TrainConfig config;
    config.snrGamma = 5;
    config.loss = LossKind::Huber;
    const LossFunction before(config, scheduleOf(PredictionType::VPrediction)),
        after(config, scheduleOf(PredictionType::VPrediction, true));
    QVERIFY(!before.weights(allSteps()).allclose(after.weights(allSteps())));
    QVERIFY(!before.huberConstants(allSteps()).allclose(after.huberConstants(allSteps())));
  }

  void debiasedWeightsAreBounded() {
    TrainConfig config;
    config.debiasedEstimation = true;
    const auto schedule = scheduleOf(PredictionType::Epsilon);
    const auto weights = LossFunction(config, schedule).weights(allSteps());
    const auto snr = schedule.signalToNoise();
    QVERIFY(snr.max().item<float>() > 1000);
    QVERIFY(weights.allclose(1 / snr.clamp_max(1000).sqrt()));
  }

  void huberIsTheSquareOfSmallErrorsAndALineOfLargeOnes() {
    TrainConfig config;
    config.loss = LossKind::Huber;
    config.huberSchedule = HuberSchedule::Constant;
    config.huberC = 0.5;
    const LossFunction huber(config, scheduleOf(PredictionType::Epsilon));
    const auto zero = torch::zeros({2, 1, 1, 1}), errors = torch::tensor({1e-2f, 100.0f}).view({2, 1, 1, 1});
    const auto losses = huber(errors, zero, torch::tensor({5, 5}, torch::kInt64));
    QVERIFY(std::abs(losses[0].item<double>() - 1e-4) < 1e-6);
    QVERIFY(std::abs(losses[1].item<double>() - 2 * 0.5 * 99.5) < 0.01);
    config.loss = LossKind::SmoothL1;
    const LossFunction smooth(config, scheduleOf(PredictionType::Epsilon));
    QVERIFY((smooth(errors, zero, torch::tensor({5, 5}, torch::kInt64)) * 0.5).allclose(losses));
    for (const auto schedule : {HuberSchedule::Exponential, HuberSchedule::Snr}) {
      config.huberSchedule = schedule;
      const auto table = LossFunction(config, scheduleOf(PredictionType::Epsilon)).huberConstants(allSteps());
      QVERIFY(table[0].item<double>() > 0.9 && (table.diff() < 0).all().item<bool>());
      QVERIFY(std::abs(table[999].item<double>() - 0.5) < 0.05);
    }
  }

  void offsetShiftsChannels() {
    TrainConfig config;
    config.noiseOffset = 0.5;
    double shift = 0, plain = 0;
    for (int step = 0; step < 2000; ++step) {
      const auto noise = trainingNoise(kSizes, config, keyOf(step)), usual = trainingNoise(kSizes, {}, keyOf(step));
      const auto difference = noise - usual;
      QVERIFY((difference - difference.mean(at::IntArrayRef{1, 2}, true)).abs().max().item<float>() < 1e-5f);
      shift += difference.mean(at::IntArrayRef{1, 2}).square().mean().item<double>() / 2000;
      plain += usual.square().mean().item<double>() / 2000;
    }
    QVERIFY(std::abs(shift - 0.25) < 0.03);  // 8000 squares of numbers of deviation 0.5: ±0.004
    QVERIFY(std::abs(plain - 1) < 0.02);
  }

  void pyramidNoiseIsCoarseAndOfDeviationOne() {
    TrainConfig config;
    config.pyramidNoiseLevels = 6;
    config.pyramidNoiseDiscount = 0.8;
    const auto neighbours = [](const torch::Tensor& noise) {
      return (noise.slice(2, 1) * noise.slice(2, 0, -1)).mean().item<double>();
    };
    double coarse = 0, plain = 0;
    for (int step = 0; step < 50; ++step) {
      const auto noise = trainingNoise(kSizes, config, keyOf(step));
      QVERIFY(std::abs(noise.std().item<double>() - 1) < 1e-4);
      QVERIFY(noise.equal(trainingNoise(kSizes, config, keyOf(step))));
      coarse += neighbours(noise) / 50;
      plain += neighbours(trainingNoise(kSizes, {}, keyOf(step))) / 50;
    }
    QVERIFY(coarse > 0.2 && std::abs(plain) < 0.05);
  }

  void perturbationIsNotPredicted() {
    TrainConfig config;
    config.inputPerturbation = 0.1;
    const DrawSpace space{.pictures = 3, .samplesPerStep = 2, .channels = 4, .height = 16, .width = 16};
    const auto draw = CounterDraws(config).draw(4, 1, false, space), usual = CounterDraws(0).draw(4, 1, false, space);
    QVERIFY(draw.noise.equal(usual.noise) && !usual.addedNoise.defined());
    QVERIFY(std::abs((draw.addedNoise - draw.noise).std().item<double>() - 0.1) < 0.01);
  }

  void timestepsKeepToTheirRange() {
    for (const auto sampling : {TimestepSampling::Uniform, TimestepSampling::LogitNormal,
                                TimestepSampling::Stratified}) {
      TrainConfig config;
      config.timestepSampling = sampling;
      config.timestepMin = 200;
      config.timestepMax = 300;
      const auto drawn = timesteps(config, 1000, 3);
      const auto [low, high] = std::minmax_element(drawn.begin(), drawn.end());
      QVERIFY(*low >= 200 && *low < 205 && *high <= 299 && *high > 294);
      QCOMPARE(timesteps(config, 20, 3), std::vector(drawn.begin(), drawn.begin() + 60));
      config.seed = 9;
      QVERIFY(timesteps(config, 20, 3) != std::vector(drawn.begin(), drawn.begin() + 60));
    }
  }

  void logitNormalHasItsQuantiles() {
    TrainConfig config;
    config.timestepSampling = TimestepSampling::LogitNormal;
    config.timestepLogitMean = 0.5;
    config.timestepLogitStd = 0.8;
    auto drawn = timesteps(config, 4000, 1);
    std::ranges::sort(drawn);
    for (const auto& [share, z] : {std::pair{0.1, -1.2816}, std::pair{0.5, 0.0}, std::pair{0.9, 1.2816}}) {
      const auto wanted = 1000 / (1 + std::exp(-(0.5 + 0.8 * z)));
      const auto got = static_cast<double>(drawn[static_cast<std::size_t>(share * 4000)]);
      QVERIFY2(std::abs(got - wanted) < 20, qPrintable(QString("%1 instead of %2").arg(got).arg(wanted)));
    }
  }

  void strataCoverTheRangeInEachStepAndInSixteen() {
    TrainConfig config;
    config.timestepSampling = TimestepSampling::Stratified;
    const auto drawn = timesteps(config, 160, 4);
    for (int step = 0; step < 160; ++step) {
      std::set<std::int64_t> quarters;
      for (int item = 0; item < 4; ++item) quarters.insert(drawn[static_cast<std::size_t>(4 * step + item)] / 250);
      QCOMPARE(quarters.size(), std::size_t{4});
    }
    const auto single = timesteps(config, 160, 1);
    for (int round = 0; round < 10; ++round) {
      std::vector sixteen(single.begin() + 16 * round, single.begin() + 16 * (round + 1));
      std::ranges::sort(sixteen);
      for (int k = 0; k < 16; ++k) {
        const auto t = sixteen[static_cast<std::size_t>(k)];
        QVERIFY(t >= 1000 * k / 16 && t <= 1000 * (k + 1) / 16);
      }
    }
    QVERIFY(std::abs(meanOf(single) - 499.5) < 4);  // of uniform draws it would be ±23
    QVERIFY(std::set(single.begin(), single.end()).size() > 140);
  }

  void captionsAreDroppedAsOftenAsAsked() {
    TrainConfig config;
    config.captionDropout = 0.25;
    const DrawSpace space{.pictures = 3, .samplesPerStep = 1, .channels = 1, .height = 1, .width = 1};
    CounterDraws draws(config), again(config);
    int dropped = 0;
    for (int step = 0; step < 2000; ++step) {
      const bool one = draws.draw(step, 0, false, space).captionDropped;
      QCOMPARE(one, again.draw(step, 0, false, space).captionDropped);
      dropped += one;
    }
    QVERIFY(std::abs(dropped - 500) < 80);  // four deviations
    config.captionDropout = 0;
    for (int step = 0; step < 50; ++step) QVERIFY(!CounterDraws(config).draw(step, 0, false, space).captionDropped);
  }

  void aDroppedCaptionIsTheEmptyPrompt() {
    auto config = quietConfig(1);
    auto model = tinyModel();
    const auto usual = runTiny(config, model).front();
    config.captionDropout = 1;
    auto dropped = tinyModel();
    const auto without = runTiny(config, dropped).front();
    QVERIFY(without.instanceLoss != usual.instanceLoss && without.priorLoss != usual.priorLoss);
    auto worded = tinyModel();
    const auto other = runTiny(config, worded, nullptr, [](TrainingSet& set) {
      set.subjects.front().instancePrompt = "a dog";
    }).front();
    QCOMPARE(other.instanceLoss, without.instanceLoss);  // whatever it says, it isn't read
  }

  void subjectsCountByTheirWeights() {
    // One of two equal weights is as much as no weight; weights change the losses told in proportion.
    const auto steps = [](double one, double other, std::int64_t repeats, std::int64_t count) {
      auto model = tinyModel();
      return runTiny(quietConfig(count), model, nullptr, [&](TrainingSet& set) {
        set = twoSubjects();
        set.subjects[0].weight = one;
        set.subjects[1].weight = other;
        set.subjects[1].repeats = repeats;
      });
    };
    const auto first = [&](double one, double other, std::int64_t repeats) {
      return steps(one, other, repeats, 1).front();
    };
    const auto even = first(1, 1, 1), scaled = first(4, 4, 1), heavy = first(3, 1, 1), light = first(1, 3, 1);
    QCOMPARE(scaled.instanceLoss, even.instanceLoss);
    QCOMPARE(scaled.gradNorm, even.gradNorm);
    QVERIFY(heavy.instanceLoss != even.instanceLoss && heavy.priorLoss != even.priorLoss);
    // A step of two samples is one of each: 3/4 · 2 of one and 1/4 · 2 of the other, and the other way round.
    QVERIFY(relative((heavy.instanceLoss + light.instanceLoss) / 2, even.instanceLoss) < 1e-5);
    QVERIFY(relative((heavy.priorLoss + light.priorLoss) / 2, even.priorLoss) < 1e-5);
    QVERIFY(steps(1, 1, 3, 4).back().instanceLoss != steps(1, 1, 1, 4).back().instanceLoss);
    // Alone, neither matters.
    auto plain = tinyModel(), alone = tinyModel();
    const auto usual = runTiny(quietConfig(2), plain).back();
    const auto weighed = runTiny(quietConfig(2), alone, nullptr, [](TrainingSet& set) {
      set.subjects[0].weight = 7;
      set.subjects[0].repeats = 5;
    }).back();
    QCOMPARE(weighed.instanceLoss, usual.instanceLoss);
    QCOMPARE(weighed.gradNorm, usual.gradNorm);
  }

  void validationCoversAllSubjects() {
    const auto loss = [](const std::function<void(TrainingSet&)>& change) {
      auto config = quietConfig(1);
      config.validateEvery = 1;
      auto model = tinyModel();
      return runTiny(config, model, nullptr, change).front().validationLoss;
    };
    const auto both = [&](double one, double other) {
      return loss([&](TrainingSet& set) {
        set = twoSubjects();
        set.subjects[0].weight = one;
        set.subjects[1].weight = other;
      });
    };
    const auto first = loss({});
    const auto even = both(1, 1), heavy = both(1000, 0.001);
    QVERIFY(relative(heavy, first) < 1e-4 && relative(even, first) > 1e-4);
    QVERIFY(relative((both(3, 1) + both(1, 3)) / 2, even) < 1e-5);
  }

  void aCaptionIsWhatItsPhotoIsShownUnder() {
    const auto losses = [](const std::vector<std::string>& captions, const std::string& prompt = "",
                           bool shuffle = false, std::int64_t keep = 0) {
      auto config = quietConfig(4);
      config.captionShuffle = shuffle;
      config.captionKeepTokens = keep;
      auto model = tinyModel();
      std::vector<double> all;
      for (const auto& point : runTiny(config, model, nullptr, [&](TrainingSet& set) {
             set.subjects[0].captions = captions;
             if (!prompt.empty()) set.subjects[0].instancePrompt = prompt;
           })) {
        all.push_back(point.instanceLoss);
      }
      return all;
    };
    const std::vector<std::string> own{"[V] dog", "[V1] dog", "sks dog"}, tags(3, "[V] dog, of, to, photo");
    const auto plain = losses({});
    QVERIFY(losses(own) != plain);
    const auto named = losses({}, "sks dog"), captioned = losses(own);
    for (std::size_t i = 0; i < named.size(); ++i) QVERIFY(relative(captioned[i], named[i]) < 1e-4);
    // Shuffled tags are another text at each draw; kept ones are not.
    const auto ordered = losses(tags), shuffled = losses(tags, "", true), kept = losses(tags, "", true, 4);
    QVERIFY(shuffled != ordered && losses(tags, "", true) == shuffled);
    for (std::size_t i = 0; i < kept.size(); ++i) QVERIFY(relative(kept[i], ordered[i]) < 1e-4);
    QVERIFY(losses(tags, "", true, 2) != shuffled);
  }

  void priorPredictionHoldsTheClassWithoutItsImages() {
    auto config = quietConfig(12);
    config.method = TrainMethod::Lora;
    config.learningRate = config.textEncoderLearningRate = 5e-3;
    config.priorPrediction = true;
    const auto noImages = [](TrainingSet& set) {
      set.subjects[0].priors.clear();
      set.subjects[0].priorOrigins.clear();
    };
    auto model = tinyModel();
    const auto points = runTiny(config, model, nullptr, noImages);
    QCOMPARE(points.front().priorLoss, 0.0);  // a LoRA that has learnt nothing yet predicts what the base does
    QVERIFY(points.back().priorLoss > 0);
    config.priorWeight = 100;
    auto held = tinyModel();
    const auto tight = runTiny(config, held, nullptr, noImages);
    QVERIFY2(tight.back().priorLoss < points.back().priorLoss, "a larger weight holds the class closer");
  }

  void eachMethodChangesWhatIsLearnt_data() {
    QTest::addColumn<QString>("option");
    QTest::addColumn<QString>("value");
    const std::map<const char*, const char*> options{
        {"loss", "huber"},          {"snr_gamma", "1"},          {"debiased_estimation", "true"}, {"noise_offset",
                                                                                                   "0.1"},
        {"pyramid_noise_levels", "6"}, {"input_perturbation", "0.1"}, {"timestep_sampling", "logit-normal"},
        {"timestep_max", "500"},    {"timestep_min", "500"},     {"optimizer", "lion"},          {"lr_schedule", "rex"},
        {"lr_power", "3"},
        {"ema_decay", "0.9"},       {"caption_dropout", "0.5"},  {"beta1", "0.5"},               {"beta2", "0.9"}};
    for (const auto& [option, value] : options) QTest::newRow(option) << option << value;
  }
  void eachMethodChangesWhatIsLearnt() {
    QFETCH(QString, option);
    QFETCH(QString, value);
    auto config = quietConfig(4);
    if (option == "lr_power") setTrainOption(config, "lr_schedule", "polynomial").value();
    auto changed = config;
    setTrainOption(changed, option.toStdString(), value.toStdString()).value();
    auto a = tinyModel(), b = tinyModel();
    static_cast<void>(runTiny(config, a));
    static_cast<void>(runTiny(changed, b));
    const auto left = a.unet->parameters(), right = b.unet->parameters();
    QVERIFY(!left.front().equal(right.front()));
  }

  void validationStaysThePlainSquare() {
    const auto first = [](const std::string& option, const std::string& value) {
      auto config = quietConfig(1);
      config.validateEvery = 1;
      if (!option.empty()) setTrainOption(config, option, value).value();
      auto model = tinyModel();
      return runTiny(config, model).front().validationLoss;
    };
    const auto plain = first("", "");
    QVERIFY(plain > 0);
    for (const auto& [option, value] : std::map<std::string, std::string>{
             {"loss", "huber"}, {"snr_gamma", "5"}, {"noise_offset", "0.5"}, {"timestep_max", "10"}}) {
      QCOMPARE(first(option, value), plain);
    }
  }

  void refusesAnEmptyRangeOfTimesteps() {
    auto config = quietConfig(1);
    config.timestepMin = 500;
    config.timestepMax = 500;
    TrainJob job;
    job.config = config;
    job.set = tinyTrainingSet();
    QVERIFY(!checkTrainJob(tinyModel(), job).ok());
    job.config.timestepMax = 1001;
    QVERIFY(!checkTrainJob(tinyModel(), job).ok());
    job.config.timestepMax = 501;
    QVERIFY(checkTrainJob(tinyModel(), job).ok());
  }

  void prodigysRateIsSpokenOf() {
    TrainConfig config;
    config.optimizer = OptimizerKind::Prodigy;
    QVERIFY(!learningRateAdvice(1000, config).empty());
    config.learningRate = config.textEncoderLearningRate = 1;
    QVERIFY(learningRateAdvice(1'000'000'000, config).empty());
  }
};

int runMethodTests(int argc, char** argv) {
  TestMethods test;
  return QTest::qExec(&test, argc, argv);
}
#include "test_methods.moc"
