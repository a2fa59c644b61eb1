#include <QtTest>

#include "core/model/clip_text_model.h"
#include "tests/numerics/model_fixture.h"

using namespace likeness;

using ClipCase = ModelCase<ClipTextModel, ClipTextConfig>;

/// The text encoder against transformers' CLIPTextModel.
class TestModelClip : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void matchesReference_data();
  void matchesReference();
  void hasTheFullSizes_data();
  void hasTheFullSizes();
  void refusesWrongIds();
};

void TestModelClip::matchesReference_data() {
  QTest::addColumn<QString>("component");
  for (const char* name : {"clip_quick_gelu", "clip_gelu", "clip_projection"}) QTest::newRow(name) << "";
  QTest::newRow("base_clip") << "text_encoder";
}

void TestModelClip::matchesReference() {
  QFETCH(const QString, component);
  auto [model, data] = ClipCase::load(QTest::currentDataTag(), component.toStdString());
  const ClipTextOutput output = model->forward(data.tensor("ids"));
  compareWith(data, "last", output.lastHiddenState);
  compareWith(data, "penultimate", output.penultimateHiddenState);
  if (data.has("pooled")) compareWith(data, "pooled", output.pooled);
  QCOMPARE(output.projected.defined(), data.has("projected"));
  if (output.projected.defined()) compareWith(data, "projected", output.projected);
  (output.lastHiddenState * data.tensor("loss_weight")).sum().backward();
  compareGradients(data, *model);
}

void TestModelClip::hasTheFullSizes_data() {
  QTest::addColumn<int>("width");
  QTest::addColumn<int>("layers");
  QTest::addColumn<bool>("projection");
  QTest::addColumn<qint64>("tensors");
  QTest::addColumn<qint64>("scalars");
  QTest::newRow("CLIP-L") << 768 << 12 << false << qint64{196} << qint64{123060480};
  QTest::newRow("OpenCLIP-H") << 1024 << 23 << false << qint64{372} << qint64{340387840};
  QTest::newRow("OpenCLIP-bigG") << 1280 << 32 << true << qint64{517} << qint64{694659840};
}

void TestModelClip::hasTheFullSizes() {
  QFETCH(const int, width);
  QFETCH(const int, layers);
  QFETCH(const bool, projection);
  ClipTextConfig config;
  config.hiddenSize = width;
  config.intermediateSize = 4 * width;
  config.hiddenLayers = layers;
  if (projection) config.projectionSize = width;
  const ParameterDeviceGuard guard(torch::kMeta);
  const auto [tensors, scalars] = countParameters(*ClipTextModel(config));
  QTEST(qint64{tensors}, "tensors");
  QTEST(qint64{scalars}, "scalars");
}

void TestModelClip::refusesWrongIds() {
  auto loaded = ClipCase::load("clip_gelu");
  QVERIFY_THROWS_EXCEPTION(c10::Error, loaded.model->forward(torch::full({1, 5}, 120, torch::kInt64)));
  QVERIFY_THROWS_EXCEPTION(c10::Error, loaded.model->forward(torch::full({1, 5}, -1, torch::kInt64)));
  QVERIFY_THROWS_EXCEPTION(c10::Error, loaded.model->forward(torch::zeros({1, 17}, torch::kInt64)));
}

int runModelClipTests(int argc, char** argv) {
  TestModelClip test;
  return QTest::qExec(&test, argc, argv);
}

#include "test_model_clip.moc"
