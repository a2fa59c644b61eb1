#include <QTemporaryDir>
#include <QTest>
#include <cmath>
#include <fstream>
#include <limits>

#include "core/train/run_recorder.h"
#include "core/weights/diffusers_folder.h"
#include "tests/numerics/train_fixture.h"

using namespace likeness;
namespace fs = std::filesystem;

namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

CheckpointInfo write(const fs::path& run, const StableDiffusion& model, std::int64_t step, double validation) {
  CheckpointState state;
  state.step = step;
  state.config.steps = 99;
  state.config.learningRate = 1.25e-5;
  state.prompts = {{"a photo of sks dog", "a photo of a dog"}, {"a photo of zwx cat", "a photo of a cat"}};
  state.validationLoss = validation;
  state.textEncoder = true;
  state.threads = 2;
  return writeCheckpoint(run, model, {{"unet.x.exp_avg", torch::ones({2})}}, state).value();
}

std::vector<std::int64_t> steps(const fs::path& run) {
  std::vector<std::int64_t> found;
  for (const auto& info : listCheckpoints(run)) found.push_back(info.step);
  return found;
}

}  // namespace

class TestCheckpoints : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void init() {
    m_folder = std::make_unique<QTemporaryDir>();
    m_run = m_folder->path().toStdString();
  }

  void stateSurvives() {
    const auto model = tinyModel();
    const auto info = write(m_run, model, 12, 0.25);
    QCOMPARE(info.step, std::int64_t{12});
    QVERIFY(info.best);
    const auto state = readCheckpointState(info.folder).value();
    QCOMPARE(state.step, std::int64_t{12});
    QCOMPARE(state.config.steps, std::int64_t{99});
    QCOMPARE(state.config.learningRate, 1.25e-5);
    QCOMPARE(state.validationLoss, 0.25);
    QCOMPARE(state.prompts.size(), std::size_t{2});
    QCOMPARE(state.prompts.front().instance, std::string("a photo of sks dog"));
    QCOMPARE(state.prompts.back().classes, std::string("a photo of a cat"));
    QCOMPARE(state.threads, 2);
    QVERIFY(std::isnan(readCheckpointState(write(m_run, model, 13, kNaN).folder).value().validationLoss));
  }

  void weightsComeBack() {
    auto model = tinyModel(), fresh = tinyModel();
    const torch::NoGradGuard noGrad;
    for (auto& parameter : model.unet->parameters()) parameter.add_(0.5);
    for (auto& parameter : model.textEncoder->parameters()) parameter.add_(0.25);
    const auto info = write(m_run, model, 1, kNaN);
    QVERIFY(loadTrainedWeights(fresh, info.folder).ok());
    const auto ours = stateDict(*fresh.unet), theirs = stateDict(*model.unet);
    for (std::size_t i = 0; i < ours.size(); ++i) QVERIFY(ours[i].second.equal(theirs[i].second));
    QVERIFY(stateDict(*fresh.textEncoder)[0].second.equal(stateDict(*model.textEncoder)[0].second));
  }

  void keepsTheNewestAndTheBest() {
    const auto model = tinyModel();
    const double validation[] = {0.5, 0.2, 0.4, 0.3, 0.35};
    for (int i = 0; i < 5; ++i) {
      static_cast<void>(write(m_run, model, 10 * (i + 1), validation[i]));
      pruneCheckpoints(m_run, 2);
    }
    QCOMPARE(steps(m_run), (std::vector<std::int64_t>{20, 40, 50}));
    for (const auto& info : listCheckpoints(m_run)) QCOMPARE(info.best, info.step == 20);
    pruneCheckpoints(m_run, 0);  // the newest always stays
    QCOMPARE(steps(m_run), (std::vector<std::int64_t>{20, 50}));
  }

  void newestIsBestWhenNoneWasValidated() {
    const auto model = tinyModel();
    static_cast<void>(write(m_run, model, 1, kNaN));
    static_cast<void>(write(m_run, model, 2, kNaN));
    QVERIFY(listCheckpoints(m_run).back().best && !listCheckpoints(m_run).front().best);
  }

  void oneOfTheSameStepIsReplaced() {
    const auto model = tinyModel();
    static_cast<void>(write(m_run, model, 1, 0.5));
    QCOMPARE(write(m_run, model, 1, 0.25).validationLoss, 0.25);
  }

  void halfDeletedAndHalfWrittenOnesAreNotListed() {
    const auto model = tinyModel();
    const auto kept = write(m_run, model, 1, kNaN), broken = write(m_run, model, 2, kNaN);
    fs::remove(broken.folder / "state.json");
    fs::create_directories(checkpointsFolder(m_run) / ".step-3.999999-0.tmp");
    fs::create_directories(checkpointsFolder(m_run) / "step-x");
    QCOMPARE(steps(m_run), (std::vector<std::int64_t>{1}));
    cleanCheckpoints(m_run);
    QVERIFY(!fs::exists(broken.folder));
    QVERIFY(fs::exists(kept.folder));
    QVERIFY(!fs::exists(checkpointsFolder(m_run) / ".step-3.999999-0.tmp"));
  }

  void badCheckpointsAreOneSentence() {
    const auto model = tinyModel();
    auto fresh = tinyModel();
    QCOMPARE(readCheckpointState(fs::path(m_run) / "no").error().code, ErrorCode::NotFound);
    const auto info = write(m_run, model, 1, kNaN);
    fs::resize_file(info.folder / "unet.safetensors", 1000);
    const auto cut = loadTrainedWeights(fresh, info.folder);
    QVERIFY(!cut.ok());
    QCOMPARE(cut.error().code, ErrorCode::Corrupt);
    QVERIFY(cut.error().message.find("unet.safetensors") != std::string::npos);
    std::ofstream(info.folder / "state.json") << R"({"version": 99, "step": 1, "config": {}})";
    QCOMPARE(readCheckpointState(info.folder).error().code, ErrorCode::NewerVersion);
    std::ofstream(info.folder / "state.json") << "{";
    QCOMPARE(readCheckpointState(info.folder).error().code, ErrorCode::Corrupt);
  }

  void recorderWritesAndGoesOn() {
    RecordingObserver next;
    MetricPoint point;
    const auto image = std::make_shared<Image>(Image{2, 2, std::vector<std::uint8_t>(12, 9)});
    {
      RunRecorder recorder(m_run, TrainConfig{}, next);
      recorder.onStart(0);
      for (point.step = 0; point.step <= 6; ++point.step) {
        recorder.onMetrics(point);
        recorder.onPreview({"", point.step, 0, "a prompt", image});
      }
    }
    {
      RunRecorder recorder(m_run, TrainConfig{}, next);
      recorder.onStart(4);
      point.step = 5;
      recorder.onMetrics(point);
    }
    const auto points = readMetrics(metricsFile(m_run)).value();
    QCOMPARE(points.size(), std::size_t{6});
    QCOMPARE(points.back().step, std::int64_t{5});
    const auto previews = listPreviews(m_run);
    QCOMPARE(previews.size(), std::size_t{5});
    QCOMPARE(previews.back().step, std::int64_t{4});
    QCOMPARE(next.points.size(), std::size_t{8});
    {
      RunRecorder recorder(m_run, TrainConfig{}, next);
      recorder.onStart(0);
    }
    QVERIFY(readMetrics(metricsFile(m_run)).value().empty());
  }

 private:
  std::unique_ptr<QTemporaryDir> m_folder;
  fs::path m_run;
};

int runCheckpointTests(int argc, char** argv) {
  TestCheckpoints test;
  return QTest::qExec(&test, argc, argv);
}
#include "test_checkpoints.moc"
