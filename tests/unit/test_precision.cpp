// Weights in bf16 and fp16, losses that are scaled, runs that end early.
#include <QTemporaryDir>
#include <QTest>
#include <cmath>
#include <limits>

#include "core/api/options.h"
#include "core/base/json.h"
#include "core/sample/autocast.h"
#include "core/sample/vae_passes.h"
#include "core/tensor/random.h"
#include "core/train/early_stop.h"
#include "core/train/loss_scale.h"
#include "core/train/narrow_weights.h"
#include "core/train/planner.h"
#include "core/train/rounded_optimizer.h"
#include "core/train/text_conditions.h"
#include "core/train/trained_weights.h"
#include "core/train/training_pass.h"
#include "core/weights/diffusers_folder.h"
#include "tests/numerics/recorded_draws.h"

using namespace likeness;
namespace fs = std::filesystem;

namespace {

RandomKey keyOf(std::uint64_t step) { return {7, step, 0, RandomStream::StochasticRounding}; }

torch::Tensor rounded(const torch::Tensor& exact, std::uint64_t step = 1) {
  auto result = torch::empty_like(exact, torch::kBFloat16);
  roundStochastically(exact, result, keyOf(step));
  return result;
}

// The bf16 numbers on both sides of each number: equal where it is one.
std::pair<torch::Tensor, torch::Tensor> neighbours(const torch::Tensor& exact) {
  const auto bits = exact.contiguous().view(torch::kInt32);
  const auto inner = at::bitwise_and(bits, ~0xFFFF), outer = at::bitwise_and(bits + 0xFFFF, ~0xFFFF);
  return {inner.view(torch::kFloat32), outer.view(torch::kFloat32)};
}

TrainConfig withOptions(TrainConfig config, const std::map<std::string, std::string>& options) {
  for (const auto& [name, value] : options) setTrainOption(config, name, value).value();
  return config;
}

Result<TrainOutcome> trainIn(const fs::path& run, const TrainConfig& config, StableDiffusion& model,
                             TrainObserver& observer, const fs::path& resumeFrom = {}, TrainingDraws* draws = nullptr) {
  TrainJob job;
  job.config = config;
  job.set = tinyTrainingSet();
  job.runFolder = run;
  job.resumeFrom = resumeFrom;
  job.draws = draws;
  JobControl control;
  return train(model, job, control, observer);
}

// Noise that is not a number at some steps; the others draw as step − skipped would without them.
class BrokenDraws : public CounterDraws {
 public:
  BrokenDraws(std::uint64_t seed, std::int64_t first, std::int64_t count, bool fill)
      : CounterDraws(seed), m_first(first), m_count(count), m_fill(fill) {}
  TrainingDraw draw(std::int64_t step, std::int64_t item, bool prior, const DrawSpace& space) override {
    const bool broken = m_fill && step >= m_first && step < m_first + m_count;
    const auto as = !m_fill && step >= m_first ? step + m_count : step;
    auto moved = space;
    if (as != step) moved.number = -1;  // the sample of that step
    auto draw = CounterDraws::draw(as, item, prior, moved);
    if (broken) draw.noise[0][0][0] = std::numeric_limits<float>::quiet_NaN();
    return draw;
  }

 private:
  std::int64_t m_first, m_count;
  bool m_fill;
};

double farthest(const torch::nn::Module& a, const torch::nn::Module& b) {
  double most = 0;
  const auto left = stateDict(a), right = stateDict(b);
  for (std::size_t i = 0; i < left.size(); ++i) {
    const auto difference = (left[i].second - right[i].second).to(torch::kFloat32).abs().max().item<double>();
    most = std::max(most, difference);
  }
  return most;
}

double meanLoss(const std::vector<MetricPoint>& points) {
  double sum = 0;
  for (const auto& point : points) {
    if (point.step > 0) sum += point.instanceLoss;
  }
  return sum / static_cast<double>(points.size());
}

// The gradients of a pass through text encoders and UNet in bf16, by the names of what learns.
std::map<std::string, torch::Tensor> passInBf16(TrainedWeights& weights, StableDiffusion& model,
                                                TextConditions& conditions, bool narrow) {
  weights.clearGradients();
  weights.narrowGradients(narrow);
  torch::manual_seed(5);
  const auto sample = torch::randn({2, 4, 8, 8}), timesteps = torch::tensor({3, 700}, torch::kInt64);
  torch::Tensor loss;
  {
    const AutocastScope autocast(torch::kCPU, true);
    const auto text = conditions.rows(torch::tensor({0, 1}, torch::kInt64), true);
    const AddedConditions added{text.pooled, torch::ones({2, 6}) * 16};
    const auto answer = model.unet->forward(sample, timesteps, text.hidden, text.pooled.defined() ? &added : nullptr);
    loss = answer.to(torch::kFloat32).square().mean();
  }
  loss.backward();
  weights.endPass();
  std::map<std::string, torch::Tensor> gradients;
  for (const auto& [name, parameter] : weights.parameters()) {
    if (parameter.grad().defined()) gradients[name] = parameter.grad();
  }
  return gradients;
}

}  // namespace

class TestPrecision : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void init() {
    m_folder = std::make_unique<QTemporaryDir>();
    m_root = m_folder->path().toStdString();
  }

  void roundingAtRandomIsRightInTheMean_data() {
    QTest::addColumn<double>("number");
    for (const double number : {1.001, -1.001, 3.1e-5, 250.7, 1.0039, 1e-39}) {
      QTest::newRow(QByteArray::number(number).constData()) << number;
    }
  }
  void roundingAtRandomIsRightInTheMean() {
    QFETCH(double, number);
    constexpr std::int64_t kCount = 40'000;
    const auto exact = torch::full({kCount}, number, torch::kFloat32);
    const auto got = rounded(exact).to(torch::kFloat64);
    const auto [inner, outer] = neighbours(exact);
    QVERIFY((got.eq(inner) | got.eq(outer)).all().item<bool>());
    const auto gap = (outer[0] - inner[0]).abs().item<double>();
    const auto share = std::abs(exact[0].item<double>() - inner[0].item<double>()) / gap;
    const auto deviation = gap * std::sqrt(share * (1 - share) / kCount);
    const auto off = std::abs(got.mean().item<double>() - exact[0].item<double>());
    QVERIFY2(off < 5 * deviation, qPrintable(QString("%1 of %2").arg(off).arg(deviation)));
    QVERIFY(std::abs(exact[0].item<double>() - inner[0].item<double>()) > 10 * deviation);  // a rule that truncates fails
  }

  void roundingAtRandomLeavesWhatFits() {
    const auto infinity = std::numeric_limits<float>::infinity();
    const auto exact = torch::tensor({0.0f, -0.0f, 1.0f, -2.5f, infinity, -infinity, 3.0e-39f * 0});
    QVERIFY(rounded(exact).to(torch::kFloat32).equal(exact));
    QVERIFY(rounded(torch::full({9}, std::nanf(""))).isnan().all().item<bool>());
    const auto many = torch::full({5000}, 1.003f);
    QVERIFY(rounded(many, 3).equal(rounded(many, 3)) && !rounded(many, 3).equal(rounded(many, 4)));
    at::set_num_threads(2);
    const auto two = rounded(torch::full({50'000}, 1.003f));
    at::set_num_threads(1);
    QVERIFY(two.equal(rounded(torch::full({50'000}, 1.003f))));
    const auto image = torch::rand({8, 6, 3, 3}).contiguous(at::MemoryFormat::ChannelsLast);
    QVERIFY((rounded(image).to(torch::kFloat32) - image).abs().max().item<float>() < 0.004f);
    QVERIFY_THROWS_EXCEPTION(c10::Error, roundStochastically(image, torch::empty({8, 6, 3, 3}, torch::kBFloat16), keyOf(1)));
  }

  // A step below half the distance of two bf16 numbers: to the nearest nothing ever happens.
  void smallStepsCountInTheMean() {
    auto config = withOptions({}, {{"optimizer", "sgd"}, {"beta1", "0"}, {"weight_decay", "0"}});
    auto weight = torch::ones({64, 64}, torch::kBFloat16).set_requires_grad(true);
    auto nearest = torch::ones({64, 64}, torch::kBFloat16);
    RoundedOptimizer optimizer(config, {{"weight", weight}}, 0);
    for (int step = 1; step <= 50; ++step) {
      weight.mutable_grad() = torch::ones_like(weight.detach());
      optimizer.step(step, 2e-4);
      nearest = (nearest.to(torch::kFloat32) - 2e-4).to(torch::kBFloat16);
    }
    QVERIFY(nearest.eq(1).all().item<bool>());
    const auto mean = weight.detach().to(torch::kFloat64).mean().item<double>();
    // 4096 weights of 50 steps whose roundings have deviation √(gap · step): 0.0009 each step at most
    QVERIFY2(std::abs(mean - 0.99) < 5 * 0.0009 * std::sqrt(50.0) / 64, qPrintable(QString::number(mean, 'g', 8)));
  }

  // What is rounded is exactly what the fp32 optimizer, which equals PyTorch's, makes of the same weights and gradients.
  void eachStepLandsBesideTheExactOne_data() {
    QTest::addColumn<QString>("optimizer");
    for (const char* name : {"adamw", "adamw8bit", "sgd", "lion", "adafactor", "prodigy"}) QTest::newRow(name) << name;
  }
  void eachStepLandsBesideTheExactOne() {
    QFETCH(QString, optimizer);
    const auto config = withOptions({}, {{"optimizer", optimizer.toStdString()}});
    const auto rate = optimizer == "prodigy" ? 1.0 : 1e-3;
    torch::manual_seed(1);
    NamedTensors narrow{{"matrix", torch::randn({70, 80}).to(torch::kBFloat16)},
                        {"convolution", torch::randn({24, 24, 3, 3}).contiguous(at::MemoryFormat::ChannelsLast).to(torch::kBFloat16)},
                        {"vector", torch::randn({9})}};
    NamedTensors wide;
    for (auto& [name, tensor] : narrow) {
      tensor.set_requires_grad(true);
      wide.emplace_back(name, tensor.detach().to(torch::kFloat32, false, /*copy=*/true));
    }
    const auto rounding = makeOptimizerFor(config, narrow, 0), exact = makeOptimizer(config, wide);
    for (int step = 1; step <= 50; ++step) {
      for (std::size_t i = 0; i < narrow.size(); ++i) {
        narrow[i].second.mutable_grad() = torch::randn_like(narrow[i].second.detach());
        wide[i].second.copy_(narrow[i].second.detach());
        wide[i].second.mutable_grad() = narrow[i].second.grad().to(torch::kFloat32, false, /*copy=*/true);
      }
      rounding->step(step, rate);
      exact->step(step, rate);
      for (std::size_t i = 0; i < 2; ++i) {
        const auto got = narrow[i].second.detach().to(torch::kFloat32);
        const auto [inner, outer] = neighbours(wide[i].second.contiguous());
        QVERIFY2((got.eq(inner) | got.eq(outer)).all().item<bool>(), narrow[i].first.c_str());
      }
      QVERIFY(narrow[2].second.equal(wide[2].second));
      QCOMPARE(rounding->lastDecay(0), exact->lastDecay(0));
      QCOMPARE(rounding->rateScale(), exact->rateScale());
    }
    NamedTensors ours, theirs;  // and what the optimizer remembers is the same to the bit
    rounding->saveState(ours, ""), exact->saveState(theirs, "");
    QCOMPARE(ours.size(), theirs.size());
    for (const auto& [name, tensor] : theirs) {
      const auto same = std::ranges::find(ours, name, &NamedTensors::value_type::first);
      QVERIFY2(same != ours.end() && same->second.equal(tensor), name.c_str());
    }
  }

  void gradientsInBf16LoseNothing_data() {
    QTest::addColumn<QString>("model");
    for (const char* name : {"model", "xl"}) QTest::newRow(name) << name;
  }
  void gradientsInBf16LoseNothing() {
    QFETCH(QString, model);
    auto tiny = tinyModel(model.toStdString());
    setRecompute(tiny, true);
    TextConditions conditions(tiny, {"a photo of sks dog", "a photo of a dog"});
    TrainedWeights weights(tiny, withOptions(quietConfig(1), {{"precision", "bf16"}}), conditions.ids());
    const auto wide = passInBf16(weights, tiny, conditions, false), narrow = passInBf16(weights, tiny, conditions, true);
    QCOMPARE(narrow.size(), wide.size());
    std::int64_t bytes = 0, wideBytes = 0;
    for (const auto& [name, gradient] : wide) {
      const auto& other = narrow.at(name);
      QVERIFY2(other.to(torch::kFloat32).equal(gradient), name.c_str());
      bytes += static_cast<std::int64_t>(other.nbytes()), wideBytes += static_cast<std::int64_t>(gradient.nbytes());
    }
    QVERIFY2(bytes < 0.6 * wideBytes, qPrintable(QString("%1 of %2 bytes").arg(bytes).arg(wideBytes)));
  }

  void optimizersTakeBf16Gradients_data() { eachStepLandsBesideTheExactOne_data(); }
  void optimizersTakeBf16Gradients() {
    QFETCH(QString, optimizer);
    const auto config = withOptions({}, {{"optimizer", optimizer.toStdString()}});
    torch::manual_seed(1);
    NamedTensors narrow{{"matrix", torch::randn({70, 80}).requires_grad_()}, {"vector", torch::randn({9}).requires_grad_()}};
    NamedTensors wide;
    for (const auto& [name, tensor] : narrow) wide.emplace_back(name, tensor.detach().clone().requires_grad_());
    narrow.front().second.set_grad_dtype(torch::kBFloat16);
    const auto ours = makeOptimizer(config, narrow), exact = makeOptimizer(config, wide);
    for (int step = 1; step <= 3; ++step) {
      for (std::size_t i = 0; i < narrow.size(); ++i) {
        const auto gradient = torch::randn_like(wide[i].second.detach()).to(torch::kBFloat16);
        narrow[i].second.mutable_grad() = i == 0 ? gradient : gradient.to(torch::kFloat32);
        wide[i].second.mutable_grad() = gradient.to(torch::kFloat32).mul_(0.3);  // scaled before in place of within
      }
      ours->step(step, 1e-3, 0.3);
      exact->step(step, 1e-3);
      for (std::size_t i = 0; i < narrow.size(); ++i) QVERIFY(narrow[i].second.equal(wide[i].second));
    }
  }

  void weightsInBf16LearnAsThoseInFp32() {
    const auto config = withOptions(quietConfig(50), {{"batch_size", "1"}, {"prior_weight", "0"}});
    auto wide = tinyModel(), narrow = tinyModel();
    const auto exact = runTiny(config, wide);
    const auto got = runTiny(withOptions(config, {{"weights_dtype", "bf16"}}), narrow);
    const auto apart = std::abs(meanLoss(got) / meanLoss(exact) - 1);
    qInfo("losses differ by %.1e in the mean, weights by %.1e", apart, farthest(*narrow.unet, *wide.unet));
    QVERIFY(apart < 5e-3);
    QVERIFY(meanLoss({got.end() - 10, got.end()}) < meanLoss({got.begin(), got.begin() + 10}));
    for (const auto& entry : narrow.unet->named_parameters()) {
      QCOMPARE(entry.value().scalar_type() == torch::kBFloat16, mayBeNarrow(entry.key(), entry.value()));
    }
  }

  void checkpointsHoldBf16AndComeBack() {
    const auto config = withOptions(quietConfig(3), {{"weights_dtype", "bf16"}, {"ema_decay", "0.5"}});
    auto model = tinyModel(), back = tinyModel(), averaged = tinyModel();
    RecordingObserver observer;
    const auto folder = trainIn(m_root / "run", config, model, observer).value().checkpoint.folder;
    const auto file = SafetensorsFile::open(folder / "unet.safetensors").value();
    std::size_t narrow = 0;
    for (const auto& [name, info] : file.tensors()) narrow += info.dtype == torch::kBFloat16;
    QVERIFY(narrow > 50 && narrow < file.tensors().size());
    loadTrainedWeights(back, folder, LoraMode::Live, WeightsFor::Training).value();
    for (const auto& entry : back.unet->named_parameters()) {
      QVERIFY2(entry.value().equal(file.tensor(entry.key()).to(torch::kFloat32)), entry.key().c_str());
    }
    // An average in bf16 would stand still; ours is finer than bf16.
    loadTrainedWeights(averaged, folder).value();
    const auto value = averaged.unet->named_parameters()["mid_block.resnets.0.conv1.weight"].detach();
    QVERIFY(!value.equal(value.to(torch::kBFloat16).to(torch::kFloat32)));
  }

  void frozenWeightsTakeHalfAndTeachTheSame_data() {
    QTest::addColumn<QString>("dtype");
    QTest::addColumn<QString>("precision");
    QTest::newRow("bf16") << "bf16" << "bf16";
    QTest::newRow("bf16, passes in fp32") << "bf16" << "fp32";
    QTest::newRow("fp16, passes in bf16") << "fp16" << "bf16";
    QTest::newRow("fp16") << "fp16" << "fp16";  // diffusers #1246, #6098, #9973: "attempting to unscale FP16 gradients"
  }
  void frozenWeightsTakeHalfAndTeachTheSame() {
    QFETCH(QString, dtype);
    QFETCH(QString, precision);
    const auto config = withOptions(quietConfig(4), {{"method", "lora"}, {"learning_rate", "1e-3"}, {"lora_dora", "true"},
                                                     {"batch_size", "1"}, {"preview_every", precision == "bf16" ? "0" : "4"}});
    const auto frozen = withOptions(config, {{"frozen_dtype", dtype.toStdString()}, {"precision", precision.toStdString()}});
    auto wide = tinyModel(), narrow = tinyModel();
    RecordingObserver exact, observer;
    static_cast<void>(trainIn(m_root / "wide", config, wide, exact).value());
    const auto planned = countedPlan(narrow, frozen).weights;
    const auto folder = trainIn(m_root / "narrow", frozen, narrow, observer).value().checkpoint.folder;
    QVERIFY(std::abs(meanLoss(observer.points) / meanLoss(exact.points) - 1) < 1e-2);
    QCOMPARE(observer.previews.size(), exact.previews.size());
    std::uint64_t bytes = 0, adapters = 0, whole = 0;
    for (const auto& entry : narrow.unet->named_parameters()) {
      bytes += entry.value().nbytes();
      whole += 4 * static_cast<std::uint64_t>(entry.value().numel());
    }
    for (const auto* module : {static_cast<torch::nn::Module*>(narrow.vae.ptr().get()),
                               static_cast<torch::nn::Module*>(narrow.textEncoder.ptr().get())}) {
      for (const auto& parameter : module->parameters()) adapters += parameter.nbytes();
    }
    QVERIFY2(bytes < whole * 55 / 100, qPrintable(QString("%1 of %2").arg(bytes).arg(whole)));
    const auto file = SafetensorsFile::open(folder / kLoraFile).value();
    std::uint64_t lora = 0;
    for (const auto& [name, info] : file.tensors()) {
      QVERIFY(info.dtype == torch::kFloat32);
      if (!name.ends_with(".alpha")) lora += file.tensor(name).nbytes();
    }
    QCOMPARE(planned, bytes + adapters + lora);  // the planner counts what lies there
    for (const auto& parameter : narrow.vae->parameters()) QVERIFY(parameter.scalar_type() == torch::kFloat32);
  }

  // kohya_ss #2752: SDXL's VAE gives NaN in fp16.
  void theVaeStaysOutOfAutocast() {
    const auto model = tinyModel();
    const auto latents = normal({1, 4, 8, 8}, {1, 0, 0, RandomStream::SampleNoise});
    JobControl control;
    const auto plain = decodePixels(model, latents, VaeTiles::Auto, control);
    const AutocastScope half(torch::kCPU, true, torch::kHalf);
    QVERIFY(decodePixels(model, latents, VaeTiles::Auto, control).equal(plain));
    QVERIFY(encodePixels(model, plain, VaeTiles::Auto, control).scalar_type() == torch::kFloat32);
  }

  void theLossScaleIsTorchs() {
    const auto cases = readJsonFile(trainFixtures() / "grad_scaler.json").value()["cases"];
    QVERIFY(cases.size() >= 3);
    for (const auto& entry : cases) {
      LossScale scale;
      auto changes = Json::array();
      int step = 0;
      for (const auto& run : entry["script"]) {
        for (int i = 0; i < run[1].get<int>(); ++i, ++step) {
          const auto before = scale.scale;
          scale.update(!run[0].get<bool>());
          if (scale.scale != before) changes.push_back({step, scale.scale});
        }
      }
      QCOMPARE(changes.dump(), entry["changes"].dump());
      QCOMPARE(scale.skipped, entry["skipped"].get<std::int64_t>());
      QCOMPARE(scale.goodSteps, entry["growth_tracker"].get<std::int64_t>());
    }
  }

  void aStepThatOverflowsIsLeftOut() {
    const auto config = withOptions(quietConfig(4), {{"precision", "fp16"}, {"lr_schedule", "linear"},
                                                     {"batch_size", "1"}, {"prior_weight", "0"}});
    BrokenDraws broken(config.seed, 1, 1, true), without(config.seed, 1, 1, false);
    auto model = tinyModel(), other = tinyModel();
    RecordingObserver observer;
    const auto folder = trainIn(m_root / "run", config, model, observer, {}, &broken).value().checkpoint.folder;
    const auto state = readCheckpointState(folder).value();
    QCOMPARE(observer.points.size(), std::size_t{4});
    QVERIFY(!std::isfinite(observer.points[1].gradNorm));
    QCOMPARE(state.step, std::int64_t{4});
    QVERIFY((state.lossScale == LossScale{32768, 2, 1, 0}));
    // It counts neither for the optimizer's bias correction nor for the schedule, as in accelerate.
    QCOMPARE(observer.points[2].learningRate, observer.points[1].learningRate);
    auto shorter = config;
    shorter.steps = 3;
    shorter.lrSchedule = LrScheduleKind::Constant;
    auto same = config;
    same.lrSchedule = LrScheduleKind::Constant;
    auto third = tinyModel();
    RecordingObserver quiet;
    static_cast<void>(trainIn(m_root / "with", same, third, quiet, {}, &broken).value());
    static_cast<void>(trainIn(m_root / "without", shorter, other, quiet, {}, &without).value());
    QVERIFY2(farthest(*third.unet, *other.unet) < 2e-6, qPrintable(QString::number(farthest(*third.unet, *other.unet))));
    QVERIFY(farthest(*third.unet, *tinyModel().unet) > 1e-4);
  }

  void aRunThatOnlyOverflowsGivesUp() {
    const auto config = withOptions(quietConfig(60), {{"precision", "fp16"}, {"checkpoint_every", "20"}, {"batch_size", "1"},
                                                      {"prior_weight", "0"}, {"text_encoder_learning_rate", "0"}});
    BrokenDraws broken(config.seed, 1, 1000, true);
    auto model = tinyModel();
    RecordingObserver observer;
    const auto failed = trainIn(m_root / "run", config, model, observer, {}, &broken);
    QVERIFY(!failed.ok() && failed.error().code == ErrorCode::NotFinite);
    for (const char* part : {"step 25.", "24 steps in a row", "checkpoint, of step 20", "precision to fp32"}) {
      QVERIFY2(failed.error().message.find(part) != std::string::npos, failed.error().message.c_str());
    }
    for (const auto& parameter : model.unet->parameters()) QVERIFY(at::isfinite(parameter).all().item<bool>());
  }

  void goesOnAlike_data() {
    QTest::addColumn<QString>("options");
    QTest::newRow("bf16 weights") << "weights_dtype=bf16,precision=bf16,ema_decay=0.8,optimizer=adamw8bit";
    QTest::newRow("bf16 weights, prodigy") << "weights_dtype=bf16,optimizer=prodigy,learning_rate=1,text_encoder_learning_rate=1";
    QTest::newRow("fp16") << "precision=fp16";
    QTest::newRow("block rates") << "block_learning_rates=down=0.5; mid=0,optimizer=prodigy,learning_rate=1";
  }
  void goesOnAlike() {
    QFETCH(QString, options);
    auto config = withOptions(quietConfig(7), {{"checkpoint_every", "3"}, {"keep_checkpoints", "9"},
                                               {"gradient_accumulation", "2"}, {"batch_size", "1"}, {"prior_weight", "0"},
                                               {"text_encoder_stop_step", "5"}});
    for (const auto& option : options.split(',')) {
      setTrainOption(config, option.section('=', 0, 0).toStdString(), option.section('=', 1).toStdString()).value();
    }
    BrokenDraws draws(config.seed, 4, config.precision == Precision::Fp16 ? 1 : 0, true);  // one step is left out
    auto model = tinyModel();
    RecordingObserver observer;
    const auto end = trainIn(m_root / "whole", config, model, observer, {}, &draws).value().checkpoint.folder;
    for (const std::int64_t step : {3, 6}) {
      if (step == 3 && options == "precision=fp16") continue;  // slow here; the step left out is before 6
      auto again = tinyModel();
      const auto from = checkpointFolder(m_root / "whole", step);
      const auto resumed = trainIn(m_root / ("from" + std::to_string(step)), config, again, observer, from, &draws).value();
      QCOMPARE(checkpointHash(resumed.checkpoint.folder), checkpointHash(end));
      QVERIFY(readCheckpointState(resumed.checkpoint.folder)->lossScale == readCheckpointState(end)->lossScale);
    }
  }

  void earlyStopCountsValidationsAfterTheBest() {
    TrainConfig config;
    config.validateEvery = 5;
    const auto stops = [&](std::int64_t patience, const std::vector<ValidatedStep>& validations) {
      config.earlyStop = patience;
      return stopsEarly(validations, config);
    };
    QVERIFY(!stops(1, {}) && !stops(1, {{0, 1}}) && !stops(1, {{0, 1}, {5, 0.9}}));
    QVERIFY(stops(1, {{0, 1}, {5, 1}}));
    QVERIFY(!stops(0, {{0, 1}, {5, 2}, {10, 2}, {15, 2}}));
    QVERIFY(!stops(3, {{0, 1}, {5, 2}, {10, 0.9}, {15, 2}, {20, 2}}) && stops(2, {{0, 1}, {5, 2}, {10, 0.9}, {15, 2}, {20, 2}}));
    QVERIFY(!stops(2, {{0, 1}, {5, 2}, {7, 3}}));  // of a checkpoint, not of validate_every
    QVERIFY(!stops(1, {{0, std::nan("")}, {5, 2}}) && stops(1, {{0, 1}, {5, std::nan("")}}));
  }

  void aRunEndsEarlyWithACheckpoint() {
    // With no rate nothing gets better.
    const auto config = withOptions(quietConfig(20), {{"learning_rate", "0"}, {"text_encoder_learning_rate", "0"},
                                                      {"validate_every", "2"}, {"early_stop", "3"},
                                                      {"checkpoint_every", "4"}, {"keep_checkpoints", "9"}});
    auto model = tinyModel();
    RecordingObserver observer;
    const auto done = trainIn(m_root / "run", config, model, observer).value();
    QCOMPARE(done.lastStep, std::int64_t{6});
    QCOMPARE(done.checkpoint.step, std::int64_t{6});
    for (const char* part : {"step 6 of 20", "best at step 0", "3 validations"}) {
      QVERIFY2(done.endedEarly.find(part) != std::string::npos, done.endedEarly.c_str());
    }
    auto again = tinyModel();
    const auto resumed = trainIn(m_root / "again", config, again, observer, checkpointFolder(m_root / "run", 4)).value();
    QCOMPARE(resumed.lastStep, std::int64_t{6});
    QCOMPARE(resumed.endedEarly.substr(0, 40), done.endedEarly.substr(0, 40));
    auto third = tinyModel();
    const auto nothing = trainIn(m_root / "run", config, third, observer, done.checkpoint.folder).value();
    QCOMPARE(nothing.lastStep, std::int64_t{6});
    QVERIFY(observer.noticed("early_stop") && !nothing.endedEarly.empty());
    auto further = config;
    further.earlyStop = 4;
    auto fourth = tinyModel();
    QCOMPARE(trainIn(m_root / "run", further, fourth, observer, done.checkpoint.folder)->lastStep, std::int64_t{8});
    further.validateEvery = 0;
    auto fifth = tinyModel();
    const auto refused = trainIn(m_root / "none", further, fifth, observer);
    QVERIFY(!refused.ok() && refused.error().message.find("validate_every") != std::string::npos);
  }

 private:
  std::unique_ptr<QTemporaryDir> m_folder;
  fs::path m_root;
};

int runPrecisionTests(int argc, char** argv) {
  TestPrecision test;
  return QTest::qExec(&test, argc, argv);
}

#include "test_precision.moc"
