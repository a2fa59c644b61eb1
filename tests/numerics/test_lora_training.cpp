// Training LoRAs against PEFT in the plain PyTorch loop of make_train_lora_fixtures.py, and new words, alone and beside
// LoRAs, against diffusers' way in that of make_train_token_fixtures.py.
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
  config.method = TrainMethod::Lora;  // unless the case has another
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

// Trains a tiny model on recorded draws; `look` sees the last checkpoint before it goes away.
std::vector<MetricPoint> trainTiny(const TrainConfig& config, StableDiffusion& model, TrainingDraws& draws,
                                   const std::function<void(const std::filesystem::path&)>& look) {
  QTemporaryDir folder;
  TrainJob job;
  job.config = config;
  job.set = tinyTrainingSet();
  job.runFolder = folder.path().toStdString();
  job.draws = &draws;
  JobControl control;
  RecordingObserver observer;
  look(train(model, job, control, observer).value().checkpoint.folder);
  return observer.points;
}

Trained trainTinyLora(const TrainConfig& config, StableDiffusion& model, TrainingDraws& draws) {
  Trained trained;
  trained.points = trainTiny(config, model, draws, [&](const std::filesystem::path& checkpoint) {
    trained.lora = openLora(checkpoint / kLoraFile, loraNames(model)).value();
    for (auto& module : trained.lora.modules) {  // the folder goes away
      for (auto* tensor : {&module.change.down, &module.change.up, &module.change.magnitude}) {
        if (tensor->defined()) *tensor = tensor->clone();
      }
    }
  });
  return trained;
}

std::string nameOf(const LoraTarget& target) {
  const char* part = target.component == LoraComponent::Unet          ? "unet."
                     : target.component == LoraComponent::TextEncoder ? "text_encoder."
                                                                      : "text_encoder_2.";
  return part + target.name;
}

// `least`: what prior losses are at least relative to.
void compareSteps(const std::vector<MetricPoint>& points, const Json& steps, double least = 0) {
  QCOMPARE(points.size(), steps.size());
  double worstLoss = 0, worstNorm = 0;
  for (std::size_t i = 0; i < points.size(); ++i) {
    worstLoss = std::max(worstLoss, relative(points[i].instanceLoss, steps[i]["instance_loss"]));
    const bool prior = !steps[i]["prior_loss"].is_null();
    if (prior) {
      const double wanted = steps[i]["prior_loss"];
      worstLoss = std::max(worstLoss, std::abs(points[i].priorLoss - wanted) / std::max(wanted, least));
    }
    worstNorm = std::max(worstNorm, relative(points[i].gradNorm, steps[i]["grad_norm"]));
  }
  qInfo("%zu steps: losses differ by at most %.1e, gradient norms by %.1e, relative", points.size(), worstLoss,
        worstNorm);
  QVERIFY2(worstLoss < 1e-4, qPrintable(QString::number(worstLoss)));
  QVERIFY2(worstNorm < 1e-3, qPrintable(QString::number(worstNorm)));
}

void compareWord(const std::filesystem::path& checkpoint, const std::string& name, std::size_t encoders) {
  const auto word = readTextualInversion(SafetensorsFile::open(checkpoint / kEmbeddingFile).value()).value();
  const auto final = SafetensorsFile::open(trainFixtures() / (name + ".safetensors")).value();
  QCOMPARE(word.vectors.size(), encoders);
  for (std::size_t i = 0; i < encoders; ++i) {
    const auto theirs = final.tensor(i == 0 ? "text_encoder.token" : "text_encoder_2.token");
    QVERIFY(theirs.sizes() == word.vectors[i].sizes());
    const auto difference = ((word.vectors[i] - theirs).norm() / theirs.norm()).item<double>();
    qInfo("the word's vectors differ by %.1e, relative", difference);
    QVERIFY2(difference < 1e-3, qPrintable(QString::number(difference)));
  }
}

// `others`: how many tensors of the file are no LoRA's.
void compareLoras(const Lora& lora, const std::string& name, std::size_t others = 0) {
  const auto final = SafetensorsFile::open(trainFixtures() / (name + ".safetensors")).value();
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
  QCOMPARE(compared + others, final.tensors().size());
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
    // The base's own predictions are met all but exactly, so that there is nothing to be relative to.
    compareSteps(trained.points, entry["steps"], given.contains("prior_prediction") ? 1e-3 : 0);
    compareLoras(trained.lora, "lora_" + name.toStdString());
  }

  void newWordsEqualDiffusers_data() {
    QTest::addColumn<QString>("name");
    const auto expected = readJsonFile(trainFixtures() / "token_expected.json").value();
    for (const auto& [name, entry] : expected["cases"].items()) QTest::newRow(name.c_str()) << QString::fromStdString(name);
  }
  void newWordsEqualDiffusers() {
    QFETCH(QString, name);
    const auto expected = readJsonFile(trainFixtures() / "token_expected.json").value();
    const auto& entry = expected["cases"][name.toStdString()];
    const auto& given = entry["config"];
    auto model = tinyModel(jsonOr<std::string>(given, "model", "model"));
    usePrediction(model, given["prediction"]);
    RecordedDraws draws(given["draws"]);
    const auto file = "token_" + name.toStdString();
    const auto encoders = model.textEncoders().size();
    const auto config = configOf(expected, given);
    const auto points = trainTiny(config, model, draws, [&](const std::filesystem::path& checkpoint) {
      compareWord(checkpoint, file, encoders);
      if (config.method != TrainMethod::Lora) return;
      compareLoras(openLora(checkpoint / kLoraFile, loraNames(model)).value(), file, encoders);
    });
    compareSteps(points, entry["steps"]);
  }

 private:
  Json m_expected;
};

QTEST_APPLESS_MAIN(TestLoraTraining)
#include "test_lora_training.moc"
