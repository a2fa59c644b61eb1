#include <QFile>
#include <QTest>
#include <cmath>

#include "core/api/block_values.h"
#include "core/api/event_json.h"
#include "core/api/options.h"
#include "core/api/options_markdown.h"
#include "core/api/overfitting.h"
#include "core/api/sampler.h"

using namespace likeness;

class TestApi : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void overfittingIsTwoClearRisesInARow() {
    const auto since = [](const std::vector<double>& losses) { return overfittingSince(losses); };
    for (const auto& losses : std::vector<std::vector<double>>{
             {}, {0.3}, {0.5, 0.4, 0.3}, {0.3, 0.4, 0.31, 0.4, 0.31}, {0.3, 0.31, 0.314}, {0.5, 0.3, 0.32}}) {
      QVERIFY(!since(losses));
    }
    QCOMPARE(since({0.5, 0.3, 0.32, 0.33}), std::optional<std::size_t>(1));
    QCOMPARE(since({0.3, 0.5, 0.6}), std::optional<std::size_t>(0));
    QCOMPARE(since({0.5, 0.3, 0.32, 0.33, 0.2}), std::optional<std::size_t>(1));
  }

  void everyOptionReadsWhatItWrites() {
    TrainConfig changed;
    changed.steps = 7;
    changed.learningRate = 3.5e-7;
    changed.precision = Precision::Fp32;
    changed.lrSchedule = LrScheduleKind::CosineRestarts;
    changed.loss = LossKind::SmoothL1;
    changed.huberSchedule = HuberSchedule::Exponential;
    changed.timestepSampling = TimestepSampling::Stratified;
    changed.optimizer = OptimizerKind::AdamW8bit;
    changed.emaPower = 0.75;
    changed.gradientCheckpointing = true;
    changed.flip = false;
    changed.precision = Precision::Fp16;
    changed.frozenDtype = changed.weightsDtype = WeightDtype::Bf16;
    changed.earlyStop = 3;
    changed.loraBlockRanks = {{"down", 8}, {"up.1.attentions.0", 64}};
    changed.blockLearningRates = {{"mid", 0}, {"conv_in", 0.25}};
    changed.previewPrompts = {"a [V] dog", "a dog, é"};
    TrainConfig read;
    for (const auto& [name, text] : trainOptionValues(changed)) QVERIFY(setTrainOption(read, name, text).ok());
    QVERIFY(read == changed);
  }

  void partsOfTheUnetAreNamedAsInDiffusers() {
    const auto parsed = parseBlockValues("lora_block_ranks", " down=8 ;mid = 16; up=32; up.1=64;", 0, 1024, true).value();
    QCOMPARE(blockValuesText(parsed), std::string("down=8; mid=16; up=32; up.1=64"));
    const auto of = [&](const char* module) { return blockValue(parsed, module).value_or(-1); };
    QCOMPARE(of("down_blocks.0.attentions.0.proj_in"), 8.0);
    QCOMPARE(of("mid_block.attentions.0.proj_in"), 16.0);
    QCOMPARE(of("up_blocks.0.resnets.0.conv1"), 32.0);
    QCOMPARE(of("up_blocks.1.resnets.0.conv1"), 64.0);
    QCOMPARE(of("up_blocks.10.resnets.0.conv1"), 32.0);
    QCOMPARE(of("conv_in"), -1.0);
    QVERIFY(liesInBlock("down_blocks.1.x", "down_blocks.1") && !liesInBlock("encoder.layers.0", "down"));
    for (const char* bad : {"down", "down=", "down=-1", "down=x", "down=1025", "down=1.5", "left=3", "=3", "down=1;down=2",
                            "up.=3", "down=nan"}) {
      TrainConfig config;
      const auto set = setTrainOption(config, "lora_block_ranks", bad);
      QVERIFY2(!set.ok() && set.error().message.find("up.1=64") != std::string::npos, bad);
    }
  }

  void everyOptionHasItsRowInTheDocs() {
    const auto page = optionsMarkdown();
    for (const auto& option : trainOptions()) QVERIFY2(page.find("| `" + option.name + "` |") != std::string::npos,
                                                       option.name.c_str());
    QVERIFY2(page.find("| ? |") == std::string::npos, "core/api/options_markdown.cpp lacks an option's names");
    QFile file(LIKENESS_SOURCE_DIR "/docs/options.md");
    if (qEnvironmentVariableIsSet("LIKENESS_WRITE_TABLE")) {
      QVERIFY(file.open(QIODevice::WriteOnly));
      file.write(page.c_str());
      return;
    }
    QVERIFY(file.open(QIODevice::ReadOnly));
    QVERIFY2(file.readAll().toStdString() == page,
             "renew docs/options.md: likeness-cli options --markdown > docs/options.md");
  }

  void samplersAreReadByNameAndByTitle() {
    QCOMPARE(samplerNames().size(), std::size_t{15});
    for (const auto& name : samplerNames()) {
      const auto sampler = parseSampler(name).value();
      QCOMPARE(std::string(samplerName(sampler)), name);
      const auto choice = parseSamplerTitle(samplerTitle(sampler));
      QVERIFY(choice && choice->sampler == sampler && choice->schedule == SigmaSchedule::Model);
      for (const auto& scheduleName : sigmaScheduleNames()) {
        const auto schedule = parseSigmaSchedule(scheduleName).value();
        QCOMPARE(std::string(sigmaScheduleName(schedule)), scheduleName);
        const auto both = parseSamplerTitle(samplerTitle(sampler), sigmaScheduleTitle(schedule));
        QVERIFY(both && both->sampler == sampler && both->schedule == schedule);
      }
    }
    const auto old = parseSamplerTitle("DPM++ 2M SDE Karras");  // as written before schedules had a field of their own
    QVERIFY(old && old->sampler == Sampler::Dpmpp2mSde && old->schedule == SigmaSchedule::Karras);
    QVERIFY(parseSamplerTitle("euler A")->sampler == Sampler::EulerAncestral);
    QVERIFY(!parseSamplerTitle("Euler Turbo"));
    QVERIFY(!parseSamplerTitle("Euler", "Polyexponential"));
    QVERIFY(!parseSamplerTitle(""));
  }

  void wrongSamplersAreSuggestedRightOnes() {
    QVERIFY(parseSampler("dpmpp2m").error().message.find("Did you mean dpmpp-2m?") != std::string::npos);
    QVERIFY(parseSampler("euler-ancestral").error().message.find("or ddpm.") != std::string::npos);
    QVERIFY(parseSampler("").error().message.find("ddim") != std::string::npos);
    QVERIFY(parseSigmaSchedule("karas").error().message.find("Did you mean karras?") != std::string::npos);
  }

  void theNamesScriptsRelyOnExist() {
    const auto values = trainOptionValues({});
    for (const auto* name :
         {"steps", "seed", "learning_rate", "text_encoder_learning_rate", "text_encoder_stop_step", "lr_schedule",
          "lr_warmup_steps", "batch_size", "gradient_accumulation", "max_grad_norm", "prior_weight", "prior_count",
          "precision", "resolution", "flip", "checkpoint_every", "keep_checkpoints", "validate_every", "preview_every",
          "preview_prompts"}) {
      QVERIFY2(values.contains(name), name);
    }
  }

  void badValuesAndNamesAreExplained() {
    TrainConfig config;
    const auto unknown = setTrainOption(config, "learing_rate", "1");
    QVERIFY(unknown.error().message.find("Did you mean learning_rate") != std::string::npos);
    for (const auto& [name, value] : std::vector<std::pair<const char*, const char*>>{
             {"steps", "0"}, {"steps", "ten"}, {"steps", "1.5"}, {"learning_rate", "nan"}, {"learning_rate", "-1"},
             {"flip", "yes"}, {"precision", "fp8"}, {"preview_prompts", "\xff"}, {"seed", "-1"}, {"steps", ""}}) {
      QVERIFY2(!setTrainOption(config, name, value).ok(), name);
    }
    QVERIFY(config == TrainConfig());
  }

  void eventsBecomeOneJsonObject() {
    MetricPoint point;
    point.step = 3;
    point.validationLoss = std::nan("");
    const JobEvent event{5, 2, 1.5, MetricBatch{"run", {point}}};
    const auto json = toJson(event);
    QCOMPARE(json["event"].get<std::string>(), std::string("metrics"));
    QCOMPARE(json["job"].get<int>(), 5);
    QVERIFY(json["points"][0]["validation_loss"].is_null());
    const auto failed = toJson(JobEvent{1, 1, 0, Finished{Outcome::Failed, Error{ErrorCode::DiskFull, "m", "d", "p"}, "", {}}});
    QCOMPARE(failed["error"]["code"].get<std::string>(), std::string("disk_full"));
  }

  void jobsAreSortedIntoEditsAndWork() {
    QVERIFY(!isEdit(Train{}));
    QVERIFY(!isEdit(Sample{}));
    QVERIFY(isEdit(SetCrop{}));
    QCOMPARE(std::string(jobName(Train{})), std::string("train"));
    QCOMPARE(std::string(jobName(RenderCrop{})), std::string("render_crop"));
    QCOMPARE(std::string(eventName(Finished{})), std::string("finished"));
  }
};

QTEST_APPLESS_MAIN(TestApi)
#include "test_api.moc"
