#include <QTemporaryDir>
#include <QtTest>
#include <fstream>
#include <functional>

#include "core/base/atomic_file.h"
#include "core/model/initialize.h"
#include "core/sample/applied_loras.h"
#include "core/weights/lora_write.h"
#include "core/weights/safetensors.h"

using namespace likeness;
namespace fs = std::filesystem;

namespace {

const fs::path kBase = LIKENESS_SOURCE_DIR "/resources/base";
const std::string kModule = "lora_unet_mid_block_attentions_0_transformer_blocks_0_attn1_to_q";
constexpr const char* kTarget = "mid_block.attentions.0.transformer_blocks.0.attn1.to_q";

// The embedded base, opened once for all tests.
StableDiffusion& base() {
  static StableDiffusion model = openStableDiffusion(kBase).value();
  return model;
}

std::int64_t width() {
  static const std::int64_t size = base().unet->named_parameters()[std::string(kTarget) + ".weight"].size(0);
  return size;
}

struct Parts {
  NamedTensors tensors;
  Metadata metadata;

  torch::Tensor& operator[](const std::string& name) {
    for (auto& [key, tensor] : tensors) {
      if (key == name) return tensor;
    }
    return tensors.emplace_back(name, torch::Tensor()).second;
  }
  void remove(const std::string& name) {
    std::erase_if(tensors, [&](const auto& entry) { return entry.first == name; });
  }
};

// A LoRA of one module that fits.
Parts fitting() {
  Parts parts;
  parts[kModule + ".lora_down.weight"] = torch::randn({4, width()});
  parts[kModule + ".lora_up.weight"] = torch::randn({width(), 4});
  parts[kModule + ".alpha"] = torch::tensor(2.0F);
  return parts;
}

bool says(const Error& error, ErrorCode code, const std::vector<std::string>& words) {
  const bool all = std::all_of(words.begin(), words.end(), [&](const std::string& word) {
    return error.message.find(word) != std::string::npos;
  });
  if (error.code != code || !all || error.path.empty()) {
    qWarning("%s: %s", errorCodeName(error.code), error.message.c_str());
    return false;
  }
  return true;
}

struct Lie {
  const char* name;
  ErrorCode code;
  std::vector<std::string> words;
  std::function<void(Parts&)> tell;
};

const std::vector<Lie>& lies() {
  using enum ErrorCode;
  const std::string down = kModule + ".lora_down.weight", up = kModule + ".lora_up.weight", alpha = kModule + ".alpha";
  const auto only = [](const char* name, at::IntArrayRef sizes) {
    const auto shape = sizes.vec();
    return [=](Parts& parts) { parts = {{{name, torch::zeros(shape)}}, {}}; };
  };
  static const std::vector<Lie> list{
      {"no up", Corrupt, {"without the up matrix"}, [=](Parts& p) { p.remove(up); }},
      {"no down", Corrupt, {"without the down matrix"}, [=](Parts& p) { p.remove(down); }},
      {"rank 0", Corrupt, {"rank 0"},
       [=](Parts& p) { p[down] = torch::zeros({0, width()}), p[up] = torch::zeros({width(), 0}); }},
      {"rank beyond all", Corrupt, {"rank 5000"},
       [=](Parts& p) { p[down] = torch::zeros({5000, width()}), p[up] = torch::zeros({width(), 5000}); }},
      {"ranks disagree", Unsupported, {"does not fit", "up is"}, [=](Parts& p) { p[up] = torch::zeros({width(), 5}); }},
      {"inputs disagree", Unsupported, {"does not fit", "down is"}, [=](Parts& p) { p[down] = torch::zeros({4, 7}); }},
      {"a scalar for a matrix", Corrupt, {"rank 0"}, [=](Parts& p) { p[down] = torch::tensor(1.0F); }},
      {"five dimensions", Unsupported, {"does not fit"}, [=](Parts& p) { p[up] = torch::zeros({width(), 4, 1, 1, 1}); }},
      {"a kernel for a linear map", Unsupported, {"does not fit"},
       [=](Parts& p) { p[down] = torch::zeros({4, width(), 3, 3}); }},
      {"alpha NaN", Corrupt, {"alpha that is not a number"}, [=](Parts& p) { p[alpha] = torch::tensor(NAN); }},
      {"alpha infinite", Corrupt, {"alpha that is not a number"}, [=](Parts& p) { p[alpha] = torch::tensor(INFINITY); }},
      {"alpha huge", Corrupt, {"alpha over 1000 times"}, [=](Parts& p) { p[alpha] = torch::tensor(1e30F); }},
      {"alpha hugely negative", Corrupt, {"alpha over 1000 times"}, [=](Parts& p) { p[alpha] = torch::tensor(-1e9F); }},
      {"two alphas", Corrupt, {"one number"}, [=](Parts& p) { p[alpha] = torch::zeros({2}); }},
      {"no alpha in it", Corrupt, {"one number"}, [=](Parts& p) { p[alpha] = torch::zeros({0}); }},
      {"weights NaN", Corrupt, {"not numbers"}, [=](Parts& p) { p[up][0][0] = NAN; }},
      {"weights infinite", Corrupt, {"not numbers"}, [=](Parts& p) { p[down][0][0] = INFINITY; }},
      {"whole numbers", Corrupt, {"whole numbers"}, [=](Parts& p) { p[down] = torch::ones({4, width()}, torch::kInt64); }},
      {"magnitudes of another module", Unsupported, {"magnitude is"},
       [](Parts& p) { p[kModule + ".dora_scale"] = torch::ones({width() + 1}); }},
      {"a middle in a linear map", Unsupported, {"mid is"},
       [](Parts& p) { p[kModule + ".lora_mid.weight"] = torch::ones({4, 4, 3, 3}); }},
      {"the same twice", Corrupt, {"two spellings"},
       [=](Parts& p) { p[kModule + ".lora_A.weight"] = torch::zeros({4, width()}); }},
      {"LoKr", Unsupported, {"LoKr"}, [](Parts& p) { p[kModule + ".lokr_w1"] = torch::zeros({2, 2}); }},
      {"LoHa", Unsupported, {"LoHa"}, [](Parts& p) { p[kModule + ".hada_w1_a"] = torch::zeros({2, 2}); }},
      {"OFT", Unsupported, {"OFT"}, [](Parts& p) { p[kModule + ".oft_blocks"] = torch::zeros({2, 2}); }},
      {"IA3", Unsupported, {"IA3"}, [](Parts& p) { p[kModule + ".on_input"] = torch::zeros({2}); }},
      {"a model", Unsupported, {"not a LoRA"}, only("conv_in.weight", {2, 2, 1, 1})},
      {"nothing", Unsupported, {"not a LoRA"}, [](Parts& p) { p = {}; }},
      {"an alpha by itself", Unsupported, {"not a LoRA"}, [=](Parts& p) { p.remove(up), p.remove(down); }},
      {"a long name", Unsupported, {"not a LoRA"},
       [](Parts& p) { p = {{{std::string(100'000, '.') + ".lora_A.weight", torch::zeros({1, 1})}}, {}}; }},
      {"Flux", Unsupported, {"transformer model", "Stable Diffusion 1.x"},
       [](Parts& p) {
         p = {};
         p["transformer.single_transformer_blocks.0.attn.to_q.lora_A.weight"] = torch::zeros({1, 1});
         p["transformer.single_transformer_blocks.0.attn.to_q.lora_B.weight"] = torch::zeros({1, 1});
       }},
      {"XL", Unsupported, {"made for Stable Diffusion XL", "this model, which is Stable Diffusion 1.x"},
       [](Parts& p) {
         p = {};
         p["lora_te2_text_model_encoder_layers_31_mlp_fc1.lora_down.weight"] = torch::zeros({1, 1280});
         p["lora_te2_text_model_encoder_layers_31_mlp_fc1.lora_up.weight"] = torch::zeros({5120, 1});
       }},
      {"2.x by its width", Unsupported, {"made for Stable Diffusion 2.x", "Stable Diffusion 1.x", "down is"},
       [](Parts& p) {
         const std::string k = "lora_unet_mid_block_attentions_0_transformer_blocks_0_attn2_to_k";
         p = {};
         p[k + ".lora_down.weight"] = torch::zeros({1, 1024});
         p[k + ".lora_up.weight"] = torch::zeros({width(), 1});
       }},
      {"settings that are not JSON", Corrupt, {"lora_adapter_metadata"},
       [](Parts& p) { p.metadata["lora_adapter_metadata"] = "{\"unet.r\": "; }},
      {"settings that are a list", Corrupt, {"lora_adapter_metadata"},
       [](Parts& p) { p.metadata["lora_adapter_metadata"] = "[1]"; }},
      {"settings nested without end", Corrupt, {"lora_adapter_metadata"},
       [](Parts& p) { p.metadata["lora_adapter_metadata"] = std::string(1'000'000, '['); }},
      {"a pattern of modules", Unsupported, {"pattern", "(a+)+"},
       [](Parts& p) {
         p.metadata["lora_adapter_metadata"] = R"({"unet.lora_alpha": 1, "unet.alpha_pattern": {"(a+)+": 4}})";
       }},
      {"settings of another adapter", Unsupported, {"LOHA"},
       [](Parts& p) { p.metadata["lora_adapter_metadata"] = R"({"unet.peft_type": "LOHA"})"; }},
      {"an alpha that is text", Corrupt, {"no number"},
       [](Parts& p) { p.metadata["lora_adapter_metadata"] = R"({"unet.alpha_pattern": {"to_q": "4"}})"; }},
  };
  return list;
}

}  // namespace

/// LoRA files that lie, and what opening, applying and writing them does.
class TestLoraFiles : public QObject {
  Q_OBJECT

  std::unique_ptr<QTemporaryDir> m_folder;
  fs::path path(const char* name = "lora.safetensors") const {
    return fs::path(m_folder->path().toStdString()) / name;
  }
  fs::path write(const Parts& parts, const char* name = "lora.safetensors") const {
    writeSafetensors(path(name), parts.tensors, parts.metadata).value();
    return path(name);
  }
  static torch::Tensor weight(const char* module = kTarget) {
    return base().unet->named_parameters()[std::string(module) + ".weight"];
  }

 private Q_SLOTS:
  void init() {
    m_folder = std::make_unique<QTemporaryDir>();
    torch::manual_seed(3);
  }

  void whatFitsIsRead() {
    const LoraNames names = loraNames(base());
    const auto lora = openLora(write(fitting()), names);
    QVERIFY2(lora.ok(), lora.ok() ? "" : lora.error().message.c_str());
    QCOMPARE(lora->modules.size(), std::size_t{1});
    QCOMPARE(lora->modules[0].target.name, std::string(kTarget));
    QCOMPARE(lora->modules[0].change.scale, 0.5);
    QCOMPARE(lora->modules[0].alpha(), 2.0);
    QVERIFY(lora->unknown.empty() && lora->report(names).empty());
    auto bare = fitting();
    bare.remove(kModule + ".alpha");
    QCOMPARE(openLora(write(bare), names)->modules[0].change.scale, 1.0);
  }

  void liesAreRefused_data() {
    QTest::addColumn<int>("index");
    for (std::size_t i = 0; i < lies().size(); ++i) QTest::newRow(lies()[i].name) << static_cast<int>(i);
  }

  void liesAreRefused() {
    QFETCH(const int, index);
    const Lie& lie = lies()[static_cast<std::size_t>(index)];
    Parts parts = fitting();
    lie.tell(parts);
    const torch::Tensor before = weight().clone();
    const auto applied = applyLoras(base(), {{write(parts), 1.0}});
    QVERIFY(!applied.ok());
    auto words = lie.words;
    words.push_back("lora.safetensors");
    QVERIFY(says(applied.error(), lie.code, words));
    QVERIFY(applied.error().message.size() < 600);
    QVERIFY(weight().equal(before));
  }

  void tooManyTensors() {
    Parts parts;
    const auto one = torch::zeros({1}, torch::kUInt8);
    for (int i = 0; i < 150'000; ++i) parts.tensors.emplace_back("a" + std::to_string(i) + ".alpha", one);
    const auto lora = openLora(write(parts), loraNames(base()));
    QVERIFY(!lora.ok() && says(lora.error(), ErrorCode::Unsupported, {"150000 tensors"}));
  }

  void missingAndForeignFiles() {
    const LoraNames names = loraNames(base());
    QVERIFY(says(openLora(path("none.safetensors"), names).error(), ErrorCode::NotFound, {"none.safetensors"}));
    std::ofstream(path("text.safetensors")) << "hello";
    QVERIFY(says(openLora(path("text.safetensors"), names).error(), ErrorCode::Unsupported, {"text.safetensors"}));
  }

  void whatIsUnknownIsReported() {
    auto parts = fitting();
    for (int i = 0; i < 6; ++i) {
      const std::string other = "lora_unet_down_blocks_9_attentions_" + std::to_string(i) + "_proj_in";
      parts[other + ".lora_down.weight"] = torch::zeros({1, 1});
      parts[other + ".lora_up.weight"] = torch::zeros({1, 1});
    }
    parts["bundle_emb.cat.string_to_param.*"] = torch::zeros({2});
    parts.metadata["ss_base_model_version"] = "sdxl_base_v1-0";
    const auto applied = applyLoras(base(), {{write(parts), 1.0}});
    QVERIFY(applied.ok());
    QCOMPARE(applied->reports().size(), std::size_t{1});
    const auto& report = applied->reports()[0];
    QVERIFY2(report.find("1 modules; 7 more") != std::string::npos && report.find("proj_in") != std::string::npos &&
                 report.find("made for Stable Diffusion XL, this model is Stable Diffusion 1.x") != std::string::npos,
             report.c_str());
  }

  // Some files hold everything in both namings of XL; diffusers' counts, and nothing is applied twice.
  void doubleNamingIsTakenOnce() {
    auto parts = fitting();
    const std::string original = "lora_unet_middle_block_1_transformer_blocks_0_attn1_to_q";
    parts[original + ".lora_down.weight"] = torch::zeros({4, width()});
    parts[original + ".lora_up.weight"] = torch::zeros({width(), 4});
    const auto lora = openLora(write(parts), loraNames(base())).value();
    QCOMPARE(lora.modules.size(), std::size_t{1});
    QVERIFY(lora.modules[0].change.down.equal(parts[kModule + ".lora_down.weight"]));
    QCOMPARE(lora.unknown, std::vector<std::string>{original});
  }

  void weightsOfLorasAreChecked() {
    const auto file = write(fitting());
    for (const double weight : {static_cast<double>(NAN), static_cast<double>(INFINITY), 1e9, -101.0}) {
      const auto applied = applyLoras(base(), {{file, weight}});
      QVERIFY(!applied.ok() && says(applied.error(), ErrorCode::InvalidArgument, {"between -100 and 100"}));
    }
  }

  void appliedOnlyWhileItLives_data() {
    QTest::addColumn<bool>("live");
    QTest::newRow("live") << true;
    QTest::newRow("merged") << false;
  }

  void appliedOnlyWhileItLives() {
    QFETCH(const bool, live);
    const auto file = write(fitting());
    const torch::NoGradGuard noGrad;
    const torch::Tensor before = weight().clone();
    const void* memory = weight().const_data_ptr();
    const auto layer = adaptableLayers(*base().unet).at(kTarget);
    {
      auto applied = applyLoras(base(), {{file, 1.0}, {file, 0.5}}, live ? LoraMode::Live : LoraMode::Merged).value();
      QVERIFY(!layer->effectiveWeight().allclose(before));
      QCOMPARE(layer->isAdapted(), live);
      QCOMPARE(weight().equal(before), live);
      AppliedLoras moved = std::move(applied);
      applied = AppliedLoras();
      QVERIFY(!layer->effectiveWeight().allclose(before));
      moved = AppliedLoras();
      QVERIFY(layer->effectiveWeight().equal(before));
    }
    // The very memory of the file again, so nothing was copied back and nothing rounded.
    QVERIFY(!layer->isAdapted() && weight().equal(before) && weight().const_data_ptr() == memory);
  }

  void oneBadFileLeavesTheModelAlone() {
    auto bad = fitting();
    bad.remove(kModule + ".lora_up.weight");
    const auto applied = applyLoras(base(), {{write(fitting()), 1.0}, {write(bad, "bad.safetensors"), 1.0}});
    QVERIFY(!applied.ok() && says(applied.error(), ErrorCode::Corrupt, {"bad.safetensors"}));
    QVERIFY(!adaptableLayers(*base().unet).at(kTarget)->isAdapted());
  }

  void writtenFilesReadTheSame_data() {
    QTest::addColumn<int>("layout");
    QTest::addColumn<int>("dtype");
    for (const auto& [name, layout] : {std::pair("kohya", LoraLayout::Kohya), std::pair("diffusers", LoraLayout::Diffusers)}) {
      for (const auto dtype : {torch::kFloat32, torch::kFloat16, torch::kBFloat16}) {
        QTest::addRow("%s %s", name, torch::toString(dtype)) << static_cast<int>(layout) << static_cast<int>(dtype);
      }
    }
  }

  // Ranks, alphas, magnitudes and values of every kind of module survive.
  void writtenFilesReadTheSame() {
    QFETCH(const int, layout);
    QFETCH(const int, dtype);
    const auto type = static_cast<torch::ScalarType>(dtype);
    const LoraNames names = loraNames(base());
    std::vector<LoraModule> modules;
    for (const auto component : {LoraComponent::Unet, LoraComponent::TextEncoder}) {
      for (const auto& target : names.targets(component)) {
        if (modules.size() % 7 == 3 && target.shape.size() == 2 && target.name.ends_with("fc1")) continue;
        const std::int64_t rank = 1 + static_cast<std::int64_t>(modules.size() % 4);
        auto down = target.shape, up = target.shape;
        down[0] = rank;
        up[1] = rank;
        for (std::size_t i = 2; i < up.size(); ++i) up[i] = 1;
        LowRankChange change{torch::randn(down).to(type), torch::randn(up).to(type), {}, {}};
        change.scale = 1.5 / static_cast<double>(1 + modules.size() % 3);
        if (component == LoraComponent::TextEncoder) change.magnitude = torch::rand({target.shape[0]}).to(type);
        modules.push_back({target, change});
      }
    }
    LoraWriteOptions options{static_cast<LoraLayout>(layout), type, {{"ss_output_name", "sks"}, {"modelspec.title", "T"}}};
    QVERIFY(writeLora(path(), modules, names, options).ok());
    const auto file = SafetensorsFile::open(path()).value();
    QCOMPARE(file.metadata().at("ss_output_name"), std::string("sks"));
    QCOMPARE(file.metadata().at("modelspec.title"), std::string("T"));
    QCOMPARE(file.metadata().at("modelspec.architecture"), std::string("stable-diffusion-v1/lora"));
    QCOMPARE(file.metadata().at("sshs_model_hash").size(), std::size_t{64});
    const auto lora = openLora(path(), names).value();
    QVERIFY(lora.unknown.empty());
    QCOMPARE(lora.modules.size(), modules.size());
    std::map<std::pair<LoraComponent, std::string>, const LoraModule*> read;
    for (const auto& module : lora.modules) read[{module.target.component, module.target.name}] = &module;
    for (const auto& module : modules) {
      const LoraModule* again = read[{module.target.component, module.target.name}];
      QVERIFY2(again != nullptr, module.target.name.c_str());
      QVERIFY(again->change.down.equal(module.change.down) && again->change.up.equal(module.change.up));
      QVERIFY(again->change.magnitude.defined() == module.change.magnitude.defined());
      if (module.change.magnitude.defined()) QVERIFY(again->change.magnitude.equal(module.change.magnitude));
      QVERIFY(std::abs(again->change.scale - module.change.scale) < 1e-6);
    }
  }

  void theSameContentGivesTheSameBytes() {
    const LoraNames names = loraNames(base());
    const auto lora = openLora(write(fitting()), names).value();
    for (const auto layout : {LoraLayout::Kohya, LoraLayout::Diffusers}) {
      QVERIFY(writeLora(path("a"), lora.modules, names, {.layout = layout}).ok());
      QVERIFY(writeLora(path("b"), lora.modules, names, {.layout = layout, .metadata = {{"modelspec.title", "a"}}}).ok());
      QCOMPARE(readFile(path("a"), 1 << 20).value(), readFile(path("b"), 1 << 20).value());
    }
  }

  void whatALayoutCannotHoldIsRefused() {
    const LoraNames names = loraNames(base());
    auto lora = openLora(write(fitting()), names).value();
    const LoraWriteOptions diffusers{.layout = LoraLayout::Diffusers};
    QVERIFY(says(writeLora(path(), {}, names).error(), ErrorCode::InvalidArgument, {"changes nothing"}));
    auto tucker = lora.modules;
    tucker[0].change.mid = torch::zeros({4, 4, 3, 3});
    QVERIFY(says(writeLora(path(), tucker, names, diffusers).error(), ErrorCode::InvalidArgument, {"middle"}));
    auto inputs = lora.modules;
    inputs[0].change.axis = MagnitudeAxis::Inputs;
    inputs[0].change.magnitude = torch::ones({width()});
    QVERIFY(says(writeLora(path(), inputs, names, diffusers).error(), ErrorCode::InvalidArgument, {"per input"}));
    QVERIFY(writeLora(path(), inputs, names).ok());
    QVERIFY(openLora(path(), names)->modules[0].change.axis == MagnitudeAxis::Inputs);
    auto mixed = lora.modules;
    mixed.push_back(mixed[0]);
    mixed[1].change.magnitude = torch::ones({width()});
    QVERIFY(says(writeLora(path(), mixed, names, diffusers).error(), ErrorCode::InvalidArgument, {"all modules"}));
    LoraWriteOptions broken;
    broken.metadata["x"] = "\xff";
    QVERIFY(says(writeLora(path("x.safetensors"), lora.modules, names, broken).error(), ErrorCode::InvalidArgument,
                 {"UTF-8"}));
    QVERIFY(!fs::exists(path("x.safetensors")));
  }
};

int runLoraFileTests(int argc, char** argv) {
  TestLoraFiles test;
  return QTest::qExec(&test, argc, argv);
}

#include "test_lora_files.moc"
