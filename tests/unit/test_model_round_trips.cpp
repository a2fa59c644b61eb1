// Models written in one layout, read, written in the other, read again: nothing changes on the way.
#include <QDateTime>
#include <QTemporaryDir>
#include <QTest>
#include <fstream>

#include "core/base/atomic_file.h"
#include "core/weights/layouts/family_configs.h"
#include "core/weights/layouts/part_views.h"
#include "core/weights/layouts/write_model.h"
#include "core/weights/mapped_source.h"
#include "core/weights/safetensors.h"
#include "tests/support/filled_model.h"

namespace likeness {
namespace fs = std::filesystem;
namespace {

using test::filledModel;
using test::layoutFixture;

const fs::path kVocabulary = fs::path(LIKENESS_SOURCE_DIR) / "resources" / "base" / "tokenizer";

// Empty if both models are the same: weights, configs, scheduler, special tokens.
std::string modelDifference(const ModelFiles& a, const ModelFiles& b) {
  if (a.family != b.family || a.parts.size() != b.parts.size()) return "family or parts";
  for (const auto& [name, part] : a.parts) {
    const auto& other = b.parts.at(name);
    const auto tensor = test::firstDifference(*part.weights, *other.weights);
    if (!tensor.empty()) return name + "/" + tensor;
    for (const auto& [key, value] : part.config.items()) {
      if (key != "dtype" && (!other.config.contains(key) || other.config[key] != value)) return name + "." + key;
    }
  }
  if ((a.otherUnet == nullptr) != (b.otherUnet == nullptr) || a.unetIsEma != b.unetIsEma) return "moving average";
  if (a.otherUnet != nullptr) {
    const auto tensor = test::firstDifference(*a.otherUnet, *b.otherUnet);
    if (!tensor.empty()) return "other UNet: " + tensor;
  }
  if (a.scheduler != b.scheduler) return "scheduler " + b.scheduler.dump();
  if (a.tokenizers != b.tokenizers) return "special tokens";
  return {};
}

ModelFiles changed(ModelFiles model, const std::string& part, const std::string& name, torch::Tensor value) {
  NamedTensors tensors;
  const auto& old = model.parts.at(part).weights;
  for (const auto& [key, info] : old->tensors()) {
    if (key != name) tensors.emplace_back(key, old->tensor(key));
  }
  if (value.defined()) tensors.emplace_back(name, value);
  model.parts[part].weights = std::make_shared<const MemorySource>(tensors, "changed");
  return model;
}

ModelFiles withAverage(ModelFiles model, bool averageIsUsed) {
  NamedTensors tensors;
  const auto& unet = model.parts.at(kUNet).weights;
  for (const auto& [name, info] : unet->tensors()) tensors.emplace_back(name, unet->tensor(name) + 1);
  model.otherUnet = std::make_shared<const MemorySource>(tensors, "other");
  model.unetIsEma = averageIsUsed;
  return model;
}

}  // namespace

class TestModelRoundTrips : public QObject {
  Q_OBJECT

 private:
  std::unique_ptr<QTemporaryDir> m_folder;
  fs::path path(const std::string& name) const { return fs::path(m_folder->path().toStdString()) / name; }
  // As single file and as folder, and each of those as the other.
  std::vector<fs::path> allWays(const ModelFiles& model) const {
    writeSingleFile(model, path("a.safetensors"), {}).value();
    writeModelFolder(model, path("b"), kVocabulary).value();
    writeModelFolder(openModelFiles(path("a.safetensors")).value(), path("c"), kVocabulary).value();
    writeSingleFile(openModelFiles(path("b")).value(), path("d.safetensors"), {}).value();
    writeSingleFile(openModelFiles(path("a.safetensors")).value(), path("e.safetensors"), {}).value();
    writeModelFolder(openModelFiles(path("c")).value(), path("f"), kVocabulary).value();
    return {path("a.safetensors"), path("b"), path("c"), path("d.safetensors"), path("e.safetensors"), path("f")};
  }
  void compareAllWays(const ModelFiles& model) const {
    for (const auto& written : allWays(model)) {
      const auto read = openModelFiles(written);
      QVERIFY2(read.ok(), read.ok() ? "" : read.error().message.c_str());
      const auto difference = written.filename().string() + ": " + modelDifference(model, *read);
      QCOMPARE(difference, written.filename().string() + ": ");
      QVERIFY(checkModelFiles(*read).ok() && read->predictionKnown);
    }
  }
  std::size_t filesLeft() const {
    return static_cast<std::size_t>(std::distance(fs::directory_iterator(path("")), fs::directory_iterator()));
  }

 private Q_SLOTS:
  void init() { m_folder = std::make_unique<QTemporaryDir>(); }

  void everyWay_data() {
    QTest::addColumn<QString>("name");
    QTest::addColumn<bool>("v");
    for (const auto* name : {"sd1", "sd1_inpaint", "sd2", "xl", "xl_inpaint"}) QTest::newRow(name) << name << false;
    QTest::newRow("sd2 v") << "sd2" << true;
    QTest::newRow("xl v") << "xl" << true;
    QTest::newRow("sd1 v") << "sd1" << true;
  }
  void everyWay() {
    QFETCH(QString, name);
    QFETCH(bool, v);
    compareAllWays(filledModel(layoutFixture(name.toStdString()), v));
  }

  void schedulersOfTheirOwnSurvive() {
    auto model = filledModel(layoutFixture("xl"));
    model.scheduler = familyScheduler(model.family, true, true);
    model.scheduler["beta_end"] = 0.0133;
    compareAllWays(model);
    const auto file = SafetensorsFile::open(path("a.safetensors")).value();
    QVERIFY(file.has("v_pred") && file.has("ztsnr"));
  }

  void bothSetsOfWeightsSurvive_data() {
    QTest::addColumn<bool>("averageIsUsed");
    QTest::newRow("plain first") << false;
    QTest::newRow("average first") << true;
  }
  void bothSetsOfWeightsSurvive() {
    QFETCH(bool, averageIsUsed);
    compareAllWays(withAverage(filledModel(layoutFixture("sd1")), averageIsUsed));
    const auto file = SafetensorsFile::open(path("a.safetensors")).value();
    const auto average = file.tensor("model_ema.diffusion_modelout2bias"),
               plain = file.tensor("model.diffusion_model.out.2.bias");
    // The second set is the first and 1, rounded.
    QVERIFY(averageIsUsed ? torch::equal(plain, average + 1) : torch::equal(average, plain + 1));
    const auto* second = averageIsUsed ? "diffusion_pytorch_model.non_ema.safetensors" : "diffusion_pytorch_model.ema.safetensors";
    QVERIFY(fs::exists(path("b") / "unet" / second));
  }

  void positionIdsSurvive() {
    const auto ids = torch::arange(77, torch::kInt64).view({1, 77});
    compareAllWays(changed(filledModel(layoutFixture("sd1")), kTextEncoder, "text_model.embeddings.position_ids", ids));
  }

  // 8 latent channels, groups of 16, a VAE of its own scaling.
  void theEmbeddedBaseSurvives() {
    const auto model = openModelFiles(kVocabulary.parent_path()).value();
    QCOMPARE(model.latentChannels(), std::int64_t{8});
    compareAllWays(model);
    const auto same = [](const fs::path& a, const fs::path& b) {
      return readFile(a, 1 << 26).value() == readFile(b, 1 << 26).value();
    };
    for (const auto* file : {"vocab.json", "merges.txt"}) QVERIFY(same(kVocabulary / file, path("c") / "tokenizer" / file));
  }

  void dtypes_data() {
    QTest::addColumn<int>("dtype");
    QTest::newRow("fp16") << static_cast<int>(torch::kHalf);
    QTest::newRow("bf16") << static_cast<int>(torch::kBFloat16);
    QTest::newRow("fp32") << static_cast<int>(torch::kFloat32);
  }
  void dtypes() {
    QFETCH(int, dtype);
    const auto wanted = static_cast<torch::ScalarType>(dtype);
    const auto ids = torch::arange(77, torch::kInt64).view({1, 77});
    const auto model =
        changed(filledModel(layoutFixture("xl")), kTextEncoder, "text_model.embeddings.position_ids", ids);
    writeSingleFile(model, path("a.safetensors"), {}, {wanted}).value();
    writeModelFolder(openModelFiles(path("a.safetensors")).value(), path("b"), kVocabulary, {wanted}).value();
    for (const auto& written : {path("a.safetensors"), path("b")}) {
      const auto read = openModelFiles(written).value();
      for (const auto& [name, part] : model.parts) {
        for (const auto& [key, info] : part.weights->tensors()) {
          const auto tensor = read.parts.at(name).weights->tensor(key);
          const bool isInteger = key.ends_with("position_ids");
          QVERIFY(tensor.scalar_type() == (isInteger ? torch::kInt64 : wanted));
          QVERIFY(torch::equal(tensor, part.weights->tensor(key).to(tensor.scalar_type())));
        }
      }
    }
    const auto config = readJsonFile(path("b") / "text_encoder" / "config.json").value();
    QCOMPARE(config["dtype"].get<std::string>(), std::string(wanted == torch::kHalf       ? "float16"
                                                             : wanted == torch::kBFloat16 ? "bfloat16"
                                                                                          : "float32"));
  }

  void metadataForOthers() {
    const auto model = filledModel(layoutFixture("sd2"), true);
    SingleFileInfo info{"My dog", "sks", "dog", Json::object({{"steps", 3}}), std::string("\xff\xd8\xff", 3)};
    writeSingleFile(model, path("a.safetensors"), info).value();
    const auto metadata = SafetensorsFile::open(path("a.safetensors")).value().metadata();
    const auto at = [&](const char* key) { return QString::fromStdString(metadata.at(key)); };
    QCOMPARE(at("modelspec.sai_model_spec"), QString("1.0.0"));
    QCOMPARE(at("modelspec.architecture"), QString("stable-diffusion-v2-768-v"));
    QCOMPARE(at("modelspec.prediction_type"), QString("v"));
    QCOMPARE(at("modelspec.title"), QString("My dog"));
    QCOMPARE(at("modelspec.resolution"), QString("512x512"));
    QCOMPARE(at("modelspec.trigger_phrase"), QString("sks dog"));
    QCOMPARE(at("modelspec.thumbnail"), QString("data:image/jpeg;base64,/9j/"));
    QCOMPARE(at("likeness.token"), QString("sks"));
    QCOMPARE(at("likeness.class"), QString("dog"));
    QCOMPARE(at("likeness.recipe"), QString("{\"steps\":3}"));
    QVERIFY(QDateTime::fromString(at("modelspec.date"), Qt::ISODate).isValid());
  }

  void valuesThatAreNoNumbersAreRefused() {
    const auto model = filledModel(layoutFixture("sd1"));
    auto value = torch::zeros({32});
    value[3] = std::numeric_limits<float>::quiet_NaN();
    const auto broken = changed(model, kUNet, "conv_in.bias", value);
    auto large = torch::zeros({32});
    large[3] = 70000;
    const auto overflowing = changed(model, kUNet, "conv_in.bias", large);
    // The tensor is named as the file to be written names it.
    const auto refused = [&](const auto& write, const char* says, const char* names) {
      try {
        (void)write();
      } catch (const ErrorException& failure) {
        return failure.error().code == ErrorCode::NotFinite && failure.error().message.find(says) != std::string::npos &&
               failure.error().message.find(names) != std::string::npos;
      }
      return false;
    };
    QVERIFY(refused([&] { return writeSingleFile(broken, path("a.safetensors"), {}); }, "NaN", "input_blocks.0.0.bias"));
    QVERIFY(refused([&] { return writeModelFolder(broken, path("a"), kVocabulary); }, "NaN", "conv_in.bias"));
    QVERIFY(refused([&] { return writeModelFolder(overflowing, path("a"), kVocabulary, {torch::kHalf}); }, "fp16",
                    "conv_in.bias"));
    QCOMPARE(filesLeft(), std::size_t{0});
    QVERIFY(writeSingleFile(overflowing, path("a.safetensors"), {}, {torch::kBFloat16}).ok());
  }

  void nothingIsOverwritten() {
    const auto model = filledModel(layoutFixture("sd1"));
    const auto refused = [](const Result<void>& written) {
      return !written.ok() && written.error().code == ErrorCode::InvalidArgument;
    };
    std::ofstream(path("a.safetensors")) << "mine";
    QVERIFY(refused(writeSingleFile(model, path("a.safetensors"), {})));
    QVERIFY(refused(writeSingleFile(model, path("b.ckpt"), {})));
    fs::create_directories(path("c/d"));
    QVERIFY(refused(writeModelFolder(model, path("c"), kVocabulary)));
    QVERIFY(writeModelFolder(model, path("c/d"), kVocabulary).ok());  // empty
    QCOMPARE(readFile(path("a.safetensors"), 100).value(), std::string("mine"));
  }

  void stopIsHonoured() {
    JobControl control;
    control.requestStop();
    WriteOptions options;
    options.control = &control;
    QVERIFY_THROWS_EXCEPTION(ErrorException, (void)writeModelFolder(filledModel(layoutFixture("sd1")), path("a"), kVocabulary, options));
    QCOMPARE(filesLeft(), std::size_t{0});
  }

  void readingAgainFindsOneFlippedBit() {
    const auto whole = compvisView(filledModel(layoutFixture("sd1"))).value();
    writeSource(path("a.safetensors"), *whole, {}).value();
    QVERIFY(verifyWritten(path("a.safetensors"), *whole).ok());
    std::fstream file(path("a.safetensors"), std::ios::in | std::ios::out | std::ios::binary);
    file.seekp(-5, std::ios::end);
    file.put('\x7f');
    file.close();
    const auto checked = verifyWritten(path("a.safetensors"), *whole);
    QVERIFY(!checked.ok() && checked.error().message.find("1 of its tensors differ") != std::string::npos);
  }

  void otherVaes() {
    const auto model = filledModel(layoutFixture("sd1"));
    auto own = changed(model, kVae, "quant_conv.bias", torch::full({8}, 7.0F));
    writeModelFolder(own, path("folder"), kVocabulary).value();
    writeSingleFile(own, path("whole.safetensors"), {}).value();
    const auto alone = ModelFiles{.path = "x", .parts = {{kVae, own.parts.at(kVae)}}};
    const auto prefixed = compvisView(alone).value();
    NamedTensors bare;
    for (const auto& [name, info] : prefixed->tensors()) bare.emplace_back(name.substr(18), prefixed->tensor(name));
    bare.emplace_back("loss.logvar", torch::zeros({1}));
    writeSource(path("prefixed.safetensors"), *prefixed, {}).value();
    writeSafetensors(path("bare.safetensors"), bare).value();
    for (const auto* name : {"folder", "folder/vae", "folder/vae/diffusion_pytorch_model.safetensors", "whole.safetensors",
                             "prefixed.safetensors", "bare.safetensors"}) {
      auto replaced = model;
      const auto done = replacePart(replaced, kVae, path(name));
      QVERIFY2(done.ok(), done.ok() ? name : done.error().message.c_str());
      QCOMPARE(test::firstDifference(*replaced.parts.at(kVae).weights, *own.parts.at(kVae).weights), std::string());
      QVERIFY(checkModelFiles(replaced).ok());
      QCOMPARE(replaced.parts.at(kVae).config["scaling_factor"].get<double>(), 0.18215);
    }
    auto wrong = model;
    const auto text = replacePart(wrong, kVae, path("folder/text_encoder/model.safetensors"));
    QVERIFY(!text.ok() && text.error().message.find("holds no VAE") != std::string::npos);
  }

  void vaesOfOtherLatentsAreRefused() {
    auto model = filledModel(layoutFixture("sd1"));
    replacePart(model, kVae, kVocabulary.parent_path() / "vae").value();
    const auto checked = checkModelFiles(model);
    QVERIFY(!checked.ok() && checked.error().message.find("8") != std::string::npos);
  }

  void otherTextEncoders() {
    const auto model = filledModel(layoutFixture("sd2"));
    const auto alone = ModelFiles{.path = "x", .family = ModelFamily::Sd2, .parts = {{kTextEncoder, model.parts.at(kTextEncoder)}}};
    const auto prefixed = compvisView(alone).value();
    NamedTensors bare;
    const std::string prefix = "cond_stage_model.model.";
    for (const auto& [name, info] : prefixed->tensors()) bare.emplace_back(name.substr(prefix.size()), prefixed->tensor(name));
    writeSafetensors(path("openclip.safetensors"), bare).value();
    writeModelFolder(model, path("folder"), kVocabulary).value();
    for (const auto* name : {"openclip.safetensors", "folder/text_encoder"}) {
      auto incomplete = model;
      incomplete.parts.erase(kTextEncoder);
      replacePart(incomplete, kTextEncoder, path(name)).value();
      QCOMPARE(modelDifference(model, incomplete), std::string());
    }
  }

  void olderNamesInFolders() {
    const auto model = filledModel(layoutFixture("sd1"));
    writeModelFolder(model, path("a"), kVocabulary).value();
    NamedTensors old;
    const auto& vae = model.parts.at(kVae).weights;
    for (const auto& [name, info] : vae->tensors()) {
      auto key = name;
      for (const auto& [now, before] : std::map<std::string, std::string>{
               {".to_q.", ".query."}, {".to_k.", ".key."}, {".to_v.", ".value."}, {".to_out.0.", ".proj_attn."}}) {
        if (const auto at = key.find(now); at != std::string::npos) key.replace(at, now.size(), before);
      }
      old.emplace_back(key, vae->tensor(name));
    }
    fs::remove(path("a/vae/diffusion_pytorch_model.safetensors"));
    writeSafetensors(path("a/vae/diffusion_pytorch_model.safetensors"), old).value();
    NamedTensors text;
    const auto& encoder = model.parts.at(kTextEncoder).weights;
    for (const auto& [name, info] : encoder->tensors()) text.emplace_back(name.substr(11), encoder->tensor(name));
    fs::remove(path("a/text_encoder/model.safetensors"));
    writeSafetensors(path("a/text_encoder/model.safetensors"), text).value();
    QCOMPARE(modelDifference(model, openModelFiles(path("a")).value()), std::string());
  }

  void foldersOfOtherKinds() {
    writeModelFolder(filledModel(layoutFixture("sd1")), path("a"), kVocabulary).value();
    auto index = readJsonFile(path("a/model_index.json")).value();
    index["transformer"] = {"diffusers", "SD3Transformer2DModel"};
    std::ofstream(path("a/model_index.json")) << index.dump();
    const auto opened = openModelFiles(path("a"));
    QVERIFY(!opened.ok() && opened.error().message.find("transformer") != std::string::npos);
    QVERIFY(openModelFiles(path("nowhere")).error().code == ErrorCode::NotFound);
    QVERIFY(openModelFiles(path("a/unet")).error().message.find("model_index.json") != std::string::npos);
  }
};

}  // namespace likeness

QObject* makeTestModelRoundTrips() { return new likeness::TestModelRoundTrips; }
#include "test_model_round_trips.moc"
