// What the text encoders of a run say, kept on disk where they don't learn.
#include <QTemporaryDir>
#include <QTest>

#include "core/train/text_conditions.h"
#include "tests/numerics/recorded_draws.h"

using namespace likeness;
namespace fs = std::filesystem;

namespace {

const std::vector<std::string> kPrompts{"a photo of sks dog", "a photo of a dog"};

EncodedPrompts ask(StableDiffusion& model, const fs::path& folder, const std::string& identity,
                   const std::vector<std::string>& prompts = kPrompts) {
  TextConditions conditions(model, prompts);
  conditions.keepIn(folder, identity);
  return conditions.rows(torch::tensor({0, 1}, torch::kInt64), false);
}

}  // namespace

class TestTextConditions : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void promptsAreEncodedOnce_data() {
    QTest::addColumn<QString>("name");
    for (const char* name : {"model", "xl"}) QTest::newRow(name) << name;
  }
  void promptsAreEncodedOnce() {
    QFETCH(QString, name);
    QTemporaryDir root;
    const auto folder = fs::path(root.path().toStdString()) / "text";
    auto model = tinyModel(name.toStdString());
    const auto first = ask(model, folder, "model");
    const bool pooled = name == "xl";
    QCOMPARE(first.pooled.defined(), pooled);
    // Another model under the same name shows who is asked: the file, unless anything differs that the answer hangs on.
    const torch::NoGradGuard noGrad;
    for (auto& encoder : model.textEncoders()) {
      for (auto& parameter : encoder.model->parameters()) parameter.mul_(1.5);
    }
    const auto again = ask(model, folder, "model");
    QVERIFY(again.hidden.equal(first.hidden));
    if (pooled) QVERIFY(again.pooled.equal(first.pooled));
    QVERIFY(!ask(model, folder, "other").hidden.equal(first.hidden));
    QVERIFY(!ask(model, folder, "model", {kPrompts[1], kPrompts[0]}).hidden.equal(first.hidden.flip(0)));
    QVERIFY(!ask(model, {}, "model").hidden.equal(first.hidden));
    QCOMPARE(std::distance(fs::directory_iterator(folder), {}), 3);
  }

  void aDamagedFileIsMadeAgain() {
    QTemporaryDir root;
    const fs::path folder = root.path().toStdString();
    auto model = tinyModel();
    const auto first = ask(model, folder, "model");
    const auto file = fs::directory_iterator(folder)->path();
    const auto size = fs::file_size(file);
    fs::resize_file(file, size / 2);
    QVERIFY(ask(model, folder, "model").hidden.equal(first.hidden));
    QCOMPARE(fs::file_size(file), size);
  }
};

int runTextConditionTests(int argc, char** argv) {
  TestTextConditions test;
  return QTest::qExec(&test, argc, argv);
}
#include "test_text_conditions.moc"
