// When memory runs out: what is offered, and how a run goes on.
#include <QTemporaryDir>
#include <QTest>
#include <new>

#include "core/base/atomic_file.h"
#include "core/metrics/jsonl_log.h"
#include "core/train/memory_changes.h"
#include "core/train/run_recorder.h"
#include "tests/numerics/train_fixture.h"

using namespace likeness;
namespace fs = std::filesystem;

namespace {

TrainConfig shortConfig() {
  TrainConfig config;
  config.steps = 3;
  config.seed = 3;
  config.batchSize = 2;
  config.precision = Precision::Fp32;
  config.learningRate = config.textEncoderLearningRate = 1e-3;
  config.checkpointEvery = 2;
  config.validateEvery = 3;
  config.previewEvery = 0;
  return config;
}

// Runs out of memory `times` times when the second sample of a step is drawn: after the first micro-batch's backward
// pass, where there are several.
class ScarceDraws : public CounterDraws {
 public:
  ScarceDraws(const TrainConfig& config, std::int64_t step, int times)
      : CounterDraws(config), m_step(step), m_times(times) {}
  TrainingDraw draw(std::int64_t step, std::int64_t item, bool prior, const DrawSpace& space) override {
    if (step == m_step && item == 1 && m_times > 0) {
      if (--m_times % 2 == 0) throw std::bad_alloc();
      TORCH_CHECK(false, "DefaultCPUAllocator: not enough memory: you tried to allocate 9 bytes.");
    }
    return CounterDraws::draw(step, item, prior, space);
  }

 private:
  std::int64_t m_step;
  int m_times;
};

bool contains(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

// Takes `base` bytes, less what each option saves.
TrainingPlan madeUpPlan(const TrainConfig& config) {
  TrainingPlan plan;
  plan.total = config.method == TrainMethod::Lora ? 40 : 100;
  if (!config.gradientCheckpointing) plan.total += 10;
  plan.total += 5 * static_cast<std::uint64_t>(config.batchSize);
  if (config.optimizer == OptimizerKind::AdamW8bit && config.method == TrainMethod::Full) plan.total -= 30;
  if (config.resolution == 256) plan.total -= 12;
  return plan;
}

std::vector<FittingOptions> offersWithin(std::uint64_t available) {
  TrainConfig config;
  config.batchSize = 1;
  config.resolution = 512;
  return nearestThatFit(config, {512, 64, 256}, [=](const TrainConfig& changed) {
    auto plan = madeUpPlan(changed);
    plan.available = available;
    return plan;
  });
}

}  // namespace

class TestLessMemory : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void initTestCase() {
    at::set_num_threads(1);
    m_root = m_folder.path().toStdString();
  }

  void offersTheNearestThatFits() {
    // 115 as it is. The table's first row is enough for 105; others that do it alone follow.
    const auto first = offersWithin(105);
    QCOMPARE(settingsText(first.at(0).settings), std::string("--set gradient_checkpointing=true"));
    QCOMPARE(first[0].total, std::uint64_t(105));
    QCOMPARE(settingsText(first.at(1).settings), std::string("--set optimizer=adamw8bit"));
    // 80: checkpointing and the small optimizer together; a LoRA alone.
    const auto both = offersWithin(80);
    QCOMPARE(settingsText(both.at(0).settings), std::string("--set gradient_checkpointing=true --set optimizer=adamw8bit"));
    QCOMPARE(settingsText(both.at(1).settings), std::string("--set method=lora"));
    // 85: the small optimizer alone, though checkpointing stands above it.
    QCOMPARE(settingsText(offersWithin(85).at(0).settings), std::string("--set optimizer=adamw8bit"));
    QVERIFY(offersWithin(10).empty());
    const auto sentence = offersSentence(both);
    for (const char* part : {"--set optimizer=adamw8bit", "0.0 GB", "the same result, slower"}) {
      QVERIFY2(contains(sentence, part), sentence.c_str());
    }
  }

  void theTableKnowsWhatIsDoneAlready() {
    auto config = shortConfig();
    config.gradientCheckpointing = true;
    const auto changes = memoryChanges(config, {});
    QVERIFY(changes.front().sameResult);
    const auto smaller = withSettings(config, changes.front().settings);
    QCOMPARE(smaller.batchSize, std::int64_t{1});
    QCOMPARE(smaller.gradientAccumulation, std::int64_t{2});
    for (const auto& change : memoryChanges(smaller, {})) QVERIFY(!change.sameResult);
    config.method = TrainMethod::Lora;
    for (const auto& change : memoryChanges(config, {})) {
      for (const auto& [name, value] : change.settings) QVERIFY(name != "optimizer" && name != "weights_dtype");
    }
  }

  void goesOnAsWithGradientCheckpointing() {
    auto config = shortConfig();
    config.batchSize = 1;  // so that it fails after one micro-batch's gradients are there
    config.gradientAccumulation = 2;
    RecordingObserver observer, plain;
    ScarceDraws scarce(config, 2, 1);
    const auto end = run("scarce", config, observer, &scarce);
    QCOMPARE(noticesOf(observer).size(), std::size_t{1});
    QVERIFY(contains(noticesOf(observer)[0], "after step 2."));
    QVERIFY(contains(noticesOf(observer)[0], "--set gradient_checkpointing=true"));
    config.gradientCheckpointing = true;
    QCOMPARE(checkpointHash(end.checkpoint.folder), checkpointHash(run("checkpointed", config, plain).checkpoint.folder));
    QVERIFY(plain.points.back().validationLoss == observer.points.back().validationLoss);
  }

  void goesOnAsWithSmallerBatches_data() {
    QTest::addColumn<int>("method");
    QTest::newRow("full") << int(TrainMethod::Full);
    QTest::newRow("lora") << int(TrainMethod::Lora);
  }
  void goesOnAsWithSmallerBatches() {
    QFETCH(int, method);
    auto config = shortConfig();
    config.method = static_cast<TrainMethod>(method);
    const std::string tag = QTest::currentDataTag();
    RecordingObserver observer, small, resumed;
    ScarceDraws scarce(config, 0, 2);
    const auto end = run("batch-" + tag, config, observer, &scarce);
    QCOMPARE(noticesOf(observer).size(), std::size_t{2});
    QVERIFY(contains(noticesOf(observer)[1], "--set batch_size=1 --set gradient_accumulation=2"));
    const auto expected = checkpointHash(end.checkpoint.folder);
    auto job = jobIn("again-" + tag, config);  // a run that goes on remembers it
    job.resumeFrom = checkpointFolder(m_root / ("batch-" + tag), 2);
    QCOMPARE(checkpointHash(runJob(job, resumed).value().checkpoint.folder), expected);
    config.gradientCheckpointing = true;
    config.batchSize = 1;
    config.gradientAccumulation = 2;
    const auto same = run("small-" + tag, config, small);
    QCOMPARE(checkpointHash(same.checkpoint.folder), expected);
    QVERIFY(small.points.back().validationLoss == observer.points.back().validationLoss);
  }

  void stopsWhereNothingIsLeft() {
    const auto config = shortConfig();
    RecordingObserver observer;
    ScarceDraws scarce(config, 2, 100);
    auto job = jobIn("hopeless", config);
    job.draws = &scarce;
    const auto failed = runJob(job, observer);
    QCOMPARE(failed.error().code, ErrorCode::OutOfMemory);
    QVERIFY2(contains(failed.error().message, "The checkpoint of step 2 is kept."), failed.error().message.c_str());
    QCOMPARE(listCheckpoints(job.runFolder).back().step, std::int64_t{2});
    QVERIFY(contains(memoryAdvice(config), "--set optimizer=adamw8bit"));
  }

  void theRecordSaysSo() {
    const auto config = shortConfig();
    RecordingObserver observer;
    ScarceDraws scarce(config, 1, 1);
    auto job = jobIn("recorded", config);
    job.draws = &scarce;
    RunRecorder recorder(job.runFolder, config, observer);
    QVERIFY(runJob(job, recorder).ok());
    const auto text = readFile(metricsFile(job.runFolder), 1 << 20).value();
    QVERIFY2(contains(text, R"("notice":"less_memory")"), text.c_str());
    QCOMPARE(readMetrics(metricsFile(job.runFolder)).value().size(), observer.points.size());
  }

 private:
  TrainJob jobIn(const std::string& name, const TrainConfig& config) const {
    TrainJob job;
    job.config = config;
    job.set = tinyTrainingSet();
    job.runFolder = m_root / name;
    job.modelIdentity = "tiny";
    return job;
  }
  static Result<TrainOutcome> runJob(const TrainJob& job, TrainObserver& observer) {
    auto model = tinyModel();
    JobControl control;
    return train(model, job, control, observer);
  }
  TrainOutcome run(const std::string& name, const TrainConfig& config, TrainObserver& observer,
                   TrainingDraws* draws = nullptr) const {
    auto job = jobIn(name, config);
    job.draws = draws;
    return runJob(job, observer).value();
  }
  static std::vector<std::string> noticesOf(const RecordingObserver& observer) {
    std::vector<std::string> sentences;
    for (const auto& notice : observer.notices) {
      if (notice.code == "less_memory") sentences.push_back(notice.sentence);
    }
    return sentences;
  }

  QTemporaryDir m_folder;
  fs::path m_root;
};

int runLessMemoryTests(int argc, char** argv) {
  TestLessMemory test;
  return QTest::qExec(&test, argc, argv);
}

#include "test_less_memory.moc"
