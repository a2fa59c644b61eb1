#include <QtTest>

#include "core/model/autoencoder_kl.h"
#include "core/model/memory_layout.h"
#include "tests/numerics/model_fixture.h"

using namespace likeness;

using VaeCase = ModelCase<AutoencoderKl, AutoencoderKlConfig>;

/// The autoencoder against diffusers' AutoencoderKL.
class TestModelVae : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void matchesReference_data();
  void matchesReference();
  void hasTheFullSize();
  void samplesAndClamps();
  void scalesAndUnscales();
};

void TestModelVae::matchesReference_data() {
  QTest::addColumn<QString>("component");
  for (const char* name : {"vae_plain", "vae_bare"}) QTest::newRow(name) << "";
  QTest::newRow("base_vae") << "vae";
}

void TestModelVae::matchesReference() {
  QFETCH(const QString, component);
  auto [model, data] = VaeCase::load(QTest::currentDataTag(), component.toStdString());
  const torch::NoGradGuard noGrad;
  for (const bool channelsLast : {false, true}) {
    if (channelsLast) useChannelsLast(*model);
    const LatentDistribution latents = model->encode(data.tensor("pixels"));
    compareWith(data, "mean", latents.mean);
    compareWith(data, "logvar", latents.logVariance);
    compareWith(data, "decoded", model->decode(data.tensor("latents")));
  }
}

void TestModelVae::hasTheFullSize() {
  AutoencoderKlConfig config;
  config.blockOutChannels = {128, 256, 512, 512};
  config.layersPerBlock = 2;
  const ParameterDeviceGuard guard(torch::kMeta);
  const auto [tensors, scalars] = countParameters(*AutoencoderKl(config));
  QCOMPARE(tensors, 248);
  QCOMPARE(scalars, 83653863);
}

void TestModelVae::samplesAndClamps() {
  const LatentDistribution latents{torch::full({1, 1, 1, 2}, 3.0), torch::full({1, 1, 1, 2}, std::log(4.0))};
  const torch::Tensor sample = latents.sample(torch::tensor({1.0, -2.0}).view({1, 1, 1, 2}));
  QVERIFY(torch::allclose(sample, torch::tensor({5.0, -1.0}).view({1, 1, 1, 2})));
  QVERIFY_THROWS_EXCEPTION(c10::Error, (void)latents.sample(torch::zeros({1, 1, 1, 1})));

  auto loaded = VaeCase::load("vae_bare");
  const torch::NoGradGuard noGrad;
  for (auto& item : loaded.model->named_parameters()) {
    if (item.key() == "encoder.conv_out.bias") item.value().fill_(1000);
  }
  const auto wide = loaded.model->encode(loaded.data.tensor("pixels"));
  QCOMPARE(wide.logVariance.max().item<double>(), 20.0);
}

void TestModelVae::scalesAndUnscales() {
  AutoencoderKlConfig config;
  config.scalingFactor = 0.5;
  const torch::Tensor z = torch::tensor({2.0, 4.0}).view({1, 2, 1, 1});
  const auto expect = [&](std::vector<double> scaled) {
    const torch::Tensor got = scaleLatents(z, config);
    QVERIFY(torch::allclose(got, torch::tensor(scaled, torch::kFloat32).view({1, 2, 1, 1})));
    QVERIFY(torch::allclose(unscaleLatents(got, config), z));
  };
  expect({1.0, 2.0});
  config.shiftFactor = 1.0;
  expect({0.5, 1.5});
  config.shiftFactor.reset();
  config.latentsMean = {1.0, 2.0};
  config.latentsStd = {2.0, 4.0};
  expect({0.25, 0.25});
}

int runModelVaeTests(int argc, char** argv) {
  TestModelVae test;
  return QTest::qExec(&test, argc, argv);
}

#include "test_model_vae.moc"
