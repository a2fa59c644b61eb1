#include <QTemporaryDir>
#include <QTest>
#include <fstream>
#include <memory>

#include "core/model/memory_layout.h"
#include "core/tensor/memory.h"
#include "core/weights/diffusers_folder.h"
#include "core/weights/load_module.h"
#include "core/weights/safetensors.h"
#include "core/weights/write_source.h"
#include "tests/support/torch_maker.h"

QObject* makeTestSafetensors();
QObject* makeTestTextualInversion();

namespace likeness {
namespace fs = std::filesystem;
namespace {

const fs::path kBase = fs::path(LIKENESS_SOURCE_DIR) / "resources" / "base";

// Parameters and buffers by dotted names, nested as a model would have them.
class Tree : public torch::nn::Module {
 public:
  void parameter(const std::string& name, torch::Tensor value) {
    const auto dot = name.find('.');
    if (dot == std::string::npos) {
      register_parameter(name, std::move(value));
      return;
    }
    auto& child = m_children[name.substr(0, dot)];
    if (!child) child = register_module(name.substr(0, dot), std::make_shared<Tree>());
    child->parameter(name.substr(dot + 1), std::move(value));
  }
  void buffer(const std::string& name, torch::Tensor value) { register_buffer(name, std::move(value)); }

 private:
  std::map<std::string, std::shared_ptr<Tree>> m_children;
};

torch::Tensor get(const torch::nn::Module& module, const std::string& name) { return module.named_parameters()[name]; }

}  // namespace

class TestLoadModule : public QObject {
  Q_OBJECT

 private:
  std::unique_ptr<QTemporaryDir> m_folder;
  fs::path path(const std::string& name) const { return fs::path(m_folder->path().toStdString()) / name; }
  TensorSources file(const NamedTensors& tensors, const std::string& name = "w.safetensors") {
    writeSafetensors(path(name), tensors).value();
    return {std::make_shared<const SafetensorsFile>(SafetensorsFile::open(path(name)).value())};
  }
  void text(const std::string& name, const std::string& content) { std::ofstream(path(name), std::ios::binary) << content; }

 private Q_SLOTS:
  void init() { m_folder = std::make_unique<QTemporaryDir>(); }

  void unchangedPagesAreGivenBack() {
    constexpr std::int64_t kRows = 4096, kColumns = 1024;  // 16 MiB
    const auto values = torch::arange(kRows * kColumns, torch::kFloat32).view({kRows, kColumns});
    const auto files = file({{"a", values}});
    Tree module;
    module.parameter("a", torch::zeros({kRows, kColumns}));
    loadModule(module, files).value();
    const torch::NoGradGuard noGrad;
    auto a = get(module, "a");
    a[7].fill_(-1);
    QVERIFY(a.slice(0, 8).equal(values.slice(0, 8)));  // reads every page
    const auto before = residentBytes();
    releaseWeights(module);
    QVERIFY(residentBytes() + (12 << 20) < before);
    QVERIFY(a[7].eq(-1).all().item<bool>());
    QVERIFY(a.slice(0, 0, 7).equal(values.slice(0, 0, 7)));
    QVERIFY(a.slice(0, 8).equal(values.slice(0, 8)));
    // Memory of our own is never given back.
    Tree own;
    own.parameter("b", torch::ones({kRows, kColumns}));
    releaseWeights(own);
    QVERIFY(get(own, "b").eq(1).all().item<bool>());
  }

  // Resident bytes of a tensor that only mirror its file; none afterwards.
  static std::int64_t takeMirroredBytes(const torch::Tensor& tensor) {
    const auto before = static_cast<std::int64_t>(residentBytes());
    releaseMirroredPages(tensor);
    return before - static_cast<std::int64_t>(residentBytes());
  }

  void whatWasCopiedLeavesMemory() {
    constexpr std::int64_t kNumbers = 8 << 20, kLittle = 1 << 20;
    const auto files = file({{"a", torch::ones({kNumbers}, torch::kFloat16)}});
    const auto stored = files[0]->tensor("a");
    QVERIFY(stored.sum().item<float>() > 0);
    QVERIFY(takeMirroredBytes(stored) > kNumbers);  // so that the rest says something
    Tree module;
    module.parameter("a", torch::zeros({kNumbers}));
    loadModule(module, files).value();
    QVERIFY(get(module, "a").eq(1).all().item<bool>());
    QVERIFY(takeMirroredBytes(stored) < kLittle);
    for (const auto dtype : {torch::kFloat16, torch::kFloat32}) {
      writeSource(path("again.safetensors"), *files[0], {}, {.dtype = dtype}).value();
      QVERIFY(takeMirroredBytes(stored) < kLittle);
      verifyWritten(path("again.safetensors"), *files[0], {.dtype = dtype}).value();
      QVERIFY(takeMirroredBytes(stored) < kLittle);
    }
  }

  void viewsWhereTheDtypeFits() {
    const auto files = file({{"a.weight", torch::full({2, 3}, 5.0F)}, {"b", torch::ones({2}, torch::kFloat16)}});
    Tree module;
    module.parameter("a.weight", torch::zeros({2, 3}));
    module.parameter("b", torch::zeros({2}));
    const auto held = get(module, "a.weight");
    const auto report = loadModule(module, files);
    QVERIFY(report.ok() && report->complete() && report->unexpected.empty());
    QCOMPARE(get(module, "a.weight").data_ptr(), files[0]->tensor("a.weight").data_ptr());
    QCOMPARE(held.sum().item<float>(), 30.0F);  // the members of a module see the new values
    QVERIFY(get(module, "b").scalar_type() == torch::kFloat32 && get(module, "b").sum().item<float>() == 2.0F);
    QVERIFY(get(module, "b").requires_grad());
    {
      torch::NoGradGuard guard;
      get(module, "a.weight").mul_(0);  // training does this
    }
    QCOMPARE(SafetensorsFile::open(path("w.safetensors")).value().tensor("a.weight").sum().item<float>(), 30.0F);
  }

  void otherDtypesAndKeys() {
    const auto files = file({{"X.a", torch::ones({2})}, {"X.skip", torch::ones({1})}});
    Tree module;
    module.parameter("a", torch::zeros({2}));
    LoadOptions options;
    options.dtype = torch::kBFloat16;
    options.renameKey = [](const std::string& key) { return key == "X.skip" ? std::string() : key.substr(2); };
    const auto report = loadModule(module, files, options);
    QVERIFY(report.ok() && report->unexpected.empty());
    QVERIFY(get(module, "a").scalar_type() == torch::kBFloat16);
  }

  void integersKeepTheirDtype() {
    const auto files = file({{"count", torch::full({1}, 3, torch::kInt64)}, {"position_ids", torch::zeros({1, 7})}});
    Tree module;
    module.buffer("count", torch::zeros({1}, torch::kInt64));
    module.buffer("position_ids", torch::zeros({1, 77}, torch::kInt64));
    QVERIFY(loadModule(module, files).ok());
    QCOMPARE(module.named_buffers()["count"].item<std::int64_t>(), std::int64_t{3});
  }

  void olderAttentionNames() {
    NamedTensors old;
    Tree module;
    float value = 1;
    for (const auto& [before, after] : std::vector<std::pair<std::string, std::string>>{
             {"query", "to_q"}, {"key", "to_k"}, {"value", "to_v"}, {"proj_attn", "to_out.0"}}) {
      old.emplace_back("mid.attentions.0." + before + ".weight", torch::full({4, 4, 1, 1}, value));
      old.emplace_back("mid.attentions.0." + before + ".bias", torch::full({4}, value++));
      module.parameter("mid.attentions.0." + after + ".weight", torch::zeros({4, 4}));
      module.parameter("mid.attentions.0." + after + ".bias", torch::zeros({4}));
    }
    const auto report = loadModule(module, file(old));
    QVERIFY2(report.ok(), report.ok() ? "" : report.error().message.c_str());
    QCOMPARE(get(module, "mid.attentions.0.to_v.weight").sum().item<float>(), 48.0F);
    QCOMPARE(get(module, "mid.attentions.0.to_out.0.bias").sum().item<float>(), 16.0F);
  }

  void clipPrefix_data() {
    QTest::addColumn<QString>("stored");
    QTest::addColumn<QString>("wanted");
    QTest::newRow("drop") << "text_model.final_layer_norm.bias" << "final_layer_norm.bias";
    QTest::newRow("add") << "final_layer_norm.bias" << "text_model.final_layer_norm.bias";
  }
  void clipPrefix() {
    QFETCH(QString, stored);
    QFETCH(QString, wanted);
    Tree module;
    module.parameter(wanted.toStdString(), torch::zeros({2}));
    QVERIFY(loadModule(module, file({{stored.toStdString(), torch::ones({2})}})).ok());
    QCOMPARE(get(module, wanted.toStdString()).sum().item<float>(), 2.0F);
  }

  void everyMisfitIsNamedAndNothingChanges() {
    Tree module;
    module.parameter("good", torch::zeros({2}));
    module.parameter("missing", torch::zeros({2}));
    module.parameter("wrong", torch::zeros({2, 3}));
    const auto files = file({{"good", torch::ones({2})}, {"wrong", torch::ones({3, 2})}, {"extra", torch::ones({1})}});
    const auto report = loadModule(module, files);
    QVERIFY(!report.ok());
    QVERIFY(report.error().code == ErrorCode::Corrupt);
    const auto& message = report.error().message;
    const std::string shapes = "wrong is [3, 2] in the file, [2, 3] in the model";
    QVERIFY2(message.find("w.safetensors") != std::string::npos && message.find("missing") != std::string::npos &&
                 message.find(shapes) != std::string::npos && message.find("extra") != std::string::npos,
             message.c_str());
    QCOMPARE(report.error().detail, "missing: missing\nwrong shape: " + shapes + "\nunexpected: extra\n");
    QCOMPARE(get(module, "good").sum().item<float>(), 0.0F);
  }

  void manyMisfitsStayReadable() {
    Tree module;
    for (int i = 0; i < 700; ++i) module.parameter("p" + std::to_string(i), torch::zeros({1}));
    const auto report = loadModule(module, file({{"x", torch::ones({1})}}));
    QVERIFY(!report.ok() && report.error().message.size() < 600);
    QVERIFY(report.error().message.find("700 missing") != std::string::npos);
    QVERIFY(report.error().detail.find("p699") != std::string::npos);
  }

  void unexpectedIsOnlyReported() {
    Tree module;
    module.parameter("a", torch::zeros({1}));
    const auto report = loadModule(module, file({{"a", torch::ones({1})}, {"b", torch::ones({1})}}));
    QVERIFY(report.ok() && report->unexpected == std::vector<std::string>{"b"});
  }

  void stopIsHonoured() {
    Tree module;
    module.parameter("a", torch::zeros({1}));
    JobControl control;
    control.requestStop();
    LoadOptions options;
    options.control = &control;
    const auto report = loadModule(module, file({{"a", torch::ones({1})}}), options);
    QVERIFY(!report.ok() && report.error().code == ErrorCode::Cancelled);
  }

  void stateDictRoundTrip() {
    Tree module, other;
    module.parameter("a.b", torch::randn({3, 4}));
    module.parameter("c", torch::randn({5}));
    other.parameter("a.b", torch::zeros({3, 4}));
    other.parameter("c", torch::zeros({5}));
    QVERIFY(loadModule(other, file(stateDict(module))).ok());
    QVERIFY(torch::equal(get(other, "a.b"), get(module, "a.b")) && torch::equal(get(other, "c"), get(module, "c")));
    QVERIFY(stateDict(module, torch::kFloat16)[0].second.scalar_type() == torch::kFloat16);
    QVERIFY(!stateDict(module)[0].second.requires_grad());
  }

  void baseModelOpens() {
    const auto unet = openComponentWeights(kBase / "unet");
    QVERIFY2(unet.ok(), unet.ok() ? "" : unet.error().message.c_str());
    QVERIFY(unet->front()->has("conv_in.weight"));
    QVERIFY(openComponentWeights(kBase / "vae").ok());
    QVERIFY(openComponentWeights(kBase / "text_encoder").ok());
  }

  void shards() {
    file({{"a", torch::ones({1})}}, "diffusion_pytorch_model-00001-of-00002.safetensors");
    file({{"b", torch::ones({1})}}, "diffusion_pytorch_model-00002-of-00002.safetensors");
    text("diffusion_pytorch_model.safetensors.index.json",
         R"({"metadata":{},"weight_map":{"a":"diffusion_pytorch_model-00001-of-00002.safetensors",)"
         R"("b":"diffusion_pytorch_model-00002-of-00002.safetensors"}})");
    const auto files = openComponentWeights(path(""));
    QVERIFY2(files.ok(), files.ok() ? "" : files.error().message.c_str());
    Tree module;
    module.parameter("a", torch::zeros({1}));
    module.parameter("b", torch::zeros({1}));
    QVERIFY(loadModule(module, *files).ok());
    fs::remove(path("diffusion_pytorch_model-00002-of-00002.safetensors"));
    const auto missing = openComponentWeights(path(""));
    QVERIFY(!missing.ok() && missing.error().code == ErrorCode::NotFound);
    QVERIFY(missing.error().message.find("00002-of-00002") != std::string::npos);
  }

  void indexesThatLeaveTheFolder_data() {
    QTest::addColumn<QString>("index");
    const auto names = {"../x.safetensors", "/etc/x.safetensors", "sub/x.safetensors", "..\\\\x.safetensors",
                        "C:x.safetensors",  "x.exe",              "..",                ""};
    for (const auto* name : names) QTest::newRow(name) << QString(R"({"weight_map":{"a":"%1"}})").arg(name);
    QTest::newRow("nul") << R"({"weight_map":{"a":"x\u0000.safetensors"}})";
    QTest::newRow("number") << R"({"weight_map":{"a":1}})";
    QTest::newRow("no map") << R"({})";
    QTest::newRow("empty map") << R"({"weight_map":{}})";
    QTest::newRow("list") << R"([])";
    QTest::newRow("tensor not there") << R"({"weight_map":{"zzz":"w.safetensors"}})";
  }
  void indexesThatLeaveTheFolder() {
    QFETCH(QString, index);
    file({{"a", torch::ones({1})}});
    text("model.safetensors.index.json", index.toStdString());
    const auto files = openComponentWeights(path(""));
    QVERIFY(!files.ok() && files.error().code == ErrorCode::Corrupt);
    QVERIFY(files.error().message.find("model.safetensors.index.json") != std::string::npos);
  }

  void missingWeights() {
    const auto nothing = openComponentWeights(path("nowhere"));
    QVERIFY(!nothing.ok() && nothing.error().code == ErrorCode::NotFound);
    const auto empty = openComponentWeights(path(""));
    QVERIFY(!empty.ok() && empty.error().code == ErrorCode::NotFound);
    text("diffusion_pytorch_model.bin", "x");
    const auto damaged = openComponentWeights(path(""));
    QVERIFY(!damaged.ok() && damaged.error().code == ErrorCode::Unsupported);
    QVERIFY(damaged.error().message.find("diffusion_pytorch_model.bin") != std::string::npos);
  }

  // The last one is taken only when all before it are gone.
  void plainWeightsGoBeforeVariantsAndSafetensorsBeforePickles() {
    const auto pickled = torchZip(pickle::simple(), simpleStorage());
    const std::vector<std::string> order{"diffusion_pytorch_model.safetensors", "diffusion_pytorch_model.bin",
                                         "diffusion_pytorch_model.fp16.safetensors", "diffusion_pytorch_model.fp16.bin",
                                         "diffusion_pytorch_model.non_ema.safetensors",
                                         "diffusion_pytorch_model.non_ema.bin"};
    for (const auto& name : order) {
      if (name.ends_with(".bin")) {
        text(name, pickled);
      } else {
        file({{"a", torch::ones({1})}}, name);
      }
    }
    for (const auto& name : order) {
      const auto files = openComponentWeights(path(""));
      QVERIFY2(files.ok(), files.ok() ? "" : files.error().message.c_str());
      QCOMPARE(files->front()->path().filename().string(), name);
      fs::remove(path(name));
    }
    QVERIFY(!openComponentWeights(path("")).ok());
  }

  void shardsOfPickles_data() {
    QTest::addColumn<QString>("stem");
    QTest::addColumn<QString>("variant");
    QTest::newRow("diffusers") << "diffusion_pytorch_model" << "";
    QTest::newRow("transformers, fp16") << "pytorch_model" << ".fp16";
    QTest::newRow("diffusers, non_ema") << "diffusion_pytorch_model" << ".non_ema";
  }
  void shardsOfPickles() {
    QFETCH(QString, stem);
    QFETCH(QString, variant);
    const auto shard = stem + variant + "-00001-of-00001.bin";
    text(shard.toStdString(), torchZip(pickle::simple(), simpleStorage()));
    text((stem + ".bin.index" + variant + ".json").toStdString(),
         QString("{\"weight_map\":{\"a\":\"%1\",\"b\":\"%1\"}}").arg(shard).toStdString());
    const auto files = openComponentWeights(path(""));
    QVERIFY2(files.ok(), files.ok() ? "" : files.error().message.c_str());
    QCOMPARE(files->front()->tensor("b").sum().item<float>(), 7.0F);
  }
};

}  // namespace likeness

int main(int argc, char** argv) {
  const std::unique_ptr<QObject> safetensors(makeTestSafetensors());
  const std::unique_ptr<QObject> textualInversion(makeTestTextualInversion());
  likeness::TestLoadModule loadModule;
  int failed = QTest::qExec(safetensors.get(), argc, argv);
  failed += QTest::qExec(textualInversion.get(), argc, argv);
  failed += QTest::qExec(&loadModule, argc, argv);
  return failed;
}
#include "test_load_module.moc"
