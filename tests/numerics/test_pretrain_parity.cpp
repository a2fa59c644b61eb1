#include <QtTest>

#include "core/pretrain/initial_weights.h"
#include "core/pretrain/teachers.h"
#include "tests/numerics/train_fixture.h"

using namespace likeness;

namespace {

std::filesystem::path pretrainFixtures() { return trainFixtures().parent_path() / "pretrain"; }

bool near(double value, double expected, double relative) {
  return std::abs(value - expected) <= relative * std::max(1e-3, std::abs(expected));
}

void setStage(PretrainStage& stage, const Json& options, std::int64_t size) {
  stage.phases = {{size, options["steps"], options["batch"]}};
  stage.learningRate = options["learning_rate"];
  stage.warmup = options["warmup"];
  stage.ema = options["ema"];
  stage.weightDecay = options["weight_decay"];
  stage.precision = Precision::Fp32;
}

double standardDeviation(const torch::Tensor& tensor) { return tensor.std(/*unbiased=*/false).item<double>(); }

}  // namespace

// A VAE, then text encoder and UNet, taught by recorded batches as by make_pretrain_fixtures.py's PyTorch loops.
class TestPretrainParity : public QObject {
  Q_OBJECT

  Json m_expected;
  std::optional<SafetensorsFile> m_draws, m_weights;

  torch::Tensor draw(const char* name, std::int64_t step) const {
    const auto tensor = m_draws->tensor(name)[step];
    return tensor.is_floating_point() ? tensor.to(torch::kFloat32) : tensor.clone();
  }

  void compareStep(const PretrainPoint& point, const Json& record, std::int64_t step) {
    const auto what = QString("step %1: loss %2, expected %3; norm %4, expected %5").arg(step).arg(point.loss, 0, 'g', 9)
        .arg(record["loss"].get<double>(), 0, 'g', 9).arg(point.gradNorm).arg(record["grad_norm"].get<double>());
    QVERIFY2(near(point.loss, record["loss"], 1e-4), qPrintable(what));
    QVERIFY2(near(point.gradNorm, record["grad_norm"], 1e-3), qPrintable(what));
  }

  // Of the chosen weights whose names begin with `part`, as they are and averaged.
  void compareWeights(const std::string& prefix, const std::string& part, const torch::nn::Module& module) {
    int compared = 0;
    for (const auto& entry : module.named_parameters()) {
      const auto name = prefix + part + "." + entry.key();
      if (!m_weights->has(name)) continue;
      const auto wanted = m_weights->tensor(name);
      const auto error = (entry.value().detach() - wanted).norm().item<double>() / wanted.norm().item<double>();
      QVERIFY2(error < 1e-3, qPrintable(QString("%1 is off by %2").arg(QString::fromStdString(name)).arg(error)));
      ++compared;
    }
    QVERIFY(compared >= 2);
  }

 private Q_SLOTS:
  void initTestCase() {
    m_expected = readJsonFile(pretrainFixtures() / "expected.json").value();
    m_draws = SafetensorsFile::open(pretrainFixtures() / "draws.safetensors").value();
    m_weights = SafetensorsFile::open(pretrainFixtures() / "weights.safetensors").value();
  }

  void vae() {
    const auto& options = m_expected["vae_options"];
    VaeStage stage;
    setStage(stage, options, m_draws->tensor("vae.pixels").size(-1));
    stage.decay = LrScheduleKind::Polynomial;
    stage.power = options["power"];
    stage.klWeight = options["kl_weight"];
    stage.squaredWeight = options["squared_weight"];
    stage.pyramidWeight = options["pyramid_weight"];
    stage.pyramidLevels = options["pyramid_levels"];
    auto model = tinyModel();
    VaeTeacher teacher(model.vae, stage);
    for (std::int64_t step = 0; step < stage.steps(); ++step) {
      const auto point = teacher.step({draw("vae.pixels", step), draw("vae.noise", step)}, step);
      compareStep(point, m_expected["vae"][step], step);
      QVERIFY(near(point.parts.at("kl"), m_expected["vae"][step]["kl"], 1e-4));
    }
    compareWeights("", "vae", *model.vae);
    teacher.learner().swapAverage();
    compareWeights("average.", "vae", *model.vae);
  }

  void textEncoderAndUNet() {
    const auto& options = m_expected["unet_options"];
    UNetStage stage;
    setStage(stage, options, 16);
    stage.snrGamma = options["snr_gamma"];
    auto model = tinyModel();
    UNetTeacher teacher(model.textEncoder, model.unet, model.schedule, options["scale"], stage);
    for (std::int64_t step = 0; step < stage.steps(); ++step) {
      const LatentBatch batch{{draw("unet.mean", step), draw("unet.log_variance", step)}, draw("unet.posterior", step),
                              draw("unet.noise", step), draw("unet.timesteps", step), draw("unet.ids", step)};
      const auto point = teacher.step(batch, step);
      compareStep(point, m_expected["unet"][step], step);
      QVERIFY(near(point.parts.at("mse"), m_expected["unet"][step]["mse"], 1e-4));
    }
    compareWeights("", "unet", *model.unet);
    compareWeights("", "text_encoder", *model.textEncoder);
    teacher.learner().swapAverage();
    compareWeights("average.", "unet", *model.unet);
    compareWeights("average.", "text_encoder", *model.textEncoder);
  }

  // Uniform within ±b has the deviation b/√3; the numbers are those of the layers' documented initialisations.
  void weightsBeginAsPyTorchsDo() {
    UNet2DConditionModel unet(tinyModel().unet->config());
    initializeLikePyTorch(*unet, 3, 0);
    const auto parameters = unet->named_parameters();
    for (const char* layer : {"mid_block.resnets.0.conv1", "mid_block.attentions.0.transformer_blocks.0.ff.net.0.proj"}) {
      const auto& weight = parameters[std::string(layer) + ".weight"];
      const auto bound = 1 / std::sqrt(static_cast<double>(weight.numel() / weight.size(0)));
      QVERIFY(near(standardDeviation(weight), bound / std::sqrt(3.0), 0.05));
      QVERIFY(weight.abs().max().item<double>() <= bound && weight.abs().max().item<double>() > 0.95 * bound);
      const auto& bias = parameters[std::string(layer) + ".bias"];
      QVERIFY(bias.abs().max().item<double>() <= bound && standardDeviation(bias) > 0.3 * bound);
    }
    QVERIFY(parameters["conv_norm_out.weight"].eq(1).all().item<bool>());
    QVERIFY(parameters["conv_norm_out.bias"].eq(0).all().item<bool>());
  }

  void textEncodersBeginAsTransformersDo() {
    ClipTextConfig config;
    config.vocabSize = 500, config.hiddenSize = 64, config.intermediateSize = 256, config.hiddenLayers = 2;
    config.attentionHeads = 4, config.eosTokenId = 499;
    ClipTextModel model(config);
    initializeLikeTransformers(*model, 3, 0);
    const auto parameters = model->named_parameters();
    const auto deviates = [&](const char* name, double expected) {
      return near(standardDeviation(parameters[name]), expected, 0.05);
    };
    QVERIFY(deviates("embeddings.token_embedding.weight", 0.02));
    QVERIFY(deviates("embeddings.position_embedding.weight", 0.02));
    QVERIFY(deviates("encoder.layers.0.self_attn.q_proj.weight", 0.0625));      // 64^-1/2 · 4^-1/2
    QVERIFY(deviates("encoder.layers.1.self_attn.out_proj.weight", 0.125));     // 64^-1/2
    QVERIFY(deviates("encoder.layers.0.mlp.fc1.weight", 0.088388));             // 128^-1/2
    QVERIFY(deviates("encoder.layers.0.mlp.fc2.weight", 0.0625));
    QVERIFY(parameters["encoder.layers.0.mlp.fc1.bias"].eq(0).all().item<bool>());
    const auto first = parameters["encoder.layers.0.mlp.fc1.weight"].clone();
    initializeLikeTransformers(*model, 3, 0);
    QVERIFY(first.equal(parameters["encoder.layers.0.mlp.fc1.weight"]));
    initializeLikeTransformers(*model, 4, 0);
    QVERIFY(!first.equal(parameters["encoder.layers.0.mlp.fc1.weight"]));
  }
};

int runPretrainParityTests(int argc, char** argv) {
  TestPretrainParity test;
  return QTest::qExec(&test, argc, argv);
}
#include "test_pretrain_parity.moc"
