#include <QTemporaryDir>
#include <QTest>
#include <fstream>

#include "core/api/options.h"
#include "core/project/import_options.h"
#include "core/project/presets.h"
#include "core/project/yaml_file.h"

using namespace likeness;
namespace fs = std::filesystem;

namespace {

bool mentions(const std::vector<std::string>& lines, const std::string& part) {
  return std::ranges::any_of(lines, [&](const auto& line) { return line.find(part) != std::string::npos; });
}

bool knows(const std::string& option) {
  return std::ranges::any_of(trainOptions(), [&](const TrainOption& one) { return one.name == option; });
}

}  // namespace

class TestImport : public QObject {
  Q_OBJECT

  QTemporaryDir m_folder;
  static Result<ImportedOptions> importExample(const char* name) {
    return importOptions(fs::path(LIKENESS_SOURCE_DIR) / "tests/data/import" / name);
  }
  fs::path write(const char* name, const std::string& text) {
    const auto file = fs::path(m_folder.path().toStdString()) / name;
    std::ofstream(file, std::ios::binary) << text;
    return file;
  }

 private Q_SLOTS:
  void takesOverATrainingFile() {
    const auto imported = importExample("sd-scripts-training.toml").value();
    QCOMPARE(imported.program, std::string("sd-scripts"));
    TrainConfig config;
    applyTrainOptions(config, imported.options).value();
    QCOMPARE(config.steps, 1600);
    QCOMPARE(config.seed, 1234u);
    QCOMPARE(config.learningRate, 1e-4);          // unet_lr over learning_rate
    QCOMPARE(config.textEncoderLearningRate, 5e-5);
    QVERIFY(config.lrSchedule == LrScheduleKind::Constant);
    QCOMPARE(config.lrWarmupSteps, 100);
    QCOMPARE(config.batchSize, 2);
    QCOMPARE(config.gradientAccumulation, 4);
    QCOMPARE(config.maxGradNorm, 0.5);
    QCOMPARE(config.priorWeight, 0.75);
    QVERIFY(config.precision == Precision::Bf16);
    QCOMPARE(config.weightDecay, 0.05);
    QCOMPARE(config.checkpointEvery, 250);
    QVERIFY(mentions(imported.left, "output_name"));
    QVERIFY(mentions(imported.left, "betas"));
    QVERIFY(mentions(imported.left, "max_train_epochs"));
    QVERIFY(mentions(imported.taken, "xformers"));
    QVERIFY(mentions(imported.notes, "models/sd15.safetensors"));
    // What other options stand for is taken over as soon as there are such.
    QCOMPARE(mentions(imported.left, "network_dim"), !knows("lora_rank"));
    QCOMPARE(mentions(imported.left, "min_snr_gamma"), !knows("snr_gamma"));
    QVERIFY(!mentions(imported.left, "shuffle_caption"));  // false: off there, and not there here
  }

  void takesOverADatasetFile() {
    const auto imported = importExample("sd-scripts-dataset.toml").value();
    TrainConfig config;
    applyTrainOptions(config, imported.options).value();
    QCOMPARE(config.resolution, 768);
    QCOMPARE(config.batchSize, 3);
    QVERIFY(!config.flip);
    QVERIFY(mentions(imported.notes, "photos/fido"));
    QVERIFY(mentions(imported.notes, "photos/dogs"));
    QVERIFY(mentions(imported.notes, "sks dog"));
    QVERIFY(mentions(imported.left, "num_repeats"));
    QCOMPARE(config.captionKeepTokens, 1);
    QVERIFY(!mentions(imported.left, "keep_tokens"));
  }

  void takesOverOneTrainer() {
    const auto imported = importExample("one-trainer.json").value();
    QCOMPARE(imported.program, std::string("OneTrainer"));
    TrainConfig config;
    applyTrainOptions(config, imported.options).value();
    QCOMPARE(config.learningRate, 2e-4);             // the UNet's own
    QCOMPARE(config.textEncoderLearningRate, 3e-4);  // the common one
    QVERIFY(config.lrSchedule == LrScheduleKind::Cosine);
    QCOMPARE(config.lrWarmupSteps, 200);
    QCOMPARE(config.batchSize, 4);
    QCOMPARE(config.maxGradNorm, 0.7);
    QCOMPARE(config.resolution, 512);
    QVERIFY(config.precision == Precision::Fp32);
    QCOMPARE(config.weightDecay, 0.02);
    QCOMPARE(config.previewEvery, 150);
    QCOMPARE(config.keepCheckpoints, 5);
    QVERIFY(mentions(imported.left, "epochs"));
    QVERIFY(mentions(imported.left, "save_every"));  // in minutes
    QVERIFY(config.maskedLoss && config.aspectBuckets);
    QVERIFY(config.moreResolutions == (std::vector<std::int64_t>{768, 1024}));
    QVERIFY(mentions(imported.notes, "models/sd15"));
    QVERIFY(mentions(imported.notes, "photos/fido"));
    QCOMPARE(mentions(imported.left, "lora_rank"), !knows("lora_rank"));
  }

  void untrainedTextEncoders() {
    const auto rate = [&](const char* name, const std::string& text) {
      TrainConfig config;
      applyTrainOptions(config, importOptions(write(name, text)).value().options).value();
      return config.textEncoderLearningRate;
    };
    QCOMPARE(rate("a.toml", "learning_rate = 1e-4\ntext_encoder_lr = 1e-5\nnetwork_train_unet_only = true\n"), 0.0);
    QCOMPARE(rate("b.toml", "learning_rate = 1e-4\nstop_text_encoder_training = -1\n"), 0.0);
    QCOMPARE(rate("c.toml", "learning_rate = 1e-4\n"), 1e-4);
    const auto frozen = R"({"learning_rate": 1e-4, "text_encoder": {"train": false, "learning_rate": 1e-5}})";
    QCOMPARE(rate("d.json", frozen), 0.0);
    QCOMPARE(rate("e.json", R"({"learning_rate": 1e-4})"), 1e-4);
  }

  void aWordsOwnRate() {
    const auto file = write("word.toml", "num_vectors_per_token = 4\ninit_word = \"dog\"\nlearning_rate = 2e-3\n");
    TrainConfig config;
    const auto before = config.textEncoderLearningRate;
    applyTrainOptions(config, importOptions(file).value().options).value();
    QVERIFY(config.method == TrainMethod::TextualInversion);
    QCOMPARE(config.tokenLearningRate, 2e-3);
    QCOMPARE(config.tokenVectors, 4);
    QCOMPARE(config.textEncoderLearningRate, before);
  }

  void whatDoesNotFitIsLeftByName() {
    const auto toml = importOptions(write("odd.toml", "resolution = \"512,768\"\nmixed_precision = \"fp8\"\n"
                                                      "learning_rate = 7\nlr_scheduler = \"adafactor\"\nseed = \"x\"\n"))
                          .value();
    QVERIFY(toml.options.empty());
    for (const char* name : {"resolution", "mixed_precision", "learning_rate", "lr_scheduler", "seed"}) {
      QVERIFY2(mentions(toml.left, name), name);
    }
  }

  void hostileFilesAreRefused() {
    const auto message = [&](const char* name, const std::string& text) {
      const auto imported = importOptions(write(name, text));
      return imported.ok() ? std::string("read") : imported.error().message;
    };
    const std::string deep(100'000, '['), deepJson = "{\"learning_rate\":" + std::string(100'000, '[');
    for (const auto& [name, text] : std::vector<std::pair<const char*, std::string>>{
             {"deep.toml", "a = " + deep},
             {"tables.toml", "a = " + [] {
                std::string all;
                for (int i = 0; i < 50'000; ++i) all += "{a=";
                return all;
              }()},
             {"deep.json", deepJson},
             {"broken.toml", "a = = 1"},
             {"twice.toml", "a = 1\na = 2"},
             {"no-key.toml", "[.a]\nb = 1\n"},
             {"equals.toml", "[=]\n"},
             {"latin.toml", "a = \"\xe9\""},
             {"zero.toml", std::string("a = \"\0\"", 7)},
             {"cut.json", "{\"learning_rate\": 1e-4"},
             {"other.json", "{\"a\": 1}"},
             {"large.toml", std::string((4u << 20) + 1, '#')}}) {
      const auto sentence = message(name, text);
      QVERIFY2(sentence.find(name) != std::string::npos, (std::string(name) + ": " + sentence).c_str());
      QVERIFY(sentence.size() < 600);
    }
    QVERIFY(message("control.toml", "\"a\\u0007\\nb\" = \"x\\u001by\"").find("read") == 0);
    const auto odd = importOptions(write("control.toml", "\"a\\u0007\\nb\" = \"x\\u001by\"")).value();
    for (const auto& line : odd.left) {
      QVERIFY(std::ranges::none_of(line, [](unsigned char c) { return c < 0x20; }));
    }
  }

  void presetsAreWholeAndValid() {
    for (const auto& name : presetNames()) {
      for (const char* family : {"base", "sd1", "sd2", "sdxl"}) {
        const auto preset = presetOptions(name, family).value();
        TrainConfig config;
        applyTrainOptions(config, preset.options).value();
        QVERIFY(!preset.source.empty() && !preset.sentence.empty());
        // Whatever stood there before, the same comes out.
        TrainConfig other;
        other.steps = 3, other.learningRate = 1, other.textEncoderLearningRate = 1, other.lrWarmupSteps = 9;
        other.lrSchedule = LrScheduleKind::Cosine, other.batchSize = 9, other.gradientAccumulation = 9;
        applyTrainOptions(other, preset.options).value();
        other.priorCount = config.priorCount, other.lrSchedule = config.lrSchedule;
        QCOMPARE(trainOptionValues(other).at("learning_rate"), trainOptionValues(config).at("learning_rate"));
        QVERIFY(other == config);
        const bool small = std::string(family) == "base";
        QVERIFY2(small == (config.learningRate > 2e-4), "only the embedded base stands such rates");
      }
    }
    QVERIFY(presetOptions("ballanced", "sd1").error().message.find("Did you mean balanced?") != std::string::npos);
    QVERIFY(presetsMarkdown().find("| quick | sd1, sd2 | lora |") != std::string::npos);
  }
};

QTEST_GUILESS_MAIN(TestImport)
#include "test_import.moc"
