// Each loss, optimizer and average against the PyTorch loop of make_recipe_fixtures.py, and their tables.
#include <QTest>
#include <algorithm>

#include "core/api/options.h"
#include "core/train/dynamic_map.h"
#include "core/train/lr_schedule.h"
#include "core/train/training_noise.h"
#include "core/weights/diffusers_folder.h"
#include "tests/numerics/recorded_draws.h"

using namespace likeness;

namespace {

Json recipes() { return readJsonFile(trainFixtures() / "recipes.json").value(); }
Json tables() { return readJsonFile(trainFixtures() / "tables.json").value(); }

// The options among the case's entries; the rest tells what it is tried on.
TrainConfig configOf(const Json& given) {
  TrainConfig config;
  for (const auto& [name, value] : given.items()) {
    if (name == "model" || name == "draws" || name == "prediction") continue;
    const auto text = value.is_string() ? value.get<std::string>() : value.dump();
    setTrainOption(config, name, text).value();
  }
  config.precision = Precision::Fp32;
  config.checkpointEvery = config.validateEvery = config.previewEvery = 0;
  return config;
}

std::map<std::string, torch::Tensor> weightsOf(const StableDiffusion& model) {
  std::map<std::string, torch::Tensor> all;
  for (const auto& [key, tensor] : stateDict(*model.unet)) all["unet." + key] = tensor;
  for (const auto& [key, tensor] : stateDict(*model.textEncoder)) all["text_encoder." + key] = tensor;
  if (!model.textEncoder2) return all;
  for (const auto& [key, tensor] : stateDict(*model.textEncoder2)) all["text_encoder_2." + key] = tensor;
  return all;
}

double worst(const std::vector<MetricPoint>& points, const Json& wanted, double MetricPoint::*member) {
  double worst = 0;
  for (std::size_t i = 0; i < points.size(); ++i) {
    worst = std::max(worst, relative(points[i].*member, wanted[i].get<double>()));
  }
  return worst;
}

}  // namespace

class TestRecipesParity : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void initTestCase() { at::set_num_threads(1); }

  void fiftyStepsEqualTheReference_data() {
    QTest::addColumn<QString>("name");
    const auto all = recipes();
    QVERIFY(all.size() >= 39);
    for (const auto& [name, entry] : all.items()) QTest::newRow(name.c_str()) << QString::fromStdString(name);
  }
  void fiftyStepsEqualTheReference() {
    QFETCH(QString, name);
    const auto all = recipes();
    const auto& entry = all[name.toStdString()];
    const auto& given = entry["config"];
    auto model = tinyModel(jsonOr<std::string>(given, "model", "model"));
    usePrediction(model, given["prediction"]);
    RecordedDraws draws(given["draws"]);
    const auto points = runTiny(configOf(given), model, &draws);
    QCOMPARE(points.size(), entry["instance_loss"].size());
    const auto loss = std::max(worst(points, entry["instance_loss"], &MetricPoint::instanceLoss),
                               worst(points, entry["prior_loss"], &MetricPoint::priorLoss));
    const auto norm = worst(points, entry["grad_norm"], &MetricPoint::gradNorm);
    for (std::size_t i = 0; i < points.size() && given.value("adafactor_relative_step", false) == false; ++i) {
      QVERIFY(std::abs(points[i].learningRate - entry["rate"][i].get<double>()) <
              1e-3 * std::abs(entry["rate"][i].get<double>()) + 1e-12);
    }
    const auto weights = compareWeights(model, name.toStdString());
    qInfo("%zu steps: losses differ by at most %.1e, gradient norms by %.1e, weights by %.1e, relative", points.size(),
          loss, norm, weights);
    QVERIFY2(loss < 1e-4, qPrintable(QString::number(loss)));
    QVERIFY2(norm < 1e-3, qPrintable(QString::number(norm)));
    QVERIFY2(weights < 1e-3, qPrintable(QString::number(weights)));
  }

  void schedulesEqualDiffusers() {
    const auto wanted = tables();
    const auto steps = wanted["steps"].get<std::int64_t>(), warmup = wanted["warmup"].get<std::int64_t>();
    QCOMPARE(wanted["schedules"].size(), std::size_t{5});
    for (const auto& [name, factors] : wanted["schedules"].items()) {
      TrainConfig config;
      setTrainOption(config, "lr_schedule", name).value();
      for (std::int64_t step = 0; step < steps; ++step) {
        const auto got = lrFactor(config.lrSchedule, step, warmup, steps, {.cycles = 3, .power = 2});
        QVERIFY2(std::abs(got - factors[static_cast<std::size_t>(step)].get<double>()) < 1e-9, name.c_str());
      }
    }
  }

  void rexIsItsPapersProfile() {
    // Chen et al. 2022: (1 − p)/(1/2 + (1 − p)/2), after the warm-up.
    for (std::int64_t step = 10; step <= 110; ++step) {
      const auto left = 1.0 - static_cast<double>(step - 10) / 100;
      QVERIFY(std::abs(lrFactor(LrScheduleKind::Rex, step, 10, 110) - left / (0.5 + 0.5 * left)) < 1e-12);
    }
    QCOMPARE(lrFactor(LrScheduleKind::Rex, 5, 10, 110), 0.5);
    QCOMPARE(lrFactor(LrScheduleKind::Rex, 500, 10, 110), 0.0);
  }

  void pyramidEqualsTheReference() {
    const auto wanted = tables();
    const auto file = SafetensorsFile::open(trainFixtures() / "pyramid.safetensors").value();
    const auto ratios = wanted["pyramid_ratios"].get<std::vector<double>>();
    const auto noise = file.tensor("noise"), levels = file.tensor("levels");
    QCOMPARE(pyramidNumbers(noise.sizes(), ratios), levels.numel());
    const auto got = addPyramid(noise, ratios, levels, wanted["pyramid_discount"]);
    QVERIFY(got.allclose(file.tensor("expected"), 1e-5, 1e-6));
  }

  void eightBitMapsEqualTheReference() {
    const auto wanted = tables();
    for (const bool withSign : {true, false}) {
      const DynamicMap map(withSign);
      const auto values = wanted[withSign ? "signed_map" : "unsigned_map"].get<std::vector<double>>();
      for (int code = 0; code < 256; ++code) {
        QVERIFY(std::abs(map.value(static_cast<std::uint8_t>(code)) - values[static_cast<std::size_t>(code)]) < 1e-9);
        QCOMPARE(int(map.nearest(map.value(static_cast<std::uint8_t>(code)))), code);
      }
      for (int code = 0; code < 255; ++code) {  // on both sides of what is between two values
        const auto value = [&](int of) { return map.value(static_cast<std::uint8_t>(of)); };
        const auto middle = (value(code) + value(code + 1)) / 2.0f;
        QCOMPARE(int(map.nearest(middle)), code);
        QCOMPARE(int(map.nearest(std::nextafter(middle, 2.0f))), code + 1);
      }
      QCOMPARE(int(map.nearest(7)), 255);
      QCOMPARE(int(map.nearest(-7)), 0);
    }
  }

 private:
  // The largest relative difference of the recorded tensors; of a token embedding the last rows are recorded.
  static double compareWeights(const StableDiffusion& model, const std::string& name) {
    const auto final = SafetensorsFile::open(trainFixtures() / "recipes.safetensors").value();
    auto ours = weightsOf(model);
    double worst = 0;
    for (const auto& [key, info] : final.tensors()) {
      if (!key.starts_with(name + "/")) continue;
      const auto wanted = final.tensor(key);
      const auto got = ours.at(key.substr(name.size() + 1)).slice(0, -wanted.size(0));
      worst = std::max(worst, ((got - wanted).norm() / wanted.norm()).item<double>());
    }
    return worst > 0 ? worst : 1e9;  // nothing compared, or our own numbers
  }
};

QTEST_APPLESS_MAIN(TestRecipesParity)
#include "test_recipes_parity.moc"
