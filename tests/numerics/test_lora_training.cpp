// Training LoRAs against PEFT in the plain PyTorch loop of make_train_lora_fixtures.py.
#include <QTemporaryDir>
#include <QTest>
#include <algorithm>
#include <cmath>

#include "core/api/options.h"
#include "core/sample/applied_loras.h"
#include "tests/numerics/recorded_draws.h"

using namespace likeness;

namespace {


TrainConfig configOf(const Json& expected, const Json& given) {
  TrainConfig config;
  config.method = TrainMethod::Lora;
  for (const auto& option : trainOptions()) {  // those that the reference has are spelled alike
    if (!given.contains(option.name)) continue;
    const auto& value = given[option.name];
    option.set(config, value.is_string() ? value.get<std::string>() : value.dump()).value();
  }
  const auto& common = expected["common"];
  config.seed = expected["seed"];
  config.learningRate = common["learning_rate"];
  config.textEncoderLearningRate = common["text_encoder_learning_rate"];
  config.maxGradNorm = common["max_grad_norm"];
  config.weightDecay = common["weight_decay"];
  config.precision = Precision::Fp32;
  config.checkpointEvery = config.validateEvery = config.previewEvery = 0;
  return config;
}

struct Trained {
  std::vector<MetricPoint> points;
  Lora lora;  // as its checkpoint holds it
};

Trained trainTinyLora(const TrainConfig& config, StableDiffusion& model, TrainingDraws& draws) {
  QTemporaryDir folder;
  TrainJob job;
  job.config = config;
  job.set = tinyTrainingSet();
  job.runFolder = folder.path().toStdString();
  job.draws = &draws;
  JobControl control;
  RecordingObserver observer;
  const auto outcome = train(model, job, control, observer).value();
  auto lora = openLora(outcome.checkpoint.folder / kLoraFile, loraNames(model)).value();
  for (auto& module : lora.modules) {  // the folder goes away
    for (auto* tensor : {&module.change.down, &module.change.up, &module.change.magnitude}) {
      if (tensor->defined()) *tensor = tensor->clone();
    }
  }
  return {observer.points, std::move(lora)};
}

std::string nameOf(const LoraTarget& target) {
  const char* part = target.component == LoraComponent::Unet          ? "unet."
                     : target.component == LoraComponent::TextEncoder ? "text_encoder."
                                                                      : "text_encoder_2.";
  return part + target.name;
}

void compareLoras(const Lora& lora, const std::string& name) {
  const auto final = SafetensorsFile::open(trainFixtures() / ("lora_" + name + ".safetensors")).value();
  std::size_t compared = 0;
  double worst = 0;
  for (const auto& module : lora.modules) {
    const auto& change = module.change;
    for (const auto& [part, ours] :
         {std::pair(".down", change.down), std::pair(".up", change.up), std::pair(".magnitude", change.magnitude)}) {
      if (!ours.defined()) continue;
      const auto key = nameOf(module.target) + part;
      QVERIFY2(final.has(key), key.c_str());
      const auto theirs = final.tensor(key);
      QVERIFY2(theirs.sizes() == ours.sizes(), key.c_str());
      const auto norm = theirs.norm().item<double>();
      const auto difference = (ours - theirs).norm().item<double>();
      const auto whole = norm > 0 ? difference / norm : difference;
      worst = std::max(worst, whole);
      QVERIFY2(whole < 1e-3, qPrintable(QString("%1: %2").arg(key.c_str()).arg(whole)));
      ++compared;
    }
  }
  QCOMPARE(compared, final.tensors().size());
  qInfo("%zu tensors of the LoRA differ by at most %.1e, relative", compared, worst);
}

}  // namespace

class TestLoraTraining : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void initTestCase() {
    at::set_num_threads(1);  // so small a model only waits for its threads
    m_expected = readJsonFile(trainFixtures() / "lora_expected.json").value();
  }

  void equalsPeft_data() {
    QTest::addColumn<QString>("name");
    const auto expected = readJsonFile(trainFixtures() / "lora_expected.json").value();
    for (const auto& [name, entry] : expected["cases"].items()) QTest::newRow(name.c_str()) << QString::fromStdString(name);
  }
  void equalsPeft() {
    QFETCH(QString, name);
    const auto& entry = m_expected["cases"][name.toStdString()];
    const auto& given = entry["config"];
    auto model = tinyModel(jsonOr<std::string>(given, "model", "model"));
    auto schedule = model.schedule.config();
    schedule.predictionType = given["prediction"] == "epsilon" ? PredictionType::Epsilon : PredictionType::VPrediction;
    model.schedule = NoiseSchedule(schedule);
    RecordedDraws draws(given["draws"]);
    const auto trained = trainTinyLora(configOf(m_expected, given), model, draws);
    QCOMPARE(trained.points.size(), entry["steps"].size());
    double worstLoss = 0, worstNorm = 0;
    for (std::size_t i = 0; i < trained.points.size(); ++i) {
      const auto& point = trained.points[i];
      const auto& wanted = entry["steps"][i];
      worstLoss = std::max(worstLoss, relative(point.instanceLoss, wanted["instance_loss"]));
      worstLoss = std::max(worstLoss, relative(point.priorLoss, wanted["prior_loss"]));
      worstNorm = std::max(worstNorm, relative(point.gradNorm, wanted["grad_norm"]));
    }
    qInfo("%zu steps: losses differ by at most %.1e, gradient norms by %.1e, relative", trained.points.size(), worstLoss,
          worstNorm);
    QVERIFY2(worstLoss < 1e-4, qPrintable(QString::number(worstLoss)));
    QVERIFY2(worstNorm < 1e-3, qPrintable(QString::number(worstNorm)));
    compareLoras(trained.lora, name.toStdString());
  }

 private:
  Json m_expected;
};

QTEST_APPLESS_MAIN(TestLoraTraining)
#include "test_lora_training.moc"
