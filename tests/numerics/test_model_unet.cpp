#include <QtTest>

#include "core/model/attention.h"
#include "core/model/memory_layout.h"
#include "core/model/unet2d_condition_model.h"
#include "tests/numerics/model_fixture.h"

using namespace likeness;

using UNetCase = ModelCase<UNet2DConditionModel, UNet2DConditionConfig>;

namespace {

torch::Tensor predict(UNetCase& loaded, const char* timesteps = "timesteps") {
  const SafetensorsFile& data = loaded.data;
  const torch::Tensor sample = data.tensor("sample"), time = data.tensor(timesteps), text = data.tensor("text");
  if (!data.has("time_ids")) return loaded.model->forward(sample, time, text);
  const AddedConditions added{data.tensor("text_embeds"), data.tensor("time_ids")};
  return loaded.model->forward(sample, time, text, &added);
}

UNetLevelConfig level(std::int64_t channels, std::int64_t heads, std::int64_t context, std::int64_t depth,
                      bool attention) {
  UNetLevelConfig result;
  result.channels = channels;
  result.attentionHeads = heads;
  result.crossAttentionDim = context;
  result.transformerLayers = depth;
  result.downAttention = result.upAttention = attention;
  return result;
}

}  // namespace

/// The UNet against diffusers' UNet2DConditionModel.
class TestModelUnet : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void matchesReference_data();
  void matchesReference();
  void attentionBeyondFp16sRange();
  void autocastStaysNear_data() { matchesReference_data(); }
  void autocastStaysNear();
  void hasTheFullSizes_data();
  void hasTheFullSizes();
  void needsAddedConditions();
};

void TestModelUnet::matchesReference_data() {
  QTest::addColumn<QString>("component");
  for (const char* name : {"unet_sd1", "unet_sd2", "unet_sdxl", "unet_odd"}) QTest::newRow(name) << "";
  QTest::newRow("base_unet") << "unet";
}

void TestModelUnet::matchesReference() {
  QFETCH(const QString, component);
  auto loaded = UNetCase::load(QTest::currentDataTag(), component.toStdString());
  for (const bool channelsLast : {false, true}) {
    if (channelsLast) useChannelsLast(*loaded.model);
    loaded.model->zero_grad();
    {
      const torch::NoGradGuard noGrad;  // sampling works in place where training can't
      compareWith(loaded.data, "output", predict(loaded));
      compareWith(loaded.data, "scalar_output", predict(loaded, "scalar_timestep"));
    }
    const torch::Tensor output = predict(loaded);
    compareWith(loaded.data, "output", output);
    (output * loaded.data.tensor("loss_weight")).sum().backward();
    compareGradients(loaded.data, *loaded.model);
  }
}

void TestModelUnet::autocastStaysNear() {
  QFETCH(const QString, component);
  auto loaded = UNetCase::load(QTest::currentDataTag(), component.toStdString());
  torch::Tensor output;
  {
    const CpuAutocast autocast;
    output = predict(loaded);
  }
  QVERIFY(output.scalar_type() == torch::kBFloat16);
  const torch::Tensor expected = loaded.data.tensor("output");
  const double error = (output.to(torch::kFloat32) - expected).norm().item<double>() / expected.norm().item<double>();
  QVERIFY2(error < 0.05, qPrintable(QString::number(error)));
  (output.to(torch::kFloat32) * loaded.data.tensor("loss_weight")).sum().backward();
  for (const auto& item : loaded.model->named_parameters()) {
    const torch::Tensor gradient = item.value().grad();
    QVERIFY2(gradient.defined() && gradient.scalar_type() == torch::kFloat32, item.key().c_str());
    QVERIFY2(torch::isfinite(gradient).all().item<bool>(), item.key().c_str());
  }
}

void TestModelUnet::hasTheFullSizes_data() {
  QTest::addColumn<int>("version");
  QTest::addColumn<qint64>("tensors");
  QTest::addColumn<qint64>("scalars");
  QTest::newRow("1.5") << 1 << qint64{686} << qint64{859520964};
  QTest::newRow("2.1") << 2 << qint64{686} << qint64{865910724};
  QTest::newRow("XL") << 3 << qint64{1680} << qint64{2567463684};
}

void TestModelUnet::hasTheFullSizes() {
  QFETCH(const int, version);
  UNet2DConditionConfig config;
  if (version == 3) {
    config.levels = {level(320, 5, 2048, 1, false), level(640, 10, 2048, 2, true), level(1280, 20, 2048, 10, true)};
    config.addition = UNetAdditionConfig{};
  } else {
    const std::int64_t context = version == 1 ? 768 : 1024;
    const bool two = version == 2;
    config.levels = {level(320, two ? 5 : 8, context, 1, true), level(640, two ? 10 : 8, context, 1, true),
                     level(1280, two ? 20 : 8, context, 1, true), level(1280, two ? 20 : 8, context, 1, false)};
  }
  config.useLinearProjection = version != 1;
  const ParameterDeviceGuard guard(torch::kMeta);
  UNet2DConditionModel model(config);
  const auto [tensors, scalars] = countParameters(*model);
  QTEST(qint64{tensors}, "tensors");
  QTEST(qint64{scalars}, "scalars");
  const auto parameters = model->named_parameters();
  QVERIFY(parameters.contains("down_blocks.1.attentions.1.transformer_blocks.0.ff.net.2.bias"));
  QVERIFY(parameters.contains("up_blocks.1.attentions.2.transformer_blocks.0.attn2.to_out.0.bias"));
  QVERIFY(parameters.contains("mid_block.resnets.1.time_emb_proj.weight"));
  QCOMPARE(parameters["mid_block.attentions.0.proj_in.weight"].dim(), version == 1 ? 4 : 2);
}

void TestModelUnet::needsAddedConditions() {
  auto loaded = UNetCase::load("unet_sdxl");
  const SafetensorsFile& data = loaded.data;
  QVERIFY_THROWS_EXCEPTION(c10::Error, loaded.model->forward(data.tensor("sample"), data.tensor("timesteps"),
                                                             data.tensor("text")));
  QVERIFY_THROWS_EXCEPTION(c10::Error, loaded.model->forward(data.tensor("sample").narrow(1, 0, 2),
                                                             data.tensor("timesteps"), data.tensor("text")));
}

// diffusers #1614: scores of SD 2.1 above 65504 are infinite in fp16, and its pictures black.
void TestModelUnet::attentionBeyondFp16sRange() {
  torch::manual_seed(3);
  const auto q = (300 * torch::randn({1, 6, 64})).to(torch::kHalf), k = (300 * torch::randn({1, 6, 64})).to(torch::kHalf);
  const auto v = torch::randn({1, 6, 64}).to(torch::kHalf);
  QVERIFY(at::matmul(q.to(torch::kFloat32), k.to(torch::kFloat32).mT()).abs().max().item<double>() > 65504);
  const auto wide = attend(q.to(torch::kFloat32), k.to(torch::kFloat32), v.to(torch::kFloat32), 1).to(torch::kHalf);
  const auto half = attend(q, k, v, 1, /*causal=*/false, /*inFloat32=*/true);
  QVERIFY(at::isfinite(half).all().item<bool>());
  QVERIFY(half.equal(wide));
}

int runModelUnetTests(int argc, char** argv) {
  TestModelUnet test;
  return QTest::qExec(&test, argc, argv);
}

#include "test_model_unet.moc"
