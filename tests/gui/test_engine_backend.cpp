#include <QElapsedTimer>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>
#include <algorithm>
#include <filesystem>
#include <iterator>

#include "app/window/engine_backend.h"
#include "core/engine/jobs.h"
#include "tests/support/tiny_model.h"

using namespace likeness;
namespace fs = std::filesystem;

namespace {

// All events of a backend, and whether they came in the window's thread.
class Recorder : public QObject {
 public:
  explicit Recorder(Backend& backend) {
    connect(&backend, &Backend::jobEvent, this, [this](const JobEvent& event) {
      m_inThread &= QThread::currentThread() == thread();
      m_events.push_back(event);
    });
  }
  template <typename Payload>
  [[nodiscard]] std::vector<Payload> all(JobId job) const {
    std::vector<Payload> found;
    for (const auto& event : m_events) {
      if (const auto* payload = std::get_if<Payload>(&event.payload); payload != nullptr && event.job == job)
        found.push_back(*payload);
    }
    return found;
  }
  [[nodiscard]] std::size_t points(JobId job) const {
    std::size_t count = 0;
    for (const auto& batch : all<MetricBatch>(job)) count += batch.points.size();
    return count;
  }
  [[nodiscard]] bool inThread() const { return m_inThread; }
  [[nodiscard]] const JobEvent& last(JobId job) const {
    return *std::find_if(m_events.rbegin(), m_events.rend(), [&](const JobEvent& event) { return event.job == job; });
  }

 private:
  std::vector<JobEvent> m_events;
  bool m_inThread = true;
};

// The longest time that the event loop did not get to a timer of 2 ms.
class StallWatch : public QObject {
 public:
  StallWatch() {
    connect(&m_timer, &QTimer::timeout, this, [this] { m_longest = std::max(m_longest, m_clock.restart()); });
    m_timer.setTimerType(Qt::PreciseTimer);
    m_clock.start();
    m_timer.start(2);
  }
  [[nodiscard]] qint64 longest() const { return m_longest; }

 private:
  QTimer m_timer;
  QElapsedTimer m_clock;
  qint64 m_longest = 0;
};

}  // namespace

class TestEngineBackend : public QObject {
  Q_OBJECT

  QTemporaryDir m_folder;
  fs::path path(const char* name) const { return fs::path(m_folder.path().toStdString()) / name; }

  // A project of its own for each test.
  fs::path makeProject(Backend& backend, const Recorder& recorder, const char* name) {
    NewProject spec;
    spec.project = path(name);
    spec.photos = {fs::path(LIKENESS_SOURCE_DIR) / "resources/demo/photos"};
    spec.classNoun = "dog";
    spec.model = path("tiny");
    const auto job = backend.submit(spec);
    waitForEnd(recorder, job);
    return spec.project;
  }

  static Train training(const fs::path& project, const char* steps) {
    Train spec;
    spec.project = project;
    spec.overrides = {{"steps", steps},
                      {"prior_count", "2"},
                      {"preview_every", "20"},
                      {"validate_every", "10"},
                      {"checkpoint_every", "25"}};
    return spec;
  }

  static void waitForEnd(const Recorder& recorder, JobId job) {
    QTRY_VERIFY_WITH_TIMEOUT(!recorder.all<Finished>(job).empty(), 60'000);
  }

 private Q_SLOTS:
  void initTestCase() { test::writeTinyModel(path("tiny"), fs::path(LIKENESS_SOURCE_DIR) / "resources/base"); }

  void trainsWithoutStallingTheWindow() {
    EngineBackend backend(makeJobs());
    Recorder recorder(backend);
    const auto project = makeProject(backend, recorder, "stalls");
    // A machine that does other things at the same time may hold any thread back: the best of three counts.
    qint64 best = 1'000'000;
    for (int attempt = 0; attempt < 3 && best > 100; ++attempt) {
      const StallWatch watch;
      QElapsedTimer clock;
      clock.start();
      const auto job = backend.submit(training(project, "60"));
      waitForEnd(recorder, job);
      const auto seconds = static_cast<double>(clock.elapsed()) / 1000;
      best = std::min(best, watch.longest());
      const auto finished = recorder.all<Finished>(job);
      QVERIFY2(finished.at(0).outcome == Outcome::Succeeded,
               finished.at(0).error ? finished.at(0).error->message.c_str() : "");
      std::int64_t step = 0;
      for (const auto& batch : recorder.all<MetricBatch>(job)) {
        for (const auto& point : batch.points) {
          QVERIFY(point.step >= step);
          step = point.step;
        }
      }
      QCOMPARE(step, 60);
      QVERIFY(static_cast<double>(recorder.all<MetricBatch>(job).size()) <= seconds * 10 + 10);
      QVERIFY(!recorder.all<Preview>(job).empty());
      QVERIFY(recorder.all<CheckpointSaved>(job).size() >= 3);
      QVERIFY(std::holds_alternative<Finished>(recorder.last(job).payload));
    }
    QVERIFY(recorder.inThread());
    QVERIFY2(best <= 100, ("the event loop stalled for " + std::to_string(best) + " ms").c_str());
    qInfo("longest stall: %lld ms", static_cast<long long>(best));
  }

  void pausesResumesAndEditsMeanwhile() {
    EngineBackend backend(makeJobs({1}));
    Recorder recorder(backend);
    const auto project = makeProject(backend, recorder, "pauses");
    const auto job = backend.submit(training(project, "1000000"));
    QTRY_VERIFY_WITH_TIMEOUT(recorder.points(job) > 3, 60'000);
    backend.pause(job);
    QTest::qWait(300);
    const auto before = recorder.points(job);
    QTest::qWait(300);
    QCOMPARE(recorder.points(job), before);
    const auto edit = backend.submit(SetTrainOptions{project, {{"steps", "77"}}});
    waitForEnd(recorder, edit);
    QCOMPARE(recorder.all<ProjectChanged>(edit).at(0).project.train.steps, 77);
    QCOMPARE(recorder.all<ProjectChanged>(edit).at(0).project.runs.back().state, RunState::Running);
    const auto crop = backend.submit(RenderCrop{project, project / "photos" / "00.jpg", {0.5, 0.5, 0.5, 1}});
    waitForEnd(recorder, crop);
    QCOMPARE(recorder.all<CropRendered>(crop).at(0).image->width, 32);
    backend.resume(job);
    QTRY_VERIFY_WITH_TIMEOUT(recorder.points(job) > before + 3, 20'000);
    backend.cancel(job);
    waitForEnd(recorder, job);
    QVERIFY(recorder.all<Finished>(job).at(0).outcome == Outcome::Cancelled);
  }

  void closesInTheMiddleOfAJob() {
    fs::path project;
    {
      EngineBackend backend(makeJobs({1}));
      Recorder recorder(backend);
      project = makeProject(backend, recorder, "closes");
      const auto job = backend.submit(training(project, "1000000"));
      const auto waiting = backend.submit(MakePriors{project, {}, false});
      QTRY_VERIFY_WITH_TIMEOUT(recorder.points(job) > 3, 60'000);
      QElapsedTimer clock;
      clock.start();
      backend.shutdown();
      QVERIFY2(clock.elapsed() < 10'000, std::to_string(clock.elapsed()).c_str());
      for (const auto id : {job, waiting}) {
        QCOMPARE(recorder.all<Finished>(id).size(), 1u);
        QVERIFY(recorder.all<Finished>(id).at(0).outcome == Outcome::Cancelled);
        QVERIFY(std::holds_alternative<Finished>(recorder.last(id).payload));
      }
      QCOMPARE(backend.submit(OpenProject{project}), JobId{0});
    }
    for (const auto& entry : fs::recursive_directory_iterator(project)) QVERIFY(entry.path().extension() != ".tmp");

    EngineBackend backend(makeJobs({1}));
    Recorder recorder(backend);
    const auto opened = backend.submit(OpenProject{project});
    waitForEnd(recorder, opened);
    const auto run = recorder.all<ProjectChanged>(opened).at(0).project.runs.back();
    QCOMPARE(run.state, RunState::Stopped);
    QVERIFY(!run.checkpoints.empty());
    const auto loaded = backend.submit(LoadRun{project, run.id});
    waitForEnd(recorder, loaded);
    QVERIFY(recorder.points(loaded) > 3);
  }

  void picturesAreSeenInTheMakingMarkedRemovedAndBroughtBack() {
    EngineBackend backend(makeJobs({1}));
    Recorder recorder(backend);
    const auto project = makeProject(backend, recorder, "pictures");
    Sample spec;
    spec.project = project;
    spec.prompt = "a [V] dog";
    spec.weights = WhichWeights::Base;
    spec.steps = 3;
    spec.count = 2;
    const auto made = backend.submit(spec);
    waitForEnd(recorder, made);
    const auto files = recorder.all<Finished>(made).at(0).made;
    QCOMPARE(files.size(), 2u);
    const auto progress = recorder.all<PictureProgress>(made);
    const auto rough = std::find_if(progress.begin(), progress.end(), [](const auto& e) { return !e.rough.empty(); });
    QVERIFY(rough != progress.end());
    QVERIFY(rough->rough.front()->width > 1 && rough->rough.front()->width < 32);

    const auto marked = backend.submit(MarkPictures{project, {files[1]}, true});
    waitForEnd(recorder, marked);
    const auto starred = recorder.all<ProjectChanged>(marked).at(0).project.pictures;
    for (const auto& picture : starred) {
      QCOMPARE(picture.favourite, picture.file == files[1]);
    }
    const auto removed = backend.submit(RemovePictures{project, {files[1]}, false});
    waitForEnd(recorder, removed);
    QCOMPARE(recorder.all<ProjectChanged>(removed).at(0).project.pictures.size(), 1u);
    QVERIFY(!fs::exists(files[1]));
    const auto lies = recorder.all<Finished>(removed).at(0).made;
    QCOMPARE(lies.size(), 1u);
    const auto back = backend.submit(RemovePictures{project, lies, true});
    waitForEnd(recorder, back);
    const auto pictures = recorder.all<ProjectChanged>(back).at(0).project.pictures;
    QCOMPARE(pictures.size(), 2u);
    QVERIFY(std::any_of(pictures.begin(), pictures.end(), [&](const PictureInfo& picture) {
      return picture.file == files[1] && picture.favourite && picture.recipe.find("a [V] dog") != std::string::npos;
    }));
    const auto outside = backend.submit(RemovePictures{project, {project / "photos" / "00.jpg"}, false});
    waitForEnd(recorder, outside);
    QVERIFY(recorder.all<Finished>(outside).at(0).outcome == Outcome::Failed);
    QVERIFY(fs::exists(project / "photos" / "00.jpg"));
  }

  void promptsAreMeasured() {
    EngineBackend backend(makeJobs({1}));
    Recorder recorder(backend);
    const auto project = makeProject(backend, recorder, "measured");
    const auto measure = [&](const std::string& prompt) {
      const auto job = backend.submit(MeasurePrompt{project, prompt});
      waitForEnd(recorder, job);
      return recorder.all<PromptMeasured>(job).at(0);
    };
    const auto plain = measure("a photo of a [V] dog");
    QCOMPARE(plain.tokens, 6);
    QCOMPARE(plain.chunks, 1);
    QCOMPARE(plain.chunkTokens, 75);
    QCOMPARE(measure("a (photo:1.2) of a [V] dog").tokens, 6);
    std::string many;
    for (int k = 0; k < 80; ++k) many += "dog ";
    QCOMPARE(measure(many).chunks, 2);
    QVERIFY(!measure("[V3] beside [V]").complaint.empty());
  }

  void failuresAreSentencesAndWorkGoesOn() {
    EngineBackend backend(makeJobs({1}));
    Recorder recorder(backend);
    const auto project = makeProject(backend, recorder, "failures");
    const auto text = path("text.jpg");
    QFile file(QString::fromStdString(text.string()));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("not a picture");
    file.close();
    const auto bad = backend.submit(AddPhotos{project, {text}});
    waitForEnd(recorder, bad);
    const auto finished = recorder.all<Finished>(bad).at(0);
    QVERIFY(finished.outcome == Outcome::Failed);
    QVERIFY(QString::fromStdString(finished.error->message).contains(QStringLiteral("text.jpg")));
    const auto good = backend.submit(OpenProject{project});
    waitForEnd(recorder, good);
    QCOMPARE(recorder.all<ProjectChanged>(good).at(0).project.photos.size(), 5u);
  }
};

QTEST_GUILESS_MAIN(TestEngineBackend)
#include "test_engine_backend.moc"
