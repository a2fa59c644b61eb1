// A run that is interrupted, however it is, ends as the unbroken one does, bit by bit.
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>
#include <cmath>
#include <limits>
#include <random>

#include "core/train/run_recorder.h"
#include "tests/numerics/train_fixture.h"

using namespace likeness;
namespace fs = std::filesystem;

namespace {

TrainConfig crowdedConfig() {
  TrainConfig config;
  config.steps = 12;
  config.seed = 5;
  config.batchSize = 1;
  config.gradientAccumulation = 2;
  config.learningRate = 1e-3;
  config.textEncoderLearningRate = 1e-3;
  config.textEncoderStopStep = 7;
  config.lrSchedule = LrScheduleKind::Cosine;
  config.lrWarmupSteps = 3;
  config.checkpointEvery = 3;
  config.keepCheckpoints = 100;
  config.validateEvery = 4;
  config.previewEvery = 6;
  return config;
}

TrainJob jobIn(const fs::path& run, const TrainConfig& config) {
  TrainJob job;
  job.config = config;
  job.set = tinyTrainingSet();
  job.runFolder = run;
  job.modelIdentity = "tiny";
  return job;
}

Result<TrainOutcome> runJob(const TrainJob& job, TrainObserver& observer, const std::string& name = "model") {
  auto model = tinyModel(name);
  JobControl control;
  return train(model, job, control, observer);
}

// A run with each optimizer, the average, and everything that is drawn.
TrainConfig methodConfig(OptimizerKind optimizer) {
  auto config = crowdedConfig();
  config.optimizer = optimizer;
  if (optimizer == OptimizerKind::Prodigy) config.learningRate = config.textEncoderLearningRate = 1;
  if (optimizer == OptimizerKind::Sgd) config.learningRate = config.textEncoderLearningRate = 1e-2;
  config.emaDecay = 0.8;
  config.gradientCheckpointing = true;
  config.loss = LossKind::Huber;
  config.snrGamma = 5;
  config.noiseOffset = 0.1;
  config.pyramidNoiseLevels = 6;
  config.inputPerturbation = 0.1;
  config.timestepSampling = TimestepSampling::Stratified;
  config.captionDropout = 0.3;
  config.lrSchedule = LrScheduleKind::CosineRestarts;
  config.lrCycles = 2;
  config.resolution = 16;
  return config;
}

// What one process of the kill test does: goes on with the newest checkpoint, says when it begins.
struct ChildObserver : TrainObserver {
  void onStart(std::int64_t) override {
    std::puts("started");
    std::fflush(stdout);
  }
};

TrainConfig killConfig() {
  auto config = crowdedConfig();
  config.steps = 40;
  config.checkpointEvery = 2;
  config.keepCheckpoints = 2;
  config.validateEvery = 6;
  config.previewEvery = 0;
  return config;
}

int runChild(const fs::path& run) {
  at::set_num_threads(1);
  auto job = jobIn(run, killConfig());
  const auto checkpoints = listCheckpoints(run);
  if (!checkpoints.empty()) job.resumeFrom = checkpoints.back().folder;
  ChildObserver quiet;
  RunRecorder recorder(run, job.config, quiet);
  return runJob(job, recorder).ok() ? 0 : 1;
}

class NaNDraws : public CounterDraws {
 public:
  using CounterDraws::CounterDraws;
  TrainingDraw draw(std::int64_t step, std::int64_t item, bool prior, const DrawSpace& space) override {
    auto draw = CounterDraws::draw(step, item, prior, space);
    if (step == 7) draw.noise[0][0][0] = std::numeric_limits<float>::quiet_NaN();
    return draw;
  }
};

}  // namespace

class TestResume : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void initTestCase() {
    at::set_num_threads(1);  // so small a model only waits for its threads
    m_root = m_folder.path().toStdString();
  }

  void fromAnyCheckpoint_data() {
    QTest::addColumn<int>("precision");
    QTest::addColumn<int>("threads");
    QTest::addColumn<QString>("name");
    QTest::newRow("fp32") << static_cast<int>(Precision::Fp32) << 1 << "model";
    QTest::newRow("bf16") << static_cast<int>(Precision::Bf16) << 1 << "model";
    QTest::newRow("two threads") << static_cast<int>(Precision::Fp32) << 2 << "model";
    QTest::newRow("xl") << static_cast<int>(Precision::Fp32) << 1 << "xl";
    QTest::newRow("xl bf16") << static_cast<int>(Precision::Bf16) << 1 << "xl";
    QTest::newRow("inpainting") << static_cast<int>(Precision::Fp32) << 1 << "inpaint";
    QTest::newRow("xl inpainting") << static_cast<int>(Precision::Fp32) << 1 << "../sample/xl_inpaint";
  }
  void fromAnyCheckpoint() {
    QFETCH(int, precision);
    QFETCH(int, threads);
    QFETCH(QString, name);
    const auto model = name.toStdString();
    auto config = crowdedConfig();
    config.precision = static_cast<Precision>(precision);
    if (threads > 1) {  // barriers make it slow where other programs run beside it
      config.steps = 5;
      config.previewEvery = 5;
    }
    config.resolution = 16;  // the pictures' own
    const std::string tag = QTest::currentDataTag();
    const auto whole = m_root / ("whole" + tag);
    RecordingObserver unbroken;
    at::set_num_threads(threads);
    const auto end = runJob(jobIn(whole, config), unbroken, model).value();
    QCOMPARE(end.lastStep, config.steps);
    QCOMPARE(fs::exists(end.checkpoint.folder / "text_encoder_2.safetensors"), name.contains("xl"));
    const auto expected = checkpointHash(end.checkpoint.folder);
    QCOMPARE(unbroken.previews.size(), static_cast<std::size_t>(1 + config.steps / config.previewEvery));
    at::set_num_threads(1);  // the run's own number of threads is to be kept
    for (const std::int64_t step : {3, 9}) {  // the text encoder stops at 7
      if (step >= config.steps) break;
      auto job = jobIn(m_root / ("from" + std::to_string(step) + "-" + tag), config);
      job.resumeFrom = checkpointFolder(whole, step);
      RecordingObserver observer;
      const auto resumed = runJob(job, observer, model).value();
      QCOMPARE(resumed.firstStep, step);
      QCOMPARE(checkpointHash(resumed.checkpoint.folder), expected);
      QVERIFY(observer.noticed("resuming"));
      QCOMPARE(observer.noticed("threads"), threads != 1);
      QCOMPARE(at::get_num_threads(), 1);
      for (const auto& point : observer.points) {
        const auto& same = unbroken.points[static_cast<std::size_t>(point.step)];
        QCOMPARE(point.step, same.step);
        QCOMPARE(point.instanceLoss, same.instanceLoss);
        QCOMPARE(point.gradNorm, same.gradNorm);
        QVERIFY(point.validationLoss == same.validationLoss || std::isnan(same.validationLoss));
      }
    }
  }

  void severalSubjectsGoOnFromAnyCheckpoint() {
    auto config = crowdedConfig();
    config.captionMode = CaptionMode::Files;
    config.captionShuffle = true;
    const auto job = [&](const std::string& name) {
      auto made = jobIn(m_root / name, config);
      made.set = twoSubjects();
      made.set.subjects[1].weight = 3;
      made.set.subjects[1].repeats = 2;
      made.set.subjects[1].captions = {"[V] cat, dog, to, of, photo", "", "[V2] cat", "a photo of a cat"};
      return made;
    };
    RecordingObserver unbroken, observer;
    const auto end = runJob(job("subjects"), unbroken).value();
    const auto expected = checkpointHash(end.checkpoint.folder);
    QCOMPARE(unbroken.previews.size(), std::size_t{2 * 3});  // of each subject
    QCOMPARE(unbroken.previews[1].prompt, std::string("a photo of zwx cat"));
    for (const std::int64_t step : {3, 9}) {  // the text encoder stops at 7
      auto resumed = job("subjects-from" + std::to_string(step));
      resumed.resumeFrom = checkpointFolder(m_root / "subjects", step);
      QCOMPARE(checkpointHash(runJob(resumed, observer).value().checkpoint.folder), expected);
    }
    auto other = job("subjects-other");
    other.resumeFrom = end.checkpoint.folder;
    other.set.subjects[1].classPrompt = "a photo of a lion";
    QCOMPARE(runJob(other, observer).error().code, ErrorCode::InvalidArgument);
    other.set.subjects.pop_back();
    const auto fewer = runJob(other, observer).error();
    QVERIFY2(fewer.message.find("2 subjects, not 1") != std::string::npos, fewer.message.c_str());
  }

  // accelerate #2016, sd-scripts #141, #1559, #2248: what a resumed run forgets of its optimizer, average and noise.
  void withEveryOptimizerAndTheAverage_data() {
    QTest::addColumn<int>("optimizer");
    QTest::newRow("adamw") << int(OptimizerKind::AdamW);
    QTest::newRow("adamw8bit") << int(OptimizerKind::AdamW8bit);
    QTest::newRow("sgd") << int(OptimizerKind::Sgd);
    QTest::newRow("lion") << int(OptimizerKind::Lion);
    QTest::newRow("adafactor") << int(OptimizerKind::Adafactor);
    QTest::newRow("prodigy") << int(OptimizerKind::Prodigy);
  }
  void withEveryOptimizerAndTheAverage() {
    QFETCH(int, optimizer);
    const auto config = methodConfig(static_cast<OptimizerKind>(optimizer));
    const std::string tag = QTest::currentDataTag();
    RecordingObserver unbroken, observer;
    const auto end = runJob(jobIn(m_root / ("method-" + tag), config), unbroken).value();
    const auto expected = checkpointHash(end.checkpoint.folder);
    QVERIFY(fs::exists(averageFile(end.checkpoint.folder)));
    for (const std::int64_t step : {3, 9}) {
      auto job = jobIn(m_root / ("method-from" + std::to_string(step) + "-" + tag), config);
      job.resumeFrom = checkpointFolder(m_root / ("method-" + tag), step);
      QCOMPARE(checkpointHash(runJob(job, observer).value().checkpoint.folder), expected);
    }
  }

  // diffusers #806, #5783: an average that is never stepped, or not put back.
  void theAverageIsForPicturesOnly() {
    auto config = crowdedConfig();
    config.emaDecay = 0.9;
    RecordingObserver observer, plainObserver;
    auto model = tinyModel();
    JobControl control;
    const auto end = train(model, jobIn(m_root / "average", config), control, observer).value();
    config.emaDecay = 0;
    const auto plain = runJob(jobIn(m_root / "no-average", config), plainObserver).value();
    // What is trained is the same to the bit, and losses too: it was put back after each look.
    for (const char* file : {"unet.safetensors", "text_encoder.safetensors", "optimizer.safetensors"}) {
      QCOMPARE(sha256OfFile(end.checkpoint.folder / file).value(),
               sha256OfFile(plain.checkpoint.folder / file).value());
    }
    // What is shown is not: previews after the first steps, validation, and the weights for pictures.
    QVERIFY(observer.previews.front().image->rgb == plainObserver.previews.front().image->rgb);
    QVERIFY(observer.previews.back().image->rgb != plainObserver.previews.back().image->rgb);
    QVERIFY(observer.points.back().validationLoss != plainObserver.points.back().validationLoss);
    auto pictures = tinyModel(), training = tinyModel();
    QVERIFY(loadTrainedWeights(pictures, end.checkpoint.folder).ok());
    QVERIFY(loadTrainedWeights(training, end.checkpoint.folder, LoraMode::Live, WeightsFor::Training).ok());
    const auto shown = pictures.unet->named_parameters(), trained = training.unet->named_parameters();
    for (const auto& entry : model.unet->named_parameters()) {
      QVERIFY2(entry.value().equal(shown[entry.key()]), entry.key().c_str());
    }
    QVERIFY(!shown["conv_in.weight"].equal(trained["conv_in.weight"]));
    // At a step where the text encoder still learns its used tokens' rows are averaged too.
    auto early = tinyModel(), earlyTraining = tinyModel();
    const auto third = checkpointFolder(m_root / "average", 3);
    QVERIFY(loadTrainedWeights(early, third).ok());
    QVERIFY(loadTrainedWeights(earlyTraining, third, LoraMode::Live, WeightsFor::Training).ok());
    const auto tokens = [](const StableDiffusion& of) {
      return of.textEncoder->named_parameters()["embeddings.token_embedding.weight"];
    };
    QVERIFY(!tokens(early).equal(tokens(earlyTraining)));
  }

  void lookingDoesNotDisturb() {
    auto config = crowdedConfig();
    RecordingObserver loud, quiet;
    const auto a = runJob(jobIn(m_root / "loud", config), loud).value();
    config.validateEvery = config.previewEvery = config.checkpointEvery = 0;
    const auto b = runJob(jobIn(m_root / "quiet", config), quiet).value();
    QCOMPARE(checkpointHash(a.checkpoint.folder), checkpointHash(b.checkpoint.folder));
    QCOMPARE(quiet.checkpoints.size(), std::size_t{1});
  }

  void aStopLeavesACheckpointToGoOnFrom() {
    const auto config = crowdedConfig();
    RecordingObserver unbroken;
    const auto expected = checkpointHash(runJob(jobIn(m_root / "unbroken", config), unbroken).value().checkpoint.folder);
    const auto run = m_root / "stopped";
    auto model = tinyModel();
    JobControl control;
    RecordingObserver observer;
    observer.afterStep = [&](std::int64_t step) {
      if (step == 5) control.requestStop();
    };
    const auto stopped = train(model, jobIn(run, config), control, observer);
    QCOMPARE(stopped.error().code, ErrorCode::Cancelled);
    QVERIFY(stopped.error().message.find("step 5 of 12") != std::string::npos);
    QCOMPARE(listCheckpoints(run).back().step, std::int64_t{5});
    for (const auto& parameter : model.unet->parameters()) QVERIFY(!parameter.requires_grad());
    auto job = jobIn(run, config);
    job.resumeFrom = listCheckpoints(run).back().folder;
    QCOMPARE(checkpointHash(runJob(job, observer).value().checkpoint.folder), expected);
  }

  void requestsAreHonouredAtTheNextStep() {
    auto config = crowdedConfig();
    config.checkpointEvery = config.previewEvery = config.validateEvery = 0;
    auto model = tinyModel();
    JobControl control;
    RecordingObserver observer;
    observer.afterStep = [&](std::int64_t step) {
      if (step == 4) control.ask(JobRequest::Checkpoint), control.ask(JobRequest::Preview);
    };
    QVERIFY(train(model, jobIn(m_root / "asked", config), control, observer).ok());
    QCOMPARE(observer.checkpoints.front().step, std::int64_t{5});
    QCOMPARE(observer.previews.size(), std::size_t{1});
    QCOMPARE(observer.previews.front().step, std::int64_t{4});
  }

  void notANumberStopsAndKeepsTheLastCheckpoint() {
    const auto config = crowdedConfig();
    auto model = tinyModel();
    JobControl control;
    RecordingObserver observer;
    NaNDraws draws(config.seed);
    auto job = jobIn(m_root / "nan", config);
    job.draws = &draws;
    const auto failed = train(model, job, control, observer);
    QCOMPARE(failed.error().code, ErrorCode::NotFinite);
    QVERIFY2(failed.error().message.find("step 8") != std::string::npos, failed.error().message.c_str());
    QVERIFY2(failed.error().message.find("checkpoint, of step 6") != std::string::npos, failed.error().message.c_str());
    QCOMPARE(listCheckpoints(job.runFolder).back().step, std::int64_t{6});
    for (const auto& parameter : model.unet->parameters()) QVERIFY(at::isfinite(parameter).all().item<bool>());
  }

  void nothingLeftToTrainIsSaid() {
    auto config = crowdedConfig();
    config.steps = 3;
    config.previewEvery = 0;
    RecordingObserver observer;
    const auto done = runJob(jobIn(m_root / "done", config), observer).value();
    auto job = jobIn(m_root / "done", config);
    job.resumeFrom = done.checkpoint.folder;
    const auto again = runJob(job, observer).value();
    QCOMPARE(again.firstStep, again.lastStep);
    QVERIFY(observer.noticed("nothing_left"));
  }

  void aStrangersCheckpointIsRefused() {
    auto config = crowdedConfig();
    config.steps = 1;
    config.previewEvery = 0;
    RecordingObserver observer;
    const auto done = runJob(jobIn(m_root / "mine", config), observer).value();
    auto job = jobIn(m_root / "mine", config);
    job.resumeFrom = done.checkpoint.folder;
    job.modelIdentity = "another";
    QCOMPARE(runJob(job, observer).error().code, ErrorCode::InvalidArgument);
    job.modelIdentity = "tiny";
    job.set.subjects.front().instancePrompt = "a photo of sks cat";
    QCOMPARE(runJob(job, observer).error().code, ErrorCode::InvalidArgument);
  }

  void ratesForSmallModelsAreWarnedOfOnLargeOnes() {
    constexpr std::int64_t kSmall = 13'000'000, kSd15 = 859'520'964;
    TrainConfig config;
    QVERIFY(learningRateAdvice(kSmall, config).empty());
    QVERIFY(learningRateAdvice(kSd15, config).find("5e-6") != std::string::npos);
    config.learningRate = 5e-6;
    QVERIFY(!learningRateAdvice(kSd15, config).empty());  // the text encoder's is the default yet
    config.textEncoderLearningRate = 0;
    QVERIFY(learningRateAdvice(kSd15, config).empty());
  }

  void badJobsAreOneSentence() {
    RecordingObserver observer;
    auto job = jobIn(m_root / "bad", crowdedConfig());
    job.set.subjects.front().instances.clear();
    QCOMPARE(runJob(job, observer).error().code, ErrorCode::InvalidArgument);
    job = jobIn(m_root / "bad", crowdedConfig());
    job.set.subjects.front().priors.clear();
    QVERIFY(runJob(job, observer).error().message.find("prior_weight") != std::string::npos);
    job = jobIn(m_root / "bad", crowdedConfig());
    job.config.resolution = 17;
    QVERIFY(runJob(job, observer).error().message.find("multiple of") != std::string::npos);
    job = jobIn(m_root / "bad", crowdedConfig());
    job.set = twoSubjects();
    job.set.subjects[1].instances.clear();
    QVERIFY(runJob(job, observer).error().message.find("zwx cat") != std::string::npos);
    job.set.subjects[1] = job.set.subjects[0];
    QVERIFY(runJob(job, observer).error().message.find("Two subjects") != std::string::npos);
    job.set = twoSubjects();
    job.config.previewPrompts = {"[V] and [V3]"};
    QVERIFY(runJob(job, observer).error().message.find("[V3]") != std::string::npos);
    job.config = crowdedConfig();
    job.config.priorPrediction = true;
    QVERIFY(runJob(job, observer).error().message.find("method to lora") != std::string::npos);
    QVERIFY(!fs::exists(m_root / "bad"));
  }

  void killedAtRandomMoments() {
    const auto whole = m_root / "kill-whole", broken = m_root / "kill-broken";
    QCOMPARE(QProcess::execute(QString::fromStdString(m_self), {"--child", QString::fromStdString(whole.string())}), 0);
    const auto expected = checkpointHash(checkpointFolder(whole, killConfig().steps));
    std::mt19937 random(std::random_device{}());
    int kills = 0;
    for (int attempt = 0; attempt < 6; ++attempt) {
      QProcess child;
      child.start(QString::fromStdString(m_self), {"--child", QString::fromStdString(broken.string())});
      QVERIFY(child.waitForReadyRead(60'000));
      const auto wait = static_cast<int>(random() % 400);
      if (!child.waitForFinished(wait)) {
        child.kill();
        ++kills;
        child.waitForFinished();
      }
    }
    QVERIFY(kills > 0);
    QCOMPARE(QProcess::execute(QString::fromStdString(m_self), {"--child", QString::fromStdString(broken.string())}), 0);
    QCOMPARE(checkpointHash(checkpointFolder(broken, killConfig().steps)), expected);
    const auto left = readMetrics(metricsFile(broken)).value(), right = readMetrics(metricsFile(whole)).value();
    QCOMPARE(left.size(), right.size());
    for (std::size_t i = 0; i < left.size(); ++i) {
      QCOMPARE(left[i].step, right[i].step);
      if (left[i].step > 0) QCOMPARE(left[i].instanceLoss, right[i].instanceLoss);
    }
    qInfo("%d kills, the same weights and the same record", kills);
  }

 public:
  std::string m_self;

 private:
  QTemporaryDir m_folder;
  fs::path m_root;
};

int main(int argc, char** argv) {
  if (argc == 3 && std::string(argv[1]) == "--child") return runChild(argv[2]);
  TestResume test;
  test.m_self = fs::canonical("/proc/self/exe").string();
  return QTest::qExec(&test, argc, argv);
}
#include "test_resume.moc"
