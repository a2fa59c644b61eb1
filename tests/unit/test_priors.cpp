#include <QTemporaryDir>
#include <QTest>
#include <functional>
#include <set>

#include "core/base/hash.h"
#include "core/data/picture_file.h"
#include "core/train/priors.h"
#include "tests/numerics/train_fixture.h"

using namespace likeness;
namespace fs = std::filesystem;

class TestPriors : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void init() {
    m_folder = std::make_unique<QTemporaryDir>();
    m_request = {};
    m_request.projectPriorsFolder = m_folder->path().toStdString();
    m_request.modelIdentity = "tiny";
    m_request.classPrompt = "a photo of a dog";
    m_request.count = 3;
    m_request.steps = 2;
    m_request.precision = Precision::Fp32;
  }

  void makesOnlyTheMissingOnes() {
    JobControl control;
    const auto model = tinyModel();
    const auto first = makePriors(model, m_request, control).value();
    QCOMPARE(first.made, std::int64_t{3});
    QCOMPARE(first.priors.size(), std::size_t{3});
    QCOMPARE(first.priors[2].seed, m_request.firstSeed + 2);
    QCOMPARE(first.priors[2].file.filename().string(), "0002-" + std::to_string(m_request.firstSeed + 2) + ".png");
    const auto before = sha256OfFile(first.priors[0].file).value();
    fs::remove(first.priors[1].file);
    m_request.count = 4;
    int reused = 0, made = 0;
    std::string notice;
    PriorCallbacks callbacks;
    callbacks.onPrior = [&](const PriorReady& ready) { ++(ready.reused ? reused : made); };
    callbacks.onNotice = [&](const Notice& said) { notice = said.sentence; };
    const auto second = makePriors(model, m_request, control, callbacks).value();
    QCOMPARE(second.reused, std::int64_t{2});
    QCOMPARE(second.made, std::int64_t{2});
    QCOMPARE(reused, 2);
    QCOMPARE(made, 2);
    QVERIFY2(notice.find("reusing 2, making 2") != std::string::npos, notice.c_str());
    QCOMPARE(sha256OfFile(first.priors[0].file).value(), before);
    const auto plan = planPriors(m_request);
    QVERIFY(plan.ok());
  }

  void aSeedAlwaysGivesTheSamePicture() {
    JobControl control;
    const auto model = tinyModel();
    const auto first = makePriors(model, m_request, control).value();
    const auto before = readPicture(first.priors[1].file).value();
    fs::remove(first.priors[1].file);  // made again alone, not in a batch of three
    const auto again = makePriors(model, m_request, control).value();
    const auto after = readPicture(again.priors[1].file).value();
    int worst = 0;
    for (std::size_t i = 0; i < before.rgb.size(); ++i) worst = std::max(worst, std::abs(before.rgb[i] - after.rgb[i]));
    QVERIFY2(worst <= 1, qPrintable(QString::number(worst)));
  }

  void anythingThatMakesThemNamesTheFolder() {
    std::set<fs::path> folders{priorFolder(m_request)};
    auto other = m_request;
    other.count = 99;
    other.replaceRejected = true;
    folders.insert(priorFolder(other));
    QCOMPARE(folders.size(), std::size_t{1});
    const std::vector<std::function<void(PriorRequest&)>> changes{
        [](auto& r) { r.modelIdentity = "other"; }, [](auto& r) { r.classPrompt = "a cat"; },
        [](auto& r) { r.negative = "blurred"; },    [](auto& r) { r.resolution = 8; },
        [](auto& r) { r.sampler = Sampler::Plms; }, [](auto& r) { r.steps = 3; },
        [](auto& r) { r.guidance = 1; },            [](auto& r) { r.firstSeed = 1; },
        [](auto& r) { r.precision = Precision::Bf16; }};
    for (const auto& change : changes) {
      auto changed = m_request;
      change(changed);
      folders.insert(priorFolder(changed));
    }
    QCOMPARE(folders.size(), changes.size() + 1);
  }

  void marksAndReplacing() {
    JobControl control;
    const auto model = tinyModel();
    const auto first = makePriors(model, m_request, control).value();
    QVERIFY(markPriors(std::vector{first.priors[0].file, first.priors[2].file}, false).ok());
    QVERIFY(markPriors(std::vector{first.priors[2].file}, true).ok());
    auto listed = listPriors(first.folder).value();
    QVERIFY(!listed[0].kept && listed[1].kept && listed[2].kept);
    QCOMPARE(makePriors(model, m_request, control).value().made, std::int64_t{0});
    m_request.replaceRejected = true;
    const auto replaced = makePriors(model, m_request, control).value();
    QCOMPARE(replaced.made, std::int64_t{1});
    QCOMPARE(replaced.priors.size(), std::size_t{4});
    QCOMPARE(replaced.priors[3].seed, m_request.firstSeed + 3);
    QCOMPARE(loadPriors(replaced.priors, 16, control).value().images.size(), std::size_t{3});
    QVERIFY(!markPriors(std::vector<fs::path>{first.folder / "marks.json"}, false).ok());
  }

  void picturesCarryTheirRecipe() {
    JobControl control;
    const auto set = makePriors(tinyModel(), m_request, control).value();
    const auto recipe = readRecipe(set.priors[1].file).value();
    QCOMPARE(recipe["prompt"].get<std::string>(), m_request.classPrompt);
    QCOMPARE(recipe["seed"].get<std::uint64_t>(), m_request.firstSeed + 1);
    QCOMPARE(recipe["steps"].get<int>(), 2);
  }

  void loadedPixelsAreTheMadeOnes() {
    JobControl control;
    const auto set = makePriors(tinyModel(), m_request, control).value();
    const auto loaded = loadPriors(set.priors, 16, control).value();
    for (std::size_t i = 0; i < loaded.images.size(); ++i) {
      QVERIFY(loaded.images[i] == readPicture(set.priors[i].file).value());
      QVERIFY(loaded.origins[i] == (SquareOrigin{16, 16, 0, 0, 0}));
    }
    QVERIFY(!loaded.images.empty());
  }

  void stopsWithinAStepAndKeepsWhatIsDone() {
    JobControl control;
    m_request.count = 200;
    PriorCallbacks callbacks;
    int steps = 0;
    callbacks.onProgress = [&](const Progress&) {
      if (++steps == 3) control.requestStop();
    };
    const auto stopped = makePriors(tinyModel(), m_request, control, callbacks);
    QCOMPARE(stopped.error().code, ErrorCode::Cancelled);
    QCOMPARE(steps, 3);
  }

 private:
  std::unique_ptr<QTemporaryDir> m_folder;
  PriorRequest m_request;
};

int runPriorTests(int argc, char** argv) {
  TestPriors test;
  return QTest::qExec(&test, argc, argv);
}
#include "test_priors.moc"
