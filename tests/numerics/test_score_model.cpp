// CLIP's and DINO's picture encoders and their preprocessing against transformers'.
#include <QTemporaryDir>
#include <QtTest>
#include <cstdlib>
#include <fstream>

#include "core/base/atomic_file.h"
#include "core/sample/score_model.h"
#include "core/weights/safetensors.h"

using namespace likeness;
namespace fs = std::filesystem;

namespace {

fs::path scoreFixture(const std::string& name) {
  const char* given = std::getenv("LIKENESS_FIXTURES");
  const fs::path root = given && *given ? fs::path(given) : LIKENESS_SOURCE_DIR "/tests/numerics/fixtures";
  return root / "score" / name;
}

Image imageOfPixels(const torch::Tensor& pixels) {
  const auto* bytes = pixels.data_ptr<std::uint8_t>();
  return {static_cast<int>(pixels.size(1)), static_cast<int>(pixels.size(0)), {bytes, bytes + pixels.numel()}};
}

double farthest(const torch::Tensor& got, const torch::Tensor& expected) {
  return got.sizes() == expected.sizes() ? (got - expected).abs().max().item<double>() : INFINITY;
}

torch::Tensor ofLengthOne(const torch::Tensor& rows) { return rows / rows.norm(2, {1}, true); }

// The folder of a fixture with its config changed.
template <typename Change>
fs::path changed(const QTemporaryDir& folder, const std::string& name, const char* file, Change change) {
  const auto copy = fs::path(folder.path().toStdString()) / name;
  fs::remove_all(copy);
  fs::copy(scoreFixture(name), copy);
  auto json = readJsonFile(copy / file).value();
  change(json);
  writeFileAtomically(copy / file, json.dump()).value();
  return copy;
}

QString refusal(const fs::path& path) {
  const auto opened = ScoreModel::open(path);
  return opened.ok() ? QString("was opened") : QString::fromStdString(opened.error().message);
}

}  // namespace

class TestScoreModel : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void matchesTransformers_data() {
    QTest::addColumn<QString>("score");
    QTest::newRow("clip") << "clip_i";
    QTest::newRow("dino") << "dino";
    QTest::newRow("dinov2") << "dino";  // positions are interpolated
  }

  void matchesTransformers() {
    QFETCH(const QString, score);
    const std::string name = QTest::currentDataTag();
    const auto model = ScoreModel::open(scoreFixture(name)).value();
    QCOMPARE(QString(model.pictureScore()), score);
    const auto data = SafetensorsFile::open(scoreFixture(name) / "data.safetensors").value();
    const auto file = scoreFixture(name) / "preprocessor_config.json";
    const auto steps = ScorePreprocessing::fromJson(readJsonFile(file).value(), file, {}).value();
    for (const std::string size : {"tall", "wide", "square"}) {
      const auto image = imageOfPixels(data.tensor(size).contiguous());
      const auto pixels = data.tensor(size + ".pixels");
      // In steps of a byte: Pillow sums in whole numbers, so that a value between two bytes may go to the other.
      const auto& [red, green, blue] = steps.deviation;
      const auto perLevel = torch::tensor({red, green, blue}, torch::kFloat32).view({1, 3, 1, 1}) * 255;
      const auto levels = (steps.apply(image) - pixels).abs() * perLevel;
      QVERIFY2(levels.max().item<double>() < 1.01, size.c_str());
      QVERIFY2(levels.gt(0.01).to(torch::kFloat32).mean().item<double>() < 0.01, size.c_str());
      const auto difference = farthest(model.picturesOf(pixels), ofLengthOne(data.tensor(size + ".features")));
      qInfo("%s: features differ by at most %.1e, pixels by %.2f levels", size.c_str(), difference,
            levels.max().item<double>());
      QVERIFY(difference <= 1e-5);
      QVERIFY(farthest(model.pictures({&image, 1}), ofLengthOne(data.tensor(size + ".features"))) < 5e-3);
    }
    QCOMPARE(model.readsText(), data.has("ids"));
    if (!data.has("ids")) return;
    QVERIFY(farthest(model.textsOf(data.tensor("ids")), ofLengthOne(data.tensor("texts"))) <= 1e-5);
  }

  // A file of weights with its config beside it is as good as its folder.
  void opensAFile() {
    const auto data = SafetensorsFile::open(scoreFixture("dino") / "data.safetensors").value();
    const auto image = imageOfPixels(data.tensor("wide").contiguous());
    const auto folder = ScoreModel::open(scoreFixture("dino")).value();
    const auto file = ScoreModel::open(scoreFixture("dino") / "model.safetensors").value();
    QVERIFY(at::equal(folder.pictures({&image, 1}), file.pictures({&image, 1})));
  }

  void saysWhatIsWrong() {
    const QTemporaryDir folder;
    const auto path = fs::path(folder.path().toStdString());
    QVERIFY(refusal(path / "nothing").contains("nothing to score with"));
    QVERIFY(refusal(path).contains("config.json"));
    const auto with = [&](const char* name, const char* file, const char* key, const Json& value) {
      return refusal(changed(folder, name, file, [&](Json& json) { json[key] = value; }));
    };
    QVERIFY(with("dino", "config.json", "model_type", "bert").contains("bert"));
    QVERIFY(with("dino", "config.json", "hidden_size", 32).contains("another size"));
    QVERIFY(with("dino", "config.json", "hidden_size", 1 << 30).contains("hidden_size"));
    QVERIFY(with("dino", "config.json", "num_hidden_layers", 3).contains("lacks"));
    QVERIFY(with("dino", "config.json", "num_attention_heads", 3).contains("num_attention_heads"));
    QVERIFY(with("dinov2", "config.json", "use_swiglu_ffn", true).contains("use_swiglu_ffn"));
    QVERIFY(with("clip", "preprocessor_config.json", "crop_size", 24).contains("24 by 24"));
    QVERIFY(with("clip", "preprocessor_config.json", "crop_size", 99).contains("crop_size"));
    QVERIFY(with("clip", "preprocessor_config.json", "resample", 0).contains("resample"));
    QVERIFY(with("clip", "preprocessor_config.json", "image_std", Json::array({1, 0, 1})).contains("image_std"));
    QVERIFY(with("clip", "preprocessor_config.json", "size", Json::array()).contains("size"));
    const auto cut = changed(folder, "dino", "config.json", [](Json&) {});
    fs::resize_file(cut / "model.safetensors", 4000);
    QVERIFY(refusal(cut).contains("model.safetensors"));
  }
};

int runScoreModelTests(int argc, char** argv) {
  TestScoreModel test;
  return QTest::qExec(&test, argc, argv);
}

#include "test_score_model.moc"
