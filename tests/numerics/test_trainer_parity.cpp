// The trainer against the plain PyTorch loop of make_train_fixtures.py: the same draws, the same losses.
#include <QTest>
#include <algorithm>
#include <cmath>

#include "core/train/adamw.h"
#include "core/weights/diffusers_folder.h"
#include "tests/numerics/recorded_draws.h"

using namespace likeness;

namespace {

TrainConfig configOf(const Json& common, const Json& given) {
  TrainConfig config;
  config.steps = given["steps"];
  config.batchSize = given["batch_size"];
  config.gradientAccumulation = given["gradient_accumulation"];
  config.priorWeight = given["prior_weight"];
  config.lrSchedule = given["lr_schedule"] == "cosine" ? LrScheduleKind::Cosine : LrScheduleKind::Constant;
  config.lrWarmupSteps = given["lr_warmup_steps"];
  config.textEncoderStopStep = given["text_encoder_stop_step"];
  config.flip = given["flip"];
  config.learningRate = common["learning_rate"];
  config.textEncoderLearningRate = common["text_encoder_learning_rate"];
  config.maxGradNorm = common["max_grad_norm"];
  config.weightDecay = common["weight_decay"];
  config.precision = Precision::Fp32;
  config.checkpointEvery = config.validateEvery = config.previewEvery = 0;
  return config;
}

}  // namespace

class TestTrainerParity : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void initTestCase() { at::set_num_threads(1); }  // so small a model only waits for its threads

  void lossesEqualTheReferenceLoop_data() {
    QTest::addColumn<QString>("name");
    const auto expected = readJsonFile(trainFixtures() / "expected.json").value();
    for (const auto& [name, entry] : expected["cases"].items()) QTest::newRow(name.c_str()) << QString::fromStdString(name);
  }
  void lossesEqualTheReferenceLoop() {
    QFETCH(QString, name);
    const auto expected = readJsonFile(trainFixtures() / "expected.json").value();
    const auto& entry = expected["cases"][name.toStdString()];
    auto model = tinyModel(jsonOr<std::string>(entry["config"], "model", "model"));
    usePrediction(model, entry["config"]["prediction"]);
    RecordedDraws draws(name.toStdString());
    const auto config = configOf(expected["common"], entry["config"]);
    const auto points = runTiny(config, model, &draws, [&](TrainingSet& set) {
      if (!entry["config"].contains("weights")) return;
      set = twoSubjects();
      for (std::size_t i = 0; i < set.subjects.size(); ++i) {
        set.subjects[i].weight = entry["config"]["weights"][i];
        set.subjects[i].repeats = entry["config"]["repeats"][i];
      }
    });
    QCOMPARE(points.size(), entry["steps"].size());
    double worstLoss = 0, worstNorm = 0;
    for (std::size_t i = 0; i < points.size(); ++i) {
      const auto& wanted = entry["steps"][i];
      worstLoss = std::max(worstLoss, relative(points[i].instanceLoss, wanted["instance_loss"]));
      if (wanted["prior_loss"].is_null()) {
        QVERIFY(std::isnan(points[i].priorLoss));
      } else {
        worstLoss = std::max(worstLoss, relative(points[i].priorLoss, wanted["prior_loss"]));
      }
      worstNorm = std::max(worstNorm, relative(points[i].gradNorm, wanted["grad_norm"]));
      QCOMPARE(points[i].step, static_cast<std::int64_t>(i) + 1);
      QVERIFY(std::abs(points[i].learningRate - wanted["learning_rate"].get<double>()) < 1e-12);
      const bool stopped = config.textEncoderStopStep > 0 && points[i].step > config.textEncoderStopStep;
      const double textRate = stopped ? 0 : wanted["text_encoder_learning_rate"].get<double>();
      QVERIFY(std::abs(points[i].textEncoderLearningRate - textRate) < 1e-12);
    }
    qInfo("%zu steps: losses differ by at most %.1e, gradient norms by %.1e, relative", points.size(), worstLoss,
          worstNorm);
    QVERIFY2(worstLoss < 1e-4, qPrintable(QString::number(worstLoss)));
    QVERIFY2(worstNorm < 1e-3, qPrintable(QString::number(worstNorm)));
    compareWeights(model, name.toStdString());
  }

  void adamWEqualsTorch() {
    const auto file = SafetensorsFile::open(trainFixtures() / "adamw.safetensors").value();
    const auto parameter = file.tensor("start").clone().set_requires_grad(true);
    AdamW optimizer({{"p", parameter}}, {.weightDecay = 0.1});
    const auto gradients = file.tensor("gradients");
    for (std::int64_t step = 1; step <= gradients.size(0); ++step) {
      parameter.mutable_grad() = gradients[step - 1].clone();
      optimizer.step(step, 3e-3);
    }
    const auto difference = (parameter.detach() - file.tensor("end")).abs().max().item<double>();
    qInfo("weights differ by at most %.1e", difference);
    QVERIFY(difference < 1e-6);
  }

  // diffusers #7600: the text encoder left out of gradient accumulation.
  void accumulationFourTimesOneEqualsOneTimesFour() {
    auto whole = quietConfig(8), parts = whole;
    whole.batchSize = 4;
    whole.gradientAccumulation = 1;
    parts.batchSize = 1;
    parts.gradientAccumulation = 4;
    auto a = tinyModel(), b = tinyModel();
    const auto wholePoints = runTiny(whole, a), partPoints = runTiny(parts, b);
    for (std::size_t i = 0; i < wholePoints.size(); ++i) {
      QVERIFY(relative(partPoints[i].instanceLoss, wholePoints[i].instanceLoss) < 1e-4);
      QVERIFY(relative(partPoints[i].priorLoss, wholePoints[i].priorLoss) < 1e-4);
      QVERIFY(relative(partPoints[i].gradNorm, wholePoints[i].gradNorm) < 1e-3);  // text encoder included
    }
  }

  void priorWeightScalesOnlyThePriorPart() {
    // At the first step the weights are equal, so losses must be too; the gradient is g_i + λ g_p, so its norm tells λ.
    std::map<double, MetricPoint> first;
    for (const double weight : {0.5, 1.0, 2.0}) {
      auto config = quietConfig(1);
      config.priorWeight = weight;
      auto model = tinyModel();
      first[weight] = runTiny(config, model).front();
    }
    QCOMPARE(first[0.5].instanceLoss, first[2.0].instanceLoss);
    QCOMPARE(first[0.5].priorLoss, first[2.0].priorLoss);
    // |g_i + λ g_p|² is a parabola in λ: with a = |g_i|², b = 2 g_i·g_p, c = |g_p|² three points fix it; all must fit.
    auto config = quietConfig(1);
    config.priorWeight = 0;
    auto model = tinyModel();
    const double a = std::pow(runTiny(config, model).front().gradNorm, 2);
    const auto square = [&](double weight) { return std::pow(first[weight].gradNorm, 2); };
    const double c = (square(2.0) - 2 * square(1.0) + a) / 2, b = square(1.0) - a - c;
    QVERIFY(relative(a + 0.5 * b + 0.25 * c, square(0.5)) < 1e-4);
  }

  // kohya_ss #2679: the text encoder over-fits; it has a rate of its own and a step at which it stops.
  void textEncoderStopsAndStaysAsItWas() {
    auto config = quietConfig(6);
    config.textEncoderStopStep = 3;
    config.lrSchedule = LrScheduleKind::Constant;  // a cosine would differ with the runs' lengths
    auto stopped = tinyModel(), shorter = tinyModel(), never = tinyModel();
    const auto before = stateDict(*never.textEncoder);
    static_cast<void>(runTiny(config, stopped));
    config.steps = 3;
    static_cast<void>(runTiny(config, shorter));
    config.textEncoderLearningRate = 0;
    static_cast<void>(runTiny(config, never));
    QVERIFY(sameWeights(*stopped.textEncoder, *shorter.textEncoder));
    QVERIFY(!sameWeights(*stopped.unet, *shorter.unet));
    QVERIFY(sameWeights(*never.textEncoder, *tinyModel().textEncoder));
    QVERIFY(!sameWeights(*stopped.textEncoder, *never.textEncoder));
    for (const auto& parameter : stopped.unet->parameters()) QVERIFY(!parameter.requires_grad());
    for (const auto& parameter : stopped.textEncoder->parameters()) QVERIFY(!parameter.requires_grad());
  }

  void bothTextEncodersOfXlStop() {
    auto config = quietConfig(4);
    config.textEncoderStopStep = 2;
    config.lrSchedule = LrScheduleKind::Constant;
    auto stopped = tinyModel("xl"), shorter = tinyModel("xl");
    const auto untouched = tinyModel("xl");
    static_cast<void>(runTiny(config, stopped));
    config.steps = 2;
    static_cast<void>(runTiny(config, shorter));
    for (std::size_t i = 0; i < 2; ++i) {
      const auto encoder = [i](const StableDiffusion& model) { return model.textEncoders()[i].model; };
      QVERIFY(sameWeights(*encoder(stopped), *encoder(shorter)));
      QVERIFY(!sameWeights(*encoder(stopped), *encoder(untouched)));
      for (const auto& parameter : encoder(stopped)->parameters()) QVERIFY(!parameter.requires_grad());
    }
    QVERIFY(!sameWeights(*stopped.unet, *shorter.unet));
  }

  void xlIsToldWhereASquareWasCutFrom() {
    // Of the largest square, diffusers' numbers up to a pixel; in a mirror the crop lies at the other side.
    CropRect right;
    right.centerX = 1;
    const auto origin = squareOrigin(300, 200, right, 100);
    QVERIFY(origin == (SquareOrigin{200, 300, 0, 50, 0}));
    QVERIFY(squareOrigin(300, 200, {}, 100) == (SquareOrigin{200, 300, 0, 25, 25}));
    CropRect part;
    part.side = 0.5;
    part.quarterTurns = 1;
    QVERIFY(squareOrigin(300, 200, part, 100) == (SquareOrigin{300, 200, 100, 50, 50}));
    // It must matter: another origin, another loss.
    auto config = quietConfig(1);
    auto cut = tinyModel("xl");
    const auto told = runTiny(config, cut).front();
    auto whole = tinyModel("xl");
    const auto untold = runTiny(config, whole, nullptr, [](TrainingSet& set) {
      set.subjects.front().instanceOrigins.clear();
    }).front();
    QVERIFY(relative(untold.instanceLoss, told.instanceLoss) > 1e-5);
    QCOMPARE(untold.priorLoss, told.priorLoss);
  }

  void bf16LearnsLikeFp32_data() {
    QTest::addColumn<QString>("name");
    for (const char* name : {"model", "xl", "inpaint"}) QTest::newRow(name) << name;
  }
  void bf16LearnsLikeFp32() {
    QFETCH(QString, name);
    auto config = quietConfig(20);
    auto exact = tinyModel(name.toStdString()), reduced = tinyModel(name.toStdString());
    const auto a = runTiny(config, exact);
    config.precision = Precision::Bf16;
    const auto b = runTiny(config, reduced);
    for (std::size_t i = 0; i < a.size(); ++i) QVERIFY(relative(b[i].instanceLoss, a[i].instanceLoss) < 0.05);
    for (const auto& parameter : reduced.unet->parameters()) QVERIFY(parameter.scalar_type() == torch::kFloat32);
  }

 private:
  static bool sameWeights(const torch::nn::Module& a, const torch::nn::Module& b) {
    const auto left = stateDict(a), right = stateDict(b);
    for (std::size_t i = 0; i < left.size(); ++i) {
      if (!left[i].second.equal(right[i].second)) return false;
    }
    return left.size() == right.size();
  }

  static void compareWeights(const StableDiffusion& model, const std::string& name) {
    const auto final = SafetensorsFile::open(trainFixtures() / (name + "_final.safetensors")).value();
    std::map<std::string, torch::Tensor> ours;
    for (const auto& [key, tensor] : stateDict(*model.unet)) ours["unet." + key] = tensor;
    for (const auto& [key, tensor] : stateDict(*model.textEncoder)) ours["text_encoder." + key] = tensor;
    if (model.textEncoder2) {
      for (const auto& [key, tensor] : stateDict(*model.textEncoder2)) ours["text_encoder_2." + key] = tensor;
    }
    for (const auto& [key, info] : final.tensors()) {
      QVERIFY2(ours.count(key) == 1, key.c_str());
      const auto difference = (ours[key] - final.tensor(key)).abs();
      qInfo("%s differs by at most %.1e", key.c_str(), difference.max().item<double>());
      // A weight whose gradient is all rounding moves by its sign, so single ones may differ by more.
      QVERIFY2(difference.mean().item<double>() < 2e-5, key.c_str());
      const auto whole = (difference.norm() / final.tensor(key).norm()).item<double>();
      QVERIFY2(whole < 1e-3, qPrintable(QString("%1: %2").arg(key.c_str()).arg(whole)));
    }
  }
};

QTEST_APPLESS_MAIN(TestTrainerParity)
#include "test_trainer_parity.moc"
