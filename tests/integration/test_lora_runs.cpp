// Runs that train LoRAs and new words: what each option does, what a checkpoint holds, and that a broken run ends as the unbroken one.
#include <QTemporaryDir>
#include <QTest>
#include <algorithm>
#include <cmath>
#include <set>

#include "core/api/options.h"
#include "core/tensor/random.h"
#include "core/text/prompt.h"
#include "core/train/lora_adapters.h"
#include "core/train/planner.h"
#include "core/train/text_conditions.h"
#include "core/train/token_vectors.h"
#include "core/weights/diffusers_folder.h"
#include "core/weights/lora_write.h"
#include "tests/numerics/train_fixture.h"

using namespace likeness;
namespace fs = std::filesystem;

namespace {

TrainConfig loraConfig(const std::vector<std::pair<std::string, std::string>>& options = {}) {
  TrainConfig config;
  config.method = TrainMethod::Lora;
  config.steps = 4;
  config.seed = 5;
  config.loraRank = 4;
  config.learningRate = config.textEncoderLearningRate = 1e-3;
  config.lrSchedule = LrScheduleKind::Constant;
  config.precision = Precision::Fp32;
  config.resolution = 16;  // the pictures' own
  config.checkpointEvery = config.validateEvery = config.previewEvery = 0;
  for (const auto& [name, value] : options) setTrainOption(config, name, value).value();
  return config;
}

Result<TrainOutcome> trainIn(const fs::path& run, const TrainConfig& config, StableDiffusion& model,
                             TrainObserver& observer, const fs::path& resumeFrom = {}) {
  TrainJob job;
  job.config = config;
  job.set = tinyTrainingSet();
  job.runFolder = run;
  job.resumeFrom = resumeFrom;
  JobControl control;
  return train(model, job, control, observer);
}

bool sameWeights(const torch::nn::Module& a, const torch::nn::Module& b) {
  const auto left = stateDict(a), right = stateDict(b);
  for (std::size_t i = 0; i < left.size(); ++i) {
    if (!left[i].second.equal(right[i].second)) return false;
  }
  return left.size() == right.size();
}

// What the UNet makes of a fixed input: tells whether two models are the same in effect.
torch::Tensor answer(StableDiffusion& model) {
  const torch::NoGradGuard noGrad;
  const auto ids = torch::arange(24).view({1, 24});
  const auto text = model.textEncoder->forward(ids).lastHiddenState;
  const auto noise = normal({1, 4, 8, 8}, {1, 0, 0, RandomStream::SampleNoise});
  return model.unet->forward(noise, torch::tensor({500}), text, nullptr);
}

double distance(const torch::Tensor& a, const torch::Tensor& b) { return (a - b).abs().max().item<double>(); }

}  // namespace

class TestLoraRuns : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void initTestCase() { at::set_num_threads(1); }  // so small a model only waits for its threads
  void init() {
    m_folder = std::make_unique<QTemporaryDir>();
    m_root = m_folder->path().toStdString();
  }

  void theBaseStaysAndTheLoraCounts() {
    auto model = tinyModel();
    const auto before = answer(model);
    RecordingObserver observer;
    const auto done = trainIn(m_root / "run", loraConfig(), model, observer).value();
    QVERIFY(sameWeights(*model.unet, *tinyModel().unet));
    QVERIFY(sameWeights(*model.textEncoder, *tinyModel().textEncoder));
    QVERIFY(!fs::exists(done.checkpoint.folder / "unet.safetensors"));
    const auto trained = answer(model);
    QVERIFY(distance(trained, before) > 1e-4);
    auto live = tinyModel(), merged = tinyModel();
    loadTrainedWeights(live, done.checkpoint.folder).value();
    loadTrainedWeights(merged, done.checkpoint.folder, LoraMode::Merged).value();
    QVERIFY(distance(answer(live), trained) < 1e-5);
    QVERIFY(distance(answer(merged), trained) < 1e-4);
    QVERIFY(sameWeights(*live.unet, *tinyModel().unet));
    QVERIFY(!sameWeights(*merged.unet, *tinyModel().unet));
  }

  void itStartsAsPeftStartsIt() {
    auto model = tinyModel();
    const auto before = answer(model);
    const auto adapters = attachLoras(model, loraConfig({{"lora_dora", "true"}, {"lora_conv_rank", "2"}}));
    QVERIFY(distance(answer(model), before) < 1e-5);
    for (const auto& [target, layer, change] : adapters) {
      const auto bound = 1 / std::sqrt(static_cast<double>(layer->weight[0].numel()));
      const auto largest = change->down.abs().max().item<double>();
      QVERIFY2(largest <= bound && largest > 0.8 * bound, target.name.c_str());
      QVERIFY(std::abs(change->down.mean().item<double>()) < bound / 2);
      QVERIFY(!change->up.any().item<bool>());
      QVERIFY(change->magnitude.allclose(layer->weight.flatten(1).norm(2, 1)));
    }
    // The start of a layer depends on the seed and on nothing else that is chosen.
    auto other = tinyModel();
    const auto wide = attachLoras(other, loraConfig({{"lora_targets", "linear"}}));
    const auto find = [](const std::vector<TrainedAdapter>& all, const std::string& name) {
      for (const auto& adapter : all) {
        if (adapter.target.name == name) return adapter.change->down;
      }
      return torch::Tensor();
    };
    const auto& name = adapters.back().target.name;
    QVERIFY(find(adapters, name).equal(find(wide, name)));
    auto third = tinyModel();
    QVERIFY(!find(attachLoras(third, loraConfig({{"seed", "6"}})), name).equal(find(wide, name)));
  }

  void optionsChooseLayers() {
    const auto names = [](const std::vector<std::pair<std::string, std::string>>& options) {
      auto model = tinyModel();
      std::set<std::string> found;
      for (const auto& adapter : attachLoras(model, loraConfig(options))) found.insert(adapter.target.name);
      return found;
    };
    const auto any = [](const std::set<std::string>& all, std::string_view part) {
      return std::any_of(all.begin(), all.end(), [&](const auto& name) { return name.find(part) != std::string::npos; });
    };
    const auto attention = names({}), wider = names({{"lora_targets", "attention-ff"}});
    const auto linear = names({{"lora_targets", "linear"}});
    QCOMPARE(attention.size(), std::size_t{40});  // four in each of 8 attentions and of 2 text layers, as PEFT counts
    QVERIFY(!any(attention, ".ff.") && !any(attention, ".mlp.") && any(attention, "attn2.to_out.0"));
    QVERIFY(any(wider, ".ff.net.2") && any(wider, ".mlp.fc1") && !any(wider, "time_emb_proj"));
    QVERIFY(any(linear, "time_emb_proj") && any(linear, "conv_shortcut") && any(linear, "proj_in"));
    QVERIFY(!any(linear, "conv1") && !any(names({{"lora_conv_rank", "2"}}), "conv_in"));
    QVERIFY(any(names({{"lora_conv_rank", "2"}}), "resnets.0.conv1"));
    QVERIFY(any(names({{"lora_conv_rank", "2"}}), "upsamplers.0.conv"));
    QVERIFY(!any(names({{"text_encoder_learning_rate", "0"}}), "self_attn"));
  }

  void rankAlphaAndScaling() {
    const auto first = [](const std::vector<std::pair<std::string, std::string>>& options, bool convolution = false) {
      auto model = tinyModel();
      for (const auto& adapter : attachLoras(model, loraConfig(options))) {
        if ((adapter.target.shape.size() == 4) == convolution) return adapter.change;
      }
      return std::shared_ptr<LowRankChange>();
    };
    QCOMPARE(first({{"lora_rank", "6"}})->rank(), std::int64_t{6});
    QCOMPARE(first({})->scale, 1.0);
    QCOMPARE(first({{"lora_alpha", "1"}})->scale, 0.25);
    QCOMPARE(first({{"lora_alpha", "8"}, {"lora_scaling", "root"}})->scale, 4.0);
    QCOMPARE(first({{"lora_conv_rank", "2"}, {"lora_conv_alpha", "1"}}, true)->scale, 0.5);
    QCOMPARE(first({{"lora_conv_rank", "2"}}, true)->rank(), std::int64_t{2});
    QVERIFY(!first({})->magnitude.defined());
  }

  void blocksHaveRanksOfTheirOwn() {
    const auto options = std::vector<std::pair<std::string, std::string>>{
        {"lora_block_ranks", "down=2; mid=0; up=8; up.0.attentions.0=6"}, {"lora_conv_rank", "3"}, {"lora_alpha", "4"},
        {"steps", "2"}};
    auto model = tinyModel();
    RecordingObserver observer;
    const auto config = loraConfig(options);
    const auto done = trainIn(m_root / "run", config, model, observer).value();
    const auto loras = openLora(done.checkpoint.folder / kLoraFile, loraNames(model)).value().modules;
    std::int64_t numbers = 0;
    std::set<std::int64_t> seen;
    for (const auto& [target, change] : loras) {
      const auto in = [&](const char* part) { return target.name.starts_with(part); };
      const bool convolution = target.shape.size() == 4;
      const auto wanted = convolution                          ? 3
                          : in("down_blocks.")                   ? 2
                          : in("up_blocks.0.attentions.0.")      ? 6
                          : in("up_blocks.")                     ? 8
                                                                 : config.loraRank;  // the text encoder
      QVERIFY2(change.rank() == wanted && !in("mid_block."), target.name.c_str());
      if (!convolution) QCOMPARE(change.scale, 4.0 / static_cast<double>(wanted));
      numbers += change.down.numel() + change.up.numel();
      seen.insert(wanted);
    }
    QCOMPARE(seen.size(), std::size_t{5});
    QCOMPARE(loraNumbers(model, config), numbers);
    // As sd-scripts and as PEFT write it, and back.
    for (const auto layout : {LoraLayout::Kohya, LoraLayout::Diffusers}) {
      const auto path = m_root / (layout == LoraLayout::Kohya ? "kohya.safetensors" : "peft.safetensors");
      writeLora(path, loras, loraNames(model), {.layout = layout, .dtype = torch::kFloat32}).value();
      const auto back = openLora(path, loraNames(model)).value().modules;
      QCOMPARE(back.size(), loras.size());
      std::map<std::string, const LowRankChange*> byName;
      for (const auto& module : back) byName[module.target.name] = &module.change;
      for (const auto& [target, change] : loras) {
        const auto& same = *byName.at(target.name);
        QVERIFY2(same.rank() == change.rank() && std::abs(same.scale / change.scale - 1) < 1e-6, target.name.c_str());
      }
    }
  }

  void blocksHaveRatesOfTheirOwn_data() {
    QTest::addColumn<QString>("method");
    QTest::newRow("lora") << "lora";
    QTest::newRow("full") << "full";
  }
  void blocksHaveRatesOfTheirOwn() {
    QFETCH(QString, method);
    // Adam's first step is as long as the rate.
    auto config = loraConfig({{"method", method.toStdString()}, {"steps", "1"}, {"weight_decay", "0"},
                              {"text_encoder_learning_rate", "0"}, {"block_learning_rates", "down=0.5; mid=0; up.0=3"}});
    auto model = tinyModel();
    const auto before = tinyModel();
    RecordingObserver observer;
    const auto done = trainIn(m_root / "run", config, model, observer).value();
    std::map<std::string, double> longest;  // of a block
    const auto note = [&](const std::string& name, const torch::Tensor& step) {
      auto& most = longest[name.substr(0, name.find('.', name.starts_with("up_blocks.") ? 10 : 0))];
      most = std::max(most, step.abs().max().item<double>());
    };
    if (method == "lora") {
      const auto lora = openLora(done.checkpoint.folder / kLoraFile, loraNames(model)).value();
      for (const auto& [target, change] : lora.modules) note(target.name, change.up);
      QVERIFY(!longest.contains("mid_block"));
    } else {
      const auto theirs = before.unet->named_parameters();
      for (const auto& entry : model.unet->named_parameters()) note(entry.key(), entry.value() - theirs[entry.key()]);
      QCOMPARE(longest["mid_block"], 0.0);
      QVERIFY(std::abs(longest["conv_in"] - 1e-3) < 1e-5);
    }
    QVERIFY(std::abs(longest["down_blocks"] - 0.5e-3) < 1e-5);
    QVERIFY(std::abs(longest["up_blocks.0"] - 3e-3) < 1e-5);
    QVERIFY(method == "lora" || std::abs(longest["up_blocks.1"] - 1e-3) < 1e-5);  // it has no attention
  }

  void blocksThatTheModelLacksAreNamed() {
    auto model = tinyModel();
    RecordingObserver observer;
    const auto sentence = [&](const std::vector<std::pair<std::string, std::string>>& options) {
      const auto refused = trainIn(m_root / "bad", loraConfig(options), model, observer);
      return refused.ok() ? std::string() : refused.error().message;
    };
    QVERIFY(sentence({{"lora_block_ranks", "up.7=4"}}).find("up.7") != std::string::npos);
    QVERIFY(sentence({{"block_learning_rates", "down.0.atentions=2"}}).find("atentions") != std::string::npos);
    QVERIFY(sentence({{"lora_block_ranks", "down=0; mid=0; up=0"}, {"text_encoder_learning_rate", "0"}})
                .find("Nothing would learn") != std::string::npos);
  }

  void sizesOfLorasAreTold() {
    struct Norms : RecordingObserver {
      void onLoraNorms(std::int64_t step, const std::string& part, const std::vector<double>& norms) override {
        told[part][step] = norms;
      }
      std::map<std::string, std::map<std::int64_t, std::vector<double>>> told;
    } observer;
    auto model = tinyModel();
    const auto config = loraConfig({{"validate_every", "2"}, {"lora_alpha", "2"}});
    const auto done = trainIn(m_root / "run", config, model, observer).value();
    const auto lora = openLora(done.checkpoint.folder / kLoraFile, loraNames(model)).value();
    QCOMPARE(observer.told.size(), std::size_t{2});
    const auto& unet = observer.told["unet"];
    QCOMPARE(unet.size(), std::size_t{3});  // of steps 0, 2 and 4
    for (const auto norm : unet.at(0)) QCOMPARE(norm, 0.0);
    std::size_t i = 0;
    for (const auto& [target, change] : lora.modules) {
      if (target.component != LoraComponent::Unet) continue;
      const auto wanted = lowRankDelta(change, target.shape).norm().item<double>();
      QVERIFY2(std::abs(unet.at(4)[i++] / wanted - 1) < 1e-4, target.name.c_str());
    }
    QCOMPARE(unet.at(4).size(), i);
  }

  void plusMakesTheSecondHalfFaster() {
    // Adam's first step is as long as the rate.
    const auto firstStep = [&](const char* ratio) {
      auto model = tinyModel();
      RecordingObserver observer;
      auto config = loraConfig({{"steps", "1"}, {"weight_decay", "0"}, {"lora_plus_ratio", ratio}});
      const auto done = trainIn(m_root / ratio, config, model, observer).value();
      return openLora(done.checkpoint.folder / kLoraFile, loraNames(model)).value().modules.front().change.up.abs().max();
    };
    QVERIFY(std::abs(firstStep("1").item<double>() - 1e-3) < 1e-5);
    QVERIFY(std::abs(firstStep("8").item<double>() - 8e-3) < 1e-4);
  }

  void dropoutIsOfSeedStepAndItem() {
    const auto run = [&](const std::string& name, const std::vector<std::pair<std::string, std::string>>& options) {
      auto model = tinyModel();
      RecordingObserver observer;
      auto config = loraConfig(options);
      config.validateEvery = 1;
      static_cast<void>(trainIn(m_root / name, config, model, observer).value());
      return observer.points;
    };
    const auto whole = run("whole", {{"lora_dropout", "0.5"}, {"batch_size", "2"}, {"text_encoder_learning_rate", "0"}});
    const auto again = run("again", {{"lora_dropout", "0.5"}, {"batch_size", "2"}, {"text_encoder_learning_rate", "0"}});
    const auto parts = run("parts", {{"lora_dropout", "0.5"}, {"batch_size", "1"}, {"gradient_accumulation", "2"},
                                     {"text_encoder_learning_rate", "0"}});
    const auto none = run("none", {{"batch_size", "2"}, {"text_encoder_learning_rate", "0"}});
    QCOMPARE(none.front().validationLoss, whole.front().validationLoss);  // looking drops nothing
    for (std::size_t i = 1; i < whole.size(); ++i) {
      QCOMPARE(again[i].instanceLoss, whole[i].instanceLoss);
      QVERIFY(std::abs(parts[i].instanceLoss / whole[i].instanceLoss - 1) < 1e-4);
      QVERIFY(std::abs(parts[i].gradNorm / whole[i].gradNorm - 1) < 1e-3);
      QVERIFY(std::abs(none[i].gradNorm / whole[i].gradNorm - 1) > 1e-3);
    }
  }

  void blocksOfTheUnetLearnAlone_data() {
    QTest::addColumn<QString>("blocks");
    QTest::addColumn<QString>("part");
    QTest::newRow("attention") << "attention" << ".attentions.";
    QTest::newRow("cross-attention") << "cross-attention" << ".attn2.";
    QTest::newRow("up") << "up" << "up_blocks.";
    QTest::newRow("up without text") << "up" << "up_blocks.";
    QTest::newRow("attention without text") << "attention" << ".attentions.";
  }
  void blocksOfTheUnetLearnAlone() {
    QFETCH(QString, blocks);
    QFETCH(QString, part);
    auto model = tinyModel();
    const auto before = tinyModel();
    RecordingObserver observer;
    auto config = loraConfig({{"method", "full"}, {"train_blocks", blocks.toStdString()}});
    if (QByteArray(QTest::currentDataTag()).endsWith("without text")) config.textEncoderLearningRate = 0;
    static_cast<void>(trainIn(m_root / "run", config, model, observer).value());
    const auto ours = stateDict(*model.unet), theirs = stateDict(*before.unet);
    for (std::size_t i = 0; i < ours.size(); ++i) {
      const auto& name = ours[i].first;
      const bool chosen = name.find(part.toStdString()) != std::string::npos;
      QVERIFY2(ours[i].second.equal(theirs[i].second) != chosen, name.c_str());
    }
    for (const auto& parameter : model.unet->parameters()) QVERIFY(!parameter.requires_grad());
  }

  void goesOnFromAnyCheckpoint_data() {
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("options");
    QTest::newRow("plain") << "model" << "";
    QTest::newRow("all of it") << "model" << "lora_dora=true;lora_dropout=0.2;lora_conv_rank=2;lora_targets=linear;lora_plus_ratio=4";
    QTest::newRow("xl bf16, with a new word")
        << "xl" << "precision=bf16;lora_dropout=0.1;lora_scaling=root;token_vectors=2";
    QTest::newRow("inpainting") << "inpaint" << "lora_targets=attention-ff";
    QTest::newRow("average, 8 bit, recomputed, frozen in bf16, blocks")
        << "model" << "ema_decay=0.9;optimizer=adamw8bit;gradient_checkpointing=true;lora_dropout=0.1;"
                      "caption_dropout=0.3;snr_gamma=5;noise_offset=0.1;frozen_dtype=bf16;lora_block_ranks=up=2;"
                      "block_learning_rates=down=0.5";
    QTest::newRow("prodigy, two rates")
        << "model" << "optimizer=prodigy;learning_rate=1;text_encoder_learning_rate=1;lora_plus_ratio=4";
    QTest::newRow("a new word, average")
        << "model" << "method=textual-inversion;token_vectors=3;token_retract=true;ema_decay=0.9;prior_weight=0";
  }
  void goesOnFromAnyCheckpoint() {
    QFETCH(QString, name);
    QFETCH(QString, options);
    auto config = loraConfig({{"steps", "12"}, {"gradient_accumulation", "2"}, {"text_encoder_stop_step", "7"},
                              {"lr_schedule", "cosine"}, {"checkpoint_every", "3"}, {"keep_checkpoints", "100"},
                              {"validate_every", "4"}, {"preview_every", "6"}});
    for (const auto& option : options.split(';', Qt::SkipEmptyParts)) {
      setTrainOption(config, option.section('=', 0, 0).toStdString(), option.section('=', 1).toStdString()).value();
    }
    RecordingObserver unbroken;
    auto model = tinyModel(name.toStdString());
    const auto end = trainIn(m_root / "whole", config, model, unbroken).value();
    QCOMPARE(unbroken.previews.size(), std::size_t{3});
    for (const std::int64_t step : {3, 6, 9}) {
      auto again = tinyModel(name.toStdString());
      RecordingObserver observer;
      const auto run = m_root / ("from" + std::to_string(step));
      const auto resumed = trainIn(run, config, again, observer, checkpointFolder(m_root / "whole", step)).value();
      QCOMPARE(resumed.firstStep, step);
      QCOMPARE(checkpointHash(resumed.checkpoint.folder), checkpointHash(end.checkpoint.folder));
      for (const auto& point : observer.points) {
        const auto& same = unbroken.points[static_cast<std::size_t>(point.step)];
        QCOMPARE(point.instanceLoss, same.instanceLoss);
        QVERIFY(point.validationLoss == same.validationLoss || std::isnan(same.validationLoss));
      }
    }
    QCOMPARE(fs::exists(end.checkpoint.folder / kLoraFile), config.method == TrainMethod::Lora);
    QCOMPARE(fs::exists(end.checkpoint.folder / kEmbeddingFile), tokenVectorCount(config) > 0);
  }

  void anAverageLiesBesideTheLora() {
    const auto config = loraConfig({{"ema_decay", "0.9"}, {"steps", "6"}, {"learning_rate", "1e-2"}});
    auto model = tinyModel(), pictures = tinyModel(), training = tinyModel();
    RecordingObserver observer;
    const auto done = trainIn(m_root / "average", config, model, observer).value();
    const auto& folder = done.checkpoint.folder;
    QVERIFY(loraForPictures(folder) != folder / kLoraFile);
    loadTrainedWeights(pictures, folder).value();
    loadTrainedWeights(training, folder, LoraMode::Live, WeightsFor::Training).value();
    QVERIFY(distance(answer(pictures), answer(training)) > 1e-5);
    QVERIFY(distance(answer(pictures), answer(model)) < 1e-5);  // the model in the end shows the average, too
    // What learns is the same as without an average.
    auto plain = config;
    plain.emaDecay = 0;
    auto other = tinyModel();
    const auto without = trainIn(m_root / "none", plain, other, observer).value().checkpoint.folder;
    QCOMPARE(loraForPictures(without), without / kLoraFile);
    QVERIFY(distance(answer(training), answer(other)) < 1e-5);
  }

  void anotherMethodOrRankIsRefused() {
    auto model = tinyModel();
    RecordingObserver observer;
    const auto done = trainIn(m_root / "run", loraConfig(), model, observer).value();
    const auto refused = [&](const std::vector<std::pair<std::string, std::string>>& options) {
      auto fresh = tinyModel();
      auto config = loraConfig(options);
      config.steps = 8;
      return trainIn(m_root / "other", config, fresh, observer, done.checkpoint.folder).error();
    };
    QCOMPARE(refused({{"method", "full"}}).code, ErrorCode::InvalidArgument);
    QVERIFY(refused({{"method", "full"}}).message.find("method") != std::string::npos);
    QVERIFY(refused({{"lora_rank", "5"}}).message.find("lora_") != std::string::npos);
    QVERIFY(refused({{"lora_targets", "linear"}}).message.find(kLoraFile) != std::string::npos);
    QVERIFY(refused({{"lora_dora", "true"}}).message.find("lora_") != std::string::npos);
  }

  void aCutLoraIsNamed() {
    auto model = tinyModel(), fresh = tinyModel();
    RecordingObserver observer;
    const auto done = trainIn(m_root / "run", loraConfig(), model, observer).value();
    fs::resize_file(done.checkpoint.folder / kLoraFile, 1000);
    const auto cut = loadTrainedWeights(fresh, done.checkpoint.folder);
    QVERIFY(!cut.ok() && cut.error().message.find(kLoraFile) != std::string::npos);
    auto config = loraConfig();
    config.steps = 8;
    const auto resumed = trainIn(m_root / "other", config, fresh, observer, done.checkpoint.folder);
    QVERIFY(!resumed.ok() && resumed.error().message.find(kLoraFile) != std::string::npos);
  }

  void ratesOfLorasAreJudgedAsSuch() {
    constexpr std::int64_t kSd15 = 859'520'964;
    auto config = loraConfig();
    QVERIFY(learningRateAdvice(kSd15, config).find("1e-4") != std::string::npos);
    config.learningRate = config.textEncoderLearningRate = 5e-4;
    QVERIFY(learningRateAdvice(kSd15, config).empty());
    constexpr std::int64_t kEmbedded = 13'000'000;
    QVERIFY(learningRateAdvice(kEmbedded, config).find("4e-3") != std::string::npos);
    config.learningRate = 4e-3;
    QVERIFY(learningRateAdvice(kEmbedded, config).empty());
  }

  void onlyTheWordLearns_data() {
    QTest::addColumn<QString>("name");
    for (const char* name : {"model", "xl"}) QTest::newRow(name) << name;
  }
  void onlyTheWordLearns() {
    QFETCH(QString, name);
    const auto base = tinyModel(name.toStdString());
    auto model = tinyModel(name.toStdString()), other = tinyModel(name.toStdString());
    RecordingObserver observer;
    const auto config = wordConfig({{"token_vectors", "2"}});
    const auto done = trainIn(m_root / "run", config, model, observer).value();
    QVERIFY(observer.noticed("new_word"));
    QVERIFY(sameWeights(*model.unet, *base.unet) && sameWeights(*model.textEncoder, *base.textEncoder));
    for (const auto* file : {"unet.safetensors", "text_encoder.safetensors", kLoraFile}) {
      QVERIFY(!fs::exists(done.checkpoint.folder / file));
    }
    // What is sampled reads the word as it was trained, and the model opened again with the checkpoint knows it.
    loadTrainedWeights(other, done.checkpoint.folder).value();
    const std::vector<std::string> prompts{"a photo of sks dog"};
    const auto which = torch::zeros({1}, torch::kInt64);
    const torch::NoGradGuard noGrad;
    const auto trained = TextConditions(model, prompts).rows(which, false).hidden;
    const auto sampled = [&](const StableDiffusion& one) {
      PromptOptions options;
      options.embeddings = one.embeddings;
      return encodeForSampling(one.textEncoders(), prompts, options).value().hidden;
    };
    QVERIFY(distance(sampled(model), trained) < 1e-6 && distance(sampled(other), trained) < 1e-6);
    QVERIFY(distance(sampled(base), trained) > 1e-3);
    for (const auto& vectors : model.embeddings.front().vectors) QVERIFY(!vectors.requires_grad());
  }

  void aWordStartsAsOthers() {
    auto model = tinyModel();
    const auto rows = model.textEncoder->named_parameters()["embeddings.token_embedding.weight"];
    const auto config = wordConfig({{"token_vectors", "3"}, {"token_init", "photo of"}});
    addNewWord(model, config, newWord(config, "sks", "dog")).value();
    const auto ids = model.tokenizer.encode("photo of");
    QCOMPARE(ids.size(), std::size_t{2});
    const auto& vectors = model.embeddings.front().vectors.front();
    for (const std::int64_t i : {0, 1, 2}) QVERIFY(vectors[i].equal(rows[ids[static_cast<std::size_t>(i) % 2]]));
    QVERIFY(newWord(wordConfig(), "sks", "dog").init == "dog");
    // Its vectors stand one after the other where the prompt names it, and nowhere else.
    const auto placed = tokenizePrompts(model.tokenizer, {"a sks dog", "a dog"}, model.embeddings);
    const auto plain = tokenizePrompts(model.tokenizer, {"a sks dog", "a dog"});
    QVERIFY(placed[0].slice(0, 2, 5).equal(torch::tensor({-1, -2, -3})) && placed[0][5].equal(plain[0][3]));
    QVERIFY(placed[1].equal(plain[1]));
  }

  void aWordHasItsOwnRateAndDecay() {
    const auto after = [&](const std::vector<std::pair<std::string, std::string>>& options) {
      auto model = tinyModel();
      RecordingObserver observer;
      auto config = wordConfig(options);
      config.steps = 1;
      static_cast<void>(trainIn(m_root / std::to_string(m_runs++), config, model, observer).value());
      return model.embeddings.front().vectors.front();
    };
    auto fresh = tinyModel();
    addNewWord(fresh, wordConfig(), newWord(wordConfig(), "sks", "dog")).value();
    const auto start = fresh.embeddings.front().vectors.front();
    for (const char* method : {"textual-inversion", "lora"}) {  // Adam's first step is as long as the rate
      const std::pair<std::string, std::string> chosen{"method", method}, one{"token_vectors", "1"};
      const auto still = after({chosen, one, {"token_weight_decay", "0"}, {"weight_decay", "1"}});
      QVERIFY(std::abs(distance(still, start) - 2e-3) < 1e-5);
      const auto decayed = after({chosen, one, {"token_weight_decay", "1"}, {"weight_decay", "0"}});
      QVERIFY(distance(decayed, still - 2e-3 * start) < 1e-6);
    }
    const auto spread = spreadOfWords(fresh.textEncoder);
    const auto retracted = after({{"token_retract", "true"}, {"token_weight_decay", "0"}});
    const auto free = after({{"token_weight_decay", "0"}});
    const auto wanted = free * std::pow(spread / free.std().item<double>(), 0.1);
    QVERIFY(distance(retracted, wanted) < 1e-6 && distance(retracted, free) > 1e-5);
  }

  void wordsThatCannotBeLearntAreRefused() {
    const auto refused = [&](const std::vector<std::pair<std::string, std::string>>& options,
                             const std::function<void(TrainingSet&)>& change) {
      auto model = tinyModel();
      TrainJob job;
      job.config = wordConfig(options);
      job.set = tinyTrainingSet();
      change(job.set);
      const auto checked = checkTrainJob(model, job);
      return checked.ok() ? std::string() : checked.error().message;
    };
    const auto nothing = [](TrainingSet&) {};
    QCOMPARE(refused({}, nothing), std::string());
    QVERIFY(refused({{"method", "full"}, {"token_vectors", "1"}}, nothing).find("token_vectors to 0") != std::string::npos);
    QVERIFY(refused({{"token_vectors", "64"}}, nothing).find("room for 64") != std::string::npos);
    QVERIFY(refused({}, [](TrainingSet& set) { set.subjects[0].identifierToken = "xyz"; }).find("does not name") != std::string::npos);
    QVERIFY(refused({}, [](TrainingSet& set) { set.subjects[0].identifierToken = "dog"; }).find("class") != std::string::npos);
    QVERIFY(refused({}, [](TrainingSet& set) { set.subjects[0].classNoun = ""; }).find("token_init") != std::string::npos);
    QVERIFY(refused({}, [](TrainingSet& set) { set = twoSubjects(); }).find("one subject alone") != std::string::npos);
    // A run goes on with as many vectors as it began with.
    auto model = tinyModel(), fresh = tinyModel();
    RecordingObserver observer;
    const auto done = trainIn(m_root / "run", wordConfig(), model, observer).value();
    auto wider = wordConfig({{"token_vectors", "2"}});
    wider.steps = 8;
    const auto resumed = trainIn(m_root / "other", wider, fresh, observer, done.checkpoint.folder);
    QVERIFY(!resumed.ok() && resumed.error().message.find("token_vectors") != std::string::npos);
  }

  void theAverageOfAWordIsShown() {
    const auto config = wordConfig({{"ema_decay", "0.9"}, {"steps", "6"}});
    auto model = tinyModel(), pictures = tinyModel(), training = tinyModel();
    RecordingObserver observer;
    const auto folder = trainIn(m_root / "average", config, model, observer).value().checkpoint.folder;
    QVERIFY(embeddingForPictures(folder) != folder / kEmbeddingFile);
    loadTrainedWeights(pictures, folder).value();
    loadTrainedWeights(training, folder, LoraMode::Live, WeightsFor::Training).value();
    const auto vectors = [](const StableDiffusion& one) { return one.embeddings.front().vectors.front(); };
    QVERIFY(vectors(pictures).equal(vectors(model)));
    QVERIFY(distance(vectors(pictures), vectors(training)) > 1e-5);
  }

  void ratesOfWordsAreJudgedAsSuch() {
    constexpr std::int64_t kSd15 = 859'520'964;
    auto config = wordConfig();
    QVERIFY(learningRateAdvice(kSd15, config).empty());  // the UNet's, which doesn't learn, is far too high
    config.tokenLearningRate = 0.1;
    QVERIFY(learningRateAdvice(kSd15, config).find("token_learning_rate") != std::string::npos);
    config.optimizer = OptimizerKind::Prodigy;
    QVERIFY(learningRateAdvice(kSd15, config).find("to 1") != std::string::npos);
    config.tokenLearningRate = 1;
    QVERIFY(learningRateAdvice(kSd15, config).empty());
  }

  void aWordIsPlannedFor() {
    auto model = tinyModel();
    const auto width = model.textEncoder->config().hiddenSize;
    const auto word = countedPlan(model, wordConfig({{"token_vectors", "3"}}));
    QCOMPARE(word.trainedParameters, 3 * width);
    QCOMPARE(word.optimizer, static_cast<std::uint64_t>(8 * 3 * width));
    const auto both = countedPlan(model, loraConfig({{"token_vectors", "3"}}));
    QCOMPARE(both.trainedParameters, countedPlan(model, loraConfig()).trainedParameters + 3 * width);
    // A step of it can be measured.
    auto config = wordConfig();
    config.batchSize = 1;
    addNewWord(model, config, newWord(config, "sks", "dog")).value();
    JobControl control;
    const auto plan = planTraining(model, config, {"a photo of sks dog", "a photo of a dog"}, 1000, control).value();
    QVERIFY(plan.secondsPerStep > 0 && plan.activations > 0);
  }

 private:
  static TrainConfig wordConfig(const std::vector<std::pair<std::string, std::string>>& options = {}) {
    auto config = loraConfig({{"method", "textual-inversion"}, {"token_learning_rate", "2e-3"}});
    for (const auto& [name, value] : options) setTrainOption(config, name, value).value();
    return config;
  }

  int m_runs = 0;
  std::unique_ptr<QTemporaryDir> m_folder;
  fs::path m_root;
};

QTEST_APPLESS_MAIN(TestLoraRuns)
#include "test_lora_runs.moc"
