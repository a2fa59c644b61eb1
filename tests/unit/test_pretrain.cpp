#include <QtTest>
#include <fstream>

#include "core/base/atomic_file.h"
#include "core/data/picture_file.h"
#include "core/metrics/jsonl_log.h"
#include "core/pretrain/captioned_pictures.h"
#include "core/pretrain/picture_store.h"
#include "core/pretrain/pretrain_run.h"
#include "core/sample/stable_diffusion.h"
#include "tests/numerics/train_fixture.h"

using namespace likeness;
namespace fs = std::filesystem;

namespace {

void write(const fs::path& file, const std::string& text) { writeFileAtomically(file, text).value(); }

// Two colours and a slope, different for each number.
Image tinyPicture(int number, int side = 40) {
  Image image{side, side, {}};
  for (int i = 0; i < side * side; ++i) {
    const auto x = i % side, y = i / side;
    image.rgb.insert(image.rgb.end(), {std::uint8_t(5 * x), std::uint8_t(40 * number), std::uint8_t(x > y ? 200 : 3 * y)});
  }
  return image;
}

struct KillAt : TrainObserver {
  explicit KillAt(std::int64_t step) : m_step(step) {}
  void onMetrics(const MetricPoint& point) override {
    losses.emplace_back(point.step, point.instanceLoss);
    if (point.step == m_step) throw std::runtime_error("killed");
  }
  std::vector<std::pair<std::int64_t, double>> losses;

 private:
  std::int64_t m_step;
};

std::string contentOf(const fs::path& model) {
  std::string all;
  for (const char* file : {"vae/diffusion_pytorch_model.safetensors", "unet/diffusion_pytorch_model.safetensors",
                           "text_encoder/model.safetensors", "vae/config.json"}) {
    all += readFile(model / file, 1u << 26).value();
  }
  return all;
}

}  // namespace

class TestPretrain : public QObject {
  Q_OBJECT

  std::unique_ptr<QTemporaryDir> m_temporary;
  fs::path m_folder;

  std::string yaml(const std::string& output, int sampleEvery = 4) const {
    const auto model = (trainFixtures() / "model").string();
    return "version: 1\npictures: pictures\nvae_pictures: more\noutput: " + output + "\ntokenizer: " + model +
           "/tokenizer\nmodel: {configs: " + model + "}\nseed: 5\ncheckpoint_every: 3\nsample_every: " + std::to_string(sampleEvery) + "\n"
           "sample_prompts: [a photo of a dog]\n"
           "vae: {phases: [{size: 16, steps: 3, batch: 2}, {size: 32, steps: 2, batch: 1}], warmup: 1}\n"
           "unet: {phases: [{size: 16, steps: 3, batch: 3}, {size: 32, steps: 2, batch: 2}], warmup: 1}\n";
  }
  PretrainConfig config(const std::string& output, int sampleEvery = 0) const {
    return parsePretrainConfig(yaml(output, sampleEvery), m_folder / "pretrain.yaml").value();
  }
  static PretrainOutcome run(const PretrainConfig& config, const PretrainOptions& options, TrainObserver& observer) {
    JobControl control;
    return pretrain(config, options, control, observer);
  }
  QString refusal(const std::string& text) const {
    const auto parsed = parsePretrainConfig(text, m_folder / "pretrain.yaml");
    return parsed.ok() ? QString() : QString::fromStdString(parsed.error().message);
  }
  QString captionRefusal() const {
    const auto listed = listCaptionedPictures(m_folder / "pictures");
    return listed.ok() ? QString() : QString::fromStdString(listed.error().message);
  }

 private Q_SLOTS:
  void init() {
    m_temporary = std::make_unique<QTemporaryDir>();
    m_folder = m_temporary->path().toStdString();
    for (const char* name : {"pictures", "more"}) fs::create_directories(m_folder / name);
    for (int i = 0; i < 5; ++i) {
      const auto name = std::to_string(i);
      replacePicture(m_folder / "pictures" / (name + ".png"), tinyPicture(i)).value();
      write(m_folder / "pictures" / (name + ".txt"), "a photo of thing " + name + "\n");
    }
    replacePicture(m_folder / "more" / "a.png", tinyPicture(6, 70)).value();
  }

  // Killed without warning at any step, stopped as asked, or unbroken: the same bits.
  void resumesBitForBit() {
    KillAt never(0);
    const auto whole = run(config("whole"), {}, never);
    QCOMPARE(whole.step, 10);
    const auto wanted = contentOf(whole.model);
    for (const std::int64_t kill : {1, 4, 8}) {
      const auto broken = config("broken-" + std::to_string(kill));
      KillAt killed(kill), rest(0);
      QVERIFY_THROWS_EXCEPTION(std::runtime_error, (void)run(broken, {}, killed));
      QVERIFY(!fs::exists(broken.output / "model"));
      const auto resumed = run(broken, {.resume = true}, rest);
      QVERIFY(contentOf(resumed.model) == wanted);
      for (const auto& [step, loss] : rest.losses) QCOMPARE(loss, never.losses.at(std::size_t(step - 1)).second);
    }
    const auto rested = config("rested");
    for (const std::int64_t step : {1, 5, 6, 10}) {  // within a stage, at its end, in the other, at the end
      const auto outcome = run(rested, {.resume = step > 1, .stopAfter = step}, never);
      QCOMPARE(outcome.step, step);
      QCOMPARE(outcome.model.empty(), step < 10);
    }
    QVERIFY(contentOf(rested.output / "model") == wanted);
    QVERIFY(run(rested, {.resume = true}, never).nothingLeft);
  }

  void theFolderIsAWholeModel() {
    KillAt never(0);
    const auto made = config("out", 4);
    const auto outcome = run(made, {}, never);
    const auto model = openStableDiffusion(outcome.model).value();
    QCOMPARE(model.defaultResolution(), 32);
    const auto factor = model.vae->config().scalingFactor;
    QVERIFY(factor > 0 && factor != 1);
    for (const char* sheet : {"vae-4.png", "vae-5.png", "unet-9.png", "unet-10.png"}) {
      QVERIFY2(fs::exists(made.output / "samples" / sheet), sheet);
    }
    QCOMPARE(readMetrics(made.output / "metrics.jsonl").value().size(), std::size_t(10));
    QCOMPARE(std::distance(fs::directory_iterator(made.output / "checkpoints"), {}), 2);
    // Nothing that is there is written over.
    const auto before = contentOf(outcome.model);
    QVERIFY_THROWS_EXCEPTION(ErrorException, (void)run(made, {}, never));
    auto other = made;
    other.seed = 6;
    try {
      (void)run(other, {.resume = true}, never);
      QFAIL("another seed was taken");
    } catch (const ErrorException& refused) {
      QVERIFY(QString(refused.what()).contains("(seed)"));
    }
    QVERIFY(contentOf(outcome.model) == before);
  }

  void aStopIsSaved() {
    struct StopAt : TrainObserver {
      JobControl control;
      void onMetrics(const MetricPoint& point) override {
        if (point.step == 2) control.requestStop();
      }
    } stopping;
    const auto stopped = config("stopped");
    QVERIFY_THROWS_EXCEPTION(ErrorException, (void)pretrain(stopped, {}, stopping.control, stopping));
    QVERIFY(fs::exists(stopped.output / "checkpoints/step-2/state.json"));
  }

  void badSettingsAreNamed_data() {
    QTest::addColumn<QString>("from");
    QTest::addColumn<QString>("to");
    QTest::addColumn<QString>("said");
    QTest::newRow("unknown key") << "seed: 5" << "sead: 5" << "Did you mean seed?";
    QTest::newRow("unknown key of a stage") << "vae: {" << "vae: {warmpu: 1, " << "Did you mean warmup?";
    QTest::newRow("unknown key of a phase") << "size: 16, steps: 3, batch: 2" << "size: 16, step: 3, batch: 2" << "steps";
    QTest::newRow("no phases") << "unet: {phases" << "unet: {decay: cosine}\nother: {phases" << "other";
    QTest::newRow("not a number") << "seed: 5" << "seed: five" << "\"five\" is not a value for seed";
    QTest::newRow("newer") << "version: 1" << "version: 2" << "newer version";
    QTest::newRow("no output") << "output: out" << "weights: fp16" << "lacks output";
  }
  void badSettingsAreNamed() {
    QFETCH(QString, from);
    QFETCH(QString, to);
    QFETCH(QString, said);
    QCOMPARE(refusal(yaml("out")), QString());
    auto text = QString::fromStdString(yaml("out"));
    QVERIFY(text.contains(from));
    const auto sentence = refusal(text.replace(text.indexOf(from), from.size(), to).toStdString());
    QVERIFY2(sentence.contains(said), qPrintable(sentence));
    QVERIFY2(sentence.contains("pretrain.yaml"), qPrintable(sentence));
  }

  void captionsFromFilesOrAList() {
    const auto pictures = m_folder / "pictures";
    const auto beside = listCaptionedPictures(pictures).value();
    QCOMPARE(beside.size(), std::size_t(5));
    QCOMPARE(beside[3].caption, std::string("a photo of thing 3"));
    write(pictures / kCaptionList,
          "{\"file\": \"2.png\", \"caption\": \"two\"}\n\n{\"file\": \"0.png\", \"caption\": \"none\"}\n");
    const auto listed = listCaptionedPictures(pictures).value();
    QCOMPARE(listed.size(), std::size_t(2));
    QCOMPARE(listed[0].file.filename().string(), std::string("2.png"));
    write(pictures / kCaptionList, "{\"file\": \"9.png\", \"caption\": \"two\"}\n");
    QVERIFY(captionRefusal().contains("there is no such picture"));
    write(pictures / kCaptionList, "{\"file\": \"../2.png\", \"caption\": \"two\"}\n");
    QVERIFY(captionRefusal().contains("not a plain file name"));
    write(pictures / kCaptionList, "[1]\n");
    QVERIFY(captionRefusal().startsWith("Line 1 of "));
  }

  void badPicturesAreNamed() {
    const auto pictures = m_folder / "pictures";
    write(pictures / "lone.txt", "nothing\n");
    QVERIFY(captionRefusal().contains("lone.txt has no picture beside it"));
    fs::remove(pictures / "lone.txt");
    fs::remove(pictures / "2.txt");
    QVERIFY(captionRefusal().contains("2.png has no caption"));
    write(pictures / "2.txt", "two\n");
    write(pictures / "2.png", "this is no picture");
    KillAt never(0);
    try {
      (void)run(config("out"), {}, never);
      QFAIL("a file that is no picture was taken");
    } catch (const ErrorException& refused) {
      QVERIFY2(QString(refused.what()).contains("2.png"), refused.what());
    }
    fs::remove_all(pictures);
    QVERIFY(captionRefusal().startsWith("There is no folder"));
    fs::create_directories(pictures);
    QVERIFY(captionRefusal().contains("has no captioned pictures"));
  }

  void cropsAreFunctionsOfTheirNumbers() {
    const auto picture = tinyPicture(2, 60);
    const std::vector<double> plain{0, 0.5, 0.25, 0.9, 0.9, 0, 0, 0};
    const auto once = randomSquare(picture, 16, false, plain);
    QCOMPARE(once, randomSquare(picture, 16, false, plain));
    QCOMPARE(once.rgb[0], picture.rgb[(11 * 60 + 22) * 3]);  // ⌊0.25·45⌋ down, ⌊0.5·45⌋ across
    auto mirrored = plain;
    mirrored[3] = 0.1;
    const auto turned = randomSquare(picture, 16, false, mirrored);
    QCOMPARE(turned.rgb[15 * 3], once.rgb[0]);
    auto wide = plain;
    wide[0] = 0.8;  // three times the size
    const auto reduced = randomSquare(picture, 16, true, wide);
    QCOMPARE(reduced.width, 16);
    QVERIFY(reduced != randomSquare(picture, 16, true, plain));
  }
};

int runPretrainTests(int argc, char** argv) {
  TestPretrain test;
  return QTest::qExec(&test, argc, argv);
}
#include "test_pretrain.moc"
