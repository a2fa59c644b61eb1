#include <fstream>

#include "core/base/atomic_file.h"
#include "core/sample/text_to_image.h"
#include "core/weights/diffusers_folder.h"
#include "core/weights/safetensors.h"
#include "tests/numerics/diffusion_fixtures.h"
#include "tests/support/tiny_model.h"

using namespace likeness;
namespace fs = std::filesystem;

namespace {

const fs::path kBase = LIKENESS_SOURCE_DIR "/resources/base";

// A copy of the base whose files may be spoiled; weights are links until then.
class ModelCopy {
 public:
  ModelCopy() : m_path(fs::path(m_folder.path().toStdString()) / "model") {
    for (const char* part : {"scheduler", "text_encoder", "tokenizer", "unet", "vae"}) {
      fs::create_directories(m_path / part);
      for (const auto& entry : fs::directory_iterator(kBase / part)) {
        fs::create_symlink(entry.path(), m_path / part / entry.path().filename());
      }
    }
    fs::copy_file(kBase / "model_index.json", m_path / "model_index.json");
  }
  [[nodiscard]] const fs::path& path() const { return m_path; }
  void remove(const char* name) const { fs::remove(m_path / name); }
  void write(const char* name, const std::string& text) const {
    remove(name);
    std::ofstream(m_path / name) << text;
  }
  void change(const char* name, const std::function<void(Json&)>& edit) const {
    Json json = readJsonFile(m_path / name).value();
    edit(json);
    write(name, json.dump());
  }
  void truncate(const char* name, std::uintmax_t size) const {
    remove(name);
    fs::copy_file(kBase / name, m_path / name);
    fs::permissions(m_path / name, fs::perms::owner_all);
    fs::resize_file(m_path / name, size);
  }
  [[nodiscard]] Error error() const {
    const auto opened = openStableDiffusion(m_path);
    return opened.ok() ? Error{ErrorCode::Internal, "opened"} : opened.error();
  }

 private:
  QTemporaryDir m_folder;
  fs::path m_path;
};

bool says(const Error& error, ErrorCode code, const std::vector<std::string>& words) {
  bool good = error.code == code;
  for (const auto& word : words) good = good && error.message.find(word) != std::string::npos;
  if (!good) qWarning("%s: %s", errorCodeName(error.code), error.message.c_str());
  return good;
}

bool sameWeights(const torch::nn::Module& a, const torch::nn::Module& b) {
  const auto x = a.named_parameters(), y = b.named_parameters();
  for (const auto& entry : x) {
    const auto* other = y.find(entry.key());
    if (other == nullptr || !entry.value().equal(*other)) return false;
  }
  return x.size() == y.size();
}

}  // namespace

/// Opening, describing and exporting whole model folders.
class TestStableDiffusion : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void baseIsReadFromItsConfigs() {
    const auto model = openStableDiffusion(kBase).value();
    QCOMPARE(model.latentChannels(), 8);
    QCOMPARE(model.vaeFactor(), 8);
    QCOMPARE(model.sizeMultiple(), 32);
    QCOMPARE(model.defaultResolution(), 128);
    QCOMPARE(model.schedule.trainTimesteps(), 1000);
    for (const auto& parameter : model.unet->parameters()) {
      QCOMPARE(parameter.scalar_type(), torch::kFloat32);
      QVERIFY(!parameter.requires_grad());
    }
  }

  void everyMissingFileIsNamed() {
    const ModelCopy copy;
    copy.remove("vae/config.json");
    copy.remove("tokenizer/merges.txt");
    QVERIFY(says(copy.error(), ErrorCode::NotFound, {"vae/config.json", "tokenizer/merges.txt", "again"}));
  }

  void missingWeightsOfSeveralPartsAreNamed() {
    const ModelCopy copy;
    copy.remove("vae/diffusion_pytorch_model.safetensors");
    copy.remove("unet/diffusion_pytorch_model.safetensors");
    QVERIFY(says(copy.error(), ErrorCode::NotFound, {"vae holds no weights", "unet holds no weights"}));
  }

  void truncatedWeightsAreNamed() {
    const ModelCopy copy;
    copy.truncate("unet/diffusion_pytorch_model.safetensors", 100000);
    QVERIFY(says(copy.error(), ErrorCode::Corrupt, {"unet/diffusion_pytorch_model.safetensors"}));
  }

  void wrongShapesAreNamed() {
    const ModelCopy copy;
    copy.change("unet/config.json", [](Json& json) { json["block_out_channels"][0] = 112; });
    QVERIFY(says(copy.error(), ErrorCode::Corrupt, {"unet", "conv_in"}));
  }

  void partsThatDisagreeAreNamed() {
    {
      const ModelCopy copy;
      copy.change("unet/config.json", [](Json& json) { json["cross_attention_dim"] = 768; });
      QVERIFY(says(copy.error(), ErrorCode::Corrupt, {"768", "128"}));
    }
    {
      const ModelCopy copy;
      copy.change("vae/config.json", [](Json& json) { json["latent_channels"] = 4; });
      QVERIFY(says(copy.error(), ErrorCode::Corrupt, {"8 to 8 latent channels", "VAE on 4"}));
    }
    {
      const ModelCopy copy;
      copy.change("unet/config.json", [](Json& json) { json["in_channels"] = 16; });
      QVERIFY(says(copy.error(), ErrorCode::Unsupported, {"16", "text-to-image"}));
    }
  }

  void otherKindsAreNamed() {
    QVERIFY(says(openStableDiffusion("/nowhere/at/all").error(), ErrorCode::NotFound, {"/nowhere/at/all"}));
    QVERIFY(says(openStableDiffusion(kBase / "unet").error(), ErrorCode::NotFound, {"model_index.json"}));
    QVERIFY(says(openStableDiffusion(kBase / "README.md").error(), ErrorCode::Unsupported, {"README.md", "not a file of weights"}));
    const ModelCopy copy;
    copy.change("model_index.json", [](Json& json) { json["text_encoder_3"] = {"transformers", "T5"}; });
    QVERIFY(says(copy.error(), ErrorCode::Unsupported, {"text_encoder_3"}));
  }

  void kindsAreTold_data() {
    QTest::addColumn<int>("kind");
    QTest::addColumn<int>("family");
    QTest::addColumn<bool>("inpainting");
    QTest::newRow("SD 1") << int(test::TinyKind::Sd1) << int(ModelFamily::Sd1) << false;
    QTest::newRow("SD 2") << int(test::TinyKind::Sd2) << int(ModelFamily::Sd2) << false;
    QTest::newRow("SDXL") << int(test::TinyKind::Sdxl) << int(ModelFamily::Sdxl) << false;
    QTest::newRow("inpainting") << int(test::TinyKind::Inpainting) << int(ModelFamily::Sd1) << true;
  }
  void kindsAreTold() {
    QFETCH(int, kind);
    const QTemporaryDir folder;
    const fs::path root = folder.path().toStdString();
    test::writeTinyModel(root / "model", kBase, 3, test::TinyKind(kind));
    const auto model = openStableDiffusion(root / "model").value();
    QTEST(int(model.family()), "family");
    QTEST(model.isInpainting(), "inpainting");
    // Out and in again, everything is the same.
    QVERIFY(exportDiffusersFolder(model, root / "again").ok());
    const auto again = openStableDiffusion(root / "again").value();
    QVERIFY(sameWeights(*model.unet, *again.unet));
    QVERIFY(sameWeights(*model.vae, *again.vae));
    QVERIFY(sameWeights(*model.textEncoder, *again.textEncoder));
    QCOMPARE(again.configs->modelIndex["_class_name"], model.configs->modelIndex["_class_name"]);
    QCOMPARE(again.configs->scheduler, model.configs->scheduler);
    if (model.family() != ModelFamily::Sdxl) return;
    QVERIFY(sameWeights(*model.textEncoder2, *again.textEncoder2));
    QVERIFY(model.tokenizer.padToken() != model.tokenizer2->padToken());
    QCOMPARE(again.tokenizer2->padToken(), model.tokenizer2->padToken());
  }

  void partsOfXlThatDisagreeAreNamed() {
    const QTemporaryDir folder;
    const fs::path root = folder.path().toStdString();
    test::writeTinyModel(root, kBase, 3, test::TinyKind::Sdxl);
    const auto errorWith = [&](const char* file, const std::function<void(Json&)>& edit) {
      const Json before = readJsonFile(root / file).value();
      Json json = before;
      edit(json);
      std::ofstream(root / file) << json.dump();
      const auto opened = openStableDiffusion(root);
      std::ofstream(root / file) << before.dump();
      return opened.ok() ? Error{ErrorCode::Internal, "opened"} : opened.error();
    };
    QVERIFY(says(errorWith("model_index.json", [](Json& json) { json["text_encoder"] = {nullptr, nullptr}; }),
                 ErrorCode::Unsupported, {"refiner", "base"}));
    QVERIFY(says(errorWith("unet/config.json",
                           [](Json& json) { json["projection_class_embeddings_input_dim"] = 5 * 8 + 24; }),
                 ErrorCode::Unsupported, {"refiner"}));
    QVERIFY(says(errorWith("unet/config.json", [](Json& json) { json.erase("addition_embed_type"); }),
                 ErrorCode::Corrupt, {"not of the SDXL kind"}));
    QVERIFY(says(errorWith("model_index.json", [](Json& json) { json.erase("text_encoder_2"); }), ErrorCode::Corrupt,
                 {"of the SDXL kind", "only one text encoder"}));
    QVERIFY(says(errorWith("unet/config.json", [](Json& json) { json["cross_attention_dim"] = 32; }),
                 ErrorCode::Corrupt, {"width 32", "80"}));
    fs::remove(root / "tokenizer_2" / "vocab.json");
    fs::remove(root / "text_encoder_2" / "config.json");
    QVERIFY(says(openStableDiffusion(root).error(), ErrorCode::NotFound,
                 {"tokenizer_2/vocab.json", "text_encoder_2/config.json"}));
  }

  void damagedJsonIsNamed() {
    for (const char* name : {"model_index.json", "scheduler/scheduler_config.json", "unet/config.json"}) {
      const ModelCopy copy;
      copy.write(name, "{\"a\": ");
      QVERIFY(says(copy.error(), ErrorCode::Corrupt, {name}));
    }
  }

  void openingCanBeStopped() {
    JobControl control;
    control.requestStop();
    QVERIFY(says(openStableDiffusion(kBase, &control).error(), ErrorCode::Cancelled, {}));
  }

  void identityIsThatOfTheContent() {
    const auto identity = modelIdentity(kBase).value();
    QCOMPARE(identity.size(), std::size_t{64});
    const ModelCopy copy;
    QCOMPARE(modelIdentity(copy.path()).value(), identity);
    copy.write("README.md", "not part of what it makes");
    QCOMPARE(modelIdentity(copy.path()).value(), identity);
    copy.change("scheduler/scheduler_config.json", [](Json& json) { json["beta_end"] = 0.013; });
    const auto changed = modelIdentity(copy.path()).value();
    QVERIFY(changed != identity);
    QCOMPARE(modelIdentity(copy.path()).value(), changed);
    QVERIFY(!modelIdentity("/nowhere").ok());
  }

  void exportOpensAgainAndIsEqual() {
    const QTemporaryDir folder;
    const auto target = fs::path(folder.path().toStdString()) / "exported";
    const auto model = openStableDiffusion(kBase).value();
    {
      const torch::NoGradGuard noGrad;
      model.unet->parameters().front().add_(0.25);  // what is in memory counts, not the folder
    }
    QVERIFY(exportDiffusersFolder(model, target.string() + "/").ok());
    const auto again = openStableDiffusion(target).value();
    QVERIFY(sameWeights(*model.unet, *again.unet));
    QVERIFY(sameWeights(*model.vae, *again.vae));
    QVERIFY(sameWeights(*model.textEncoder, *again.textEncoder));
    QCOMPARE(again.tokenizer.encodePadded("a teapot"), model.tokenizer.encodePadded("a teapot"));
    QCOMPARE(again.configs->scheduler, model.configs->scheduler);
  }

  void exportOverwritesNothing() {
    const QTemporaryDir folder;
    const fs::path root = folder.path().toStdString();
    const auto model = openStableDiffusion(kBase).value();
    fs::create_directories(root / "full");
    std::ofstream(root / "full" / "notes.txt") << "mine";
    const auto refused = exportDiffusersFolder(model, root / "full");
    QVERIFY(!refused.ok());
    QVERIFY(says(refused.error(), ErrorCode::InvalidArgument, {"full", "nothing was written"}));
    QCOMPARE(readFile(root / "full" / "notes.txt", 100).value(), std::string("mine"));
    JobControl stopped;
    stopped.requestStop();
    QVERIFY(!exportDiffusersFolder(model, root / "stopped", torch::kHalf, &stopped).ok());
    // Neither left anything but what was there.
    QCOMPARE(std::distance(fs::directory_iterator(root), fs::directory_iterator()), 1);
    fs::create_directories(root / "empty");
    QVERIFY(exportDiffusersFolder(model, root / "empty", torch::kHalf).ok());
    QVERIFY(fs::exists(root / "empty" / "model_index.json"));
  }

  // The predictions' kind must survive (a trap of others' exports).
  void exportKeepsTheScheduler() {
    const ModelCopy copy;
    copy.change("scheduler/scheduler_config.json", [](Json& json) {
      json["prediction_type"] = "v_prediction";
      json["rescale_betas_zero_snr"] = true;
    });
    const auto model = openStableDiffusion(copy.path()).value();
    QVERIFY(exportDiffusersFolder(model, copy.path().string() + "-out", torch::kHalf).ok());
    const auto again = openStableDiffusion(copy.path().string() + "-out").value();
    QCOMPARE(static_cast<int>(again.schedule.predictionType()), static_cast<int>(PredictionType::VPrediction));
    QVERIFY(again.schedule.config().rescaleBetasZeroSnr);
  }

  void diffusersLoadsAnExportAndMakesTheSamePicture() {
    const QString python = LIKENESS_REFERENCE_PYTHON;
    if (python.isEmpty()) QSKIP("no Python with diffusers: configure with -DLIKENESS_REFERENCE_PYTHON=…");
    const QTemporaryDir folder;
    const fs::path root = folder.path().toStdString();
    const auto model = openStableDiffusion(kBase).value();
    QVERIFY(exportDiffusersFolder(model, root / "exported").ok());
    GenerateOptions options;
    options.prompts = {"a photo of a teapot on a table"};
    options.steps = 8;
    options.initialLatents = torch::randn({1, 8, 16, 16});
    JobControl control;
    const auto made = generate(model, options, control);
    auto* bytes = const_cast<std::uint8_t*>(made.images.front()->rgb.data());
    const auto picture = torch::from_blob(bytes, {128, 128, 3}, torch::kUInt8);
    QVERIFY(writeSafetensors(root / "ours.safetensors",
                             {{"start", options.initialLatents}, {"latents", made.latents}, {"picture", picture}})
                .ok());
    QProcess process;
    process.setProcessChannelMode(QProcess::MergedChannels);
    process.start(python, {LIKENESS_SOURCE_DIR "/tests/numerics/check_export.py", QString::fromStdString(root.string()),
                           options.prompts.front().c_str(), QString::number(options.steps),
                           QString::number(options.guidance)});
    QVERIFY(process.waitForFinished(240000));
    QVERIFY2(process.exitCode() == 0, process.readAll().right(2000).constData());
  }
};

int runStableDiffusionTests(int argc, char** argv) {
  TestStableDiffusion test;
  return QTest::qExec(&test, argc, argv);
}

#include "test_stable_diffusion.moc"
