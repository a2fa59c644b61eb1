#include <QTest>

#include "core/tensor/memory_meter.h"
#include "core/train/planner.h"
#include "core/weights/diffusers_folder.h"
#include "tests/numerics/train_fixture.h"

using namespace likeness;

namespace {

constexpr std::uint64_t kProgram = 100'000'000;

TrainConfig quickConfig() {
  TrainConfig config;
  config.precision = Precision::Fp32;
  config.batchSize = 1;
  return config;
}

TrainingPlan planOf(const TrainConfig& config) {
  auto model = tinyModel();
  JobControl control;
  return planTraining(model, config, {"a photo of sks dog", "a photo of a dog"}, kProgram, control).value();
}

std::int64_t countOf(const torch::nn::Module& module) {
  std::int64_t count = 0;
  for (const auto& parameter : module.parameters()) count += parameter.numel();
  return count;
}

}  // namespace

class TestPlanner : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void theMeterFollowsAllocations() {
    const auto before = torch::ones({1000});
    const MemoryMeter meter;
    auto kept = torch::empty({250'000});
    {
      const auto passing = torch::empty({500'000});
      QVERIFY(meter.trace().back() >= 3'000'000);
    }
    QVERIFY(meter.trace().back() >= 1'000'000 && meter.trace().back() < 1'100'000);
    kept.reset();
    QVERIFY(meter.trace().back() < 100'000);
  }

  void countsWhatLearns() {
    const auto model = tinyModel();
    auto config = quickConfig();
    const auto both = countedPlan(model, config);
    QCOMPARE(both.trainedParameters, countOf(*model.unet) + countOf(*model.textEncoder));
    QCOMPARE(both.frozenParameters, countOf(*model.vae));
    config.textEncoderLearningRate = 0;
    const auto unetOnly = countedPlan(model, config);
    QCOMPARE(unetOnly.trainedParameters, countOf(*model.unet));
    QCOMPARE(unetOnly.gradients, std::uint64_t(4 * countOf(*model.unet)));
    QCOMPARE(unetOnly.optimizer, 2 * unetOnly.gradients);
    QCOMPARE(unetOnly.weights, both.weights);  // frozen or not, they lie there
  }

  void moreAtOnceTakesMore() {
    auto config = quickConfig();
    const auto one = planOf(config);
    config.batchSize = 4;
    const auto four = planOf(config);
    QVERIFY(one.activations > 0 && one.secondsPerStep > 0);
    QVERIFY(four.activations > 2 * one.activations);
    config.batchSize = 1;
    config.gradientAccumulation = 4;
    const auto gathered = planOf(config);
    QVERIFY(gathered.activations < 2 * one.activations);
    QVERIFY(gathered.secondsPerStep > 2 * one.secondsPerStep);
    config.batchSize = 4;  // of one photo the gaps in memory weigh as much as its class image
    config.gradientAccumulation = 1;
    config.priorWeight = 0;
    QVERIFY(planOf(config).activations < four.activations);
  }

  void leavesTheWeightsAlone() {
    auto model = tinyModel();
    std::vector<torch::Tensor> before;
    for (const auto& [name, tensor] : stateDict(*model.unet)) before.push_back(tensor.clone());
    JobControl control;
    QVERIFY(planTraining(model, quickConfig(), {"a dog", "a dog"}, kProgram, control).ok());
    std::size_t i = 0;
    for (const auto& [name, tensor] : stateDict(*model.unet)) QVERIFY2(tensor.equal(before[i++]), name.c_str());
    for (const auto& parameter : model.unet->parameters()) QVERIFY(!parameter.requires_grad());
  }

  void saysWhatCannotFit() {
    TrainingPlan plan;
    plan.total = 41'200'000'000;
    plan.available = 24'100'000'000;
    const auto refused = checkFits(plan);
    QCOMPARE(refused.error().code, ErrorCode::OutOfMemory);
    QVERIFY(refused.error().message.find("41.2 GB") != std::string::npos);
    QVERIFY(refused.error().message.find("24.1 GB") != std::string::npos);
    plan.available = plan.total;
    QVERIFY(checkFits(plan).ok());
    QVERIFY(availableMemory() > 100'000'000);
    plan.available = 24'100'000'000;
    plan.offers = {{{{"gradient_checkpointing", "true"}}, "the same result, slower", 20'300'000'000}};
    const auto offered = checkFits(plan).error().message;
    QVERIFY2(offered.find("--set gradient_checkpointing=true (20.3 GB; the same result, slower)") != std::string::npos,
             offered.c_str());
    QVERIFY(describe(plan).find("--set gradient_checkpointing=true (20.3 GB") != std::string::npos);
  }

  void whatTheUserLeavesIsTheMost() {
    qputenv("LIKENESS_MEMORY", "5000000");
    const auto available = availableMemory();
    qunsetenv("LIKENESS_MEMORY");
    QCOMPARE(available, std::uint64_t(5'000'000));
    QVERIFY(availableMemory() > available);
    TrainingPlan counted;
    counted.total = 10;
    counted.available = 1'000'000'000;
    QVERIFY(surelyFits(counted, quickConfig(), 64, 100));
    QVERIFY(!surelyFits(counted, quickConfig(), 512, 100));  // perhaps, but not for certain
  }

  void refusesAResolutionThatTheModelCannotTakeAndStops() {
    auto model = tinyModel();
    auto config = quickConfig();
    config.resolution = 33;
    JobControl control;
    QCOMPARE(planTraining(model, config, {"a", "a"}, kProgram, control).error().code, ErrorCode::InvalidArgument);
    config.resolution = 0;
    control.requestStop();
    QVERIFY_THROWS_EXCEPTION(ErrorException,
                             static_cast<void>(planTraining(model, config, {"a", "a"}, kProgram, control)));
  }
};

int runPlannerTests(int argc, char** argv) {
  TestPlanner test;
  return QTest::qExec(&test, argc, argv);
}

#include "test_planner.moc"
