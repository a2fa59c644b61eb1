// What a single file says of itself by its tensors and metadata, and what is refused.
#include <QFloat16>  // QCOMPARE of Json asks what it converts to
#include <QTest>

#include "core/model/initialize.h"
#include "core/weights/layouts/model_files.h"
#include "core/weights/layouts/part_views.h"
#include "core/weights/layouts/prediction_probe.h"
#include "core/weights/layouts/recognize.h"
#include "core/weights/layouts/single_file_metadata.h"
#include "core/weights/layouts/write_model.h"
#include "core/weights/mapped_source.h"
#include "tests/support/filled_model.h"

namespace likeness {
namespace {

using test::filledModel;
using test::layoutFixture;

// A file in memory, to be changed before it is opened.
struct File {
  std::map<std::string, torch::Tensor> tensors;
  Metadata metadata;

  explicit File(const std::string& fixture) : File(*compvisView(filledModel(layoutFixture(fixture))).value()) {}
  explicit File(const TensorSource& source) {
    for (const auto& [name, info] : source.tensors()) tensors[name] = source.tensor(name);
  }
  explicit File(std::map<std::string, torch::Tensor> made) : tensors(std::move(made)) {}

  [[nodiscard]] std::shared_ptr<const TensorSource> source() const {
    return std::make_shared<const MemorySource>(NamedTensors(tensors.begin(), tensors.end()), "model.safetensors", metadata);
  }
  [[nodiscard]] Result<ModelFiles> open(const OpenModelOptions& options = {}) const {
    return openSingleFile(source(), options);
  }
  void drop(const std::string& prefix) {
    std::erase_if(tensors, [&](const auto& entry) { return entry.first.starts_with(prefix); });
  }
  void addAverage() {
    const auto plain = tensors;
    for (const auto& [name, tensor] : plain) {
      if (!name.starts_with("model.diffusion_model.")) continue;
      std::string flat = name.substr(6);
      std::erase(flat, '.');
      tensors["model_ema." + flat] = tensor + 1;
    }
    tensors["model_ema.decay"] = torch::tensor(0.9999F);
  }
};

torch::Tensor ones(std::initializer_list<std::int64_t> shape) { return torch::ones(at::IntArrayRef(shape.begin(), shape.size())); }

bool says(const Error& error, const std::string& part) { return error.message.find(part) != std::string::npos; }

}  // namespace

class TestSingleFile : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void families() {
    const auto sd1 = File("sd1").open().value(), sd2 = File("sd2").open().value(), xl = File("xl").open().value();
    QVERIFY(sd1.family == ModelFamily::Sd1 && sd2.family == ModelFamily::Sd2 && xl.family == ModelFamily::Sdxl);
    QVERIFY(!sd1.inpainting() && File("sd1_inpaint").open()->inpainting() && File("xl_inpaint").open()->inpainting());
    QCOMPARE(sd1.latentChannels(), std::int64_t{4});
    QCOMPARE(File("sd1_inpaint").open()->unetInChannels(), std::int64_t{9});
    QCOMPARE(sd1.scheduler["_class_name"].get<std::string>(), std::string("PNDMScheduler"));
    QCOMPARE(xl.scheduler["_class_name"].get<std::string>(), std::string("EulerDiscreteScheduler"));
    QCOMPARE(xl.modelIndex["_class_name"].get<std::string>(), std::string("StableDiffusionXLPipeline"));
    QCOMPARE(File("xl_inpaint").open()->modelIndex["_class_name"].get<std::string>(),
             std::string("StableDiffusionXLInpaintPipeline"));
    const auto pad = [](const ModelFiles& model, const char* name) {
      return model.tokenizers.at(name)["special_tokens_map"]["pad_token"].get<std::string>();
    };
    QCOMPARE(pad(sd1, "tokenizer"), std::string("<|endoftext|>"));
    QCOMPARE(pad(sd2, "tokenizer"), std::string("!"));
    QCOMPARE(pad(xl, "tokenizer"), std::string("<|endoftext|>"));
    QCOMPARE(pad(xl, "tokenizer_2"), std::string("!"));
  }

  void unetsAloneShowTheirFamilyByWidth() {
    for (const auto& [width, family] : std::map<std::int64_t, ModelFamily>{
             {768, ModelFamily::Sd1}, {1024, ModelFamily::Sd2}}) {
      File file("sd1");
      file.drop("cond_stage_model.");
      file.drop("first_stage_model.");
      for (auto& [name, tensor] : file.tensors) {
        if (name.ends_with("attn2.to_k.weight") || name.ends_with("attn2.to_v.weight")) tensor = ones({tensor.size(0), width});
      }
      const auto model = file.open().value();
      QVERIFY(model.family == family);
      QCOMPARE(model.missing(), (std::vector<std::string>{kVae, kTextEncoder}));
      QCOMPARE(model.parts.at(kUNet).config["cross_attention_dim"].get<std::int64_t>(), width);
    }
  }

  void predictionType() {
    const auto known = [](const File& file) {
      const auto model = file.open().value();
      return std::pair(model.predictionKnown, model.predictsV());
    };
    QCOMPARE(known(File("sd1")), std::pair(true, false));
    QCOMPARE(known(File("xl")), std::pair(true, false));
    QVERIFY(!known(File("sd2")).first);
    File marked("xl");
    marked.tensors["v_pred"] = torch::empty({0});
    QCOMPARE(known(marked), std::pair(true, true));
    marked.tensors["ztsnr"] = torch::empty({0});
    const auto zero = marked.open().value();
    QVERIFY(zero.scheduler["rescale_betas_zero_snr"] == true && zero.scheduler["timestep_spacing"] == "trailing");
    for (const auto& [key, value, v] : std::vector<std::tuple<std::string, std::string, bool>>{
             {"modelspec.prediction_type", "v", true},
             {"modelspec.prediction_type", "epsilon", false},
             {"modelspec.architecture", "stable-diffusion-v2-768-v", true},
             {"modelspec.architecture", "stable-diffusion-v2-512", false}}) {
      File file("sd2");
      file.metadata[key] = value;
      const auto model = file.open().value();
      QVERIFY(model.predictionKnown && model.predictsV() == v);
      QCOMPARE(model.parts.at(kUNet).config["sample_size"].get<int>(), v ? 96 : 64);
      QCOMPARE(model.scheduler["_class_name"].get<std::string>(), std::string(v ? "DDIMScheduler" : "PNDMScheduler"));
      QCOMPARE(model.modelIndex["scheduler"][1], model.scheduler["_class_name"]);
    }
  }

  void theUNetTellsWhetherItPredictsV_data() {
    QTest::addColumn<double>("answer");
    QTest::addColumn<bool>("v");
    QTest::newRow("far below its input") << -0.6 << true;
    QTest::newRow("a little below it") << -0.4 << false;
    QTest::newRow("its input") << 0.5 << false;
  }
  // A UNet that answers with one number everywhere: its last convolution is a bias.
  void theUNetTellsWhetherItPredictsV() {
    QFETCH(double, answer);
    QFETCH(bool, v);
    File file("sd2");
    for (auto& [name, tensor] : file.tensors) tensor = tensor * 0.01;
    file.tensors["model.diffusion_model.out.2.weight"].zero_();
    file.tensors["model.diffusion_model.out.2.bias"].fill_(answer);
    auto model = file.open().value();
    settlePrediction(model).value();
    QVERIFY(model.predictionKnown && model.predictsV() == v);
    QCOMPARE(model.parts.at(kUNet).config["sample_size"].get<int>(), v ? 96 : 64);
  }

  void movingAverages() {
    File file("sd1");
    QVERIFY(file.open()->otherUnet == nullptr);
    QVERIFY(!file.open({true}).ok() && file.open({true}).error().code == ErrorCode::NotFound);
    file.addAverage();
    const auto plain = file.open().value(), average = file.open({true}).value();
    QVERIFY(plain.otherUnet != nullptr && !plain.unetIsEma && average.unetIsEma);
    QCOMPARE(test::firstDifference(*plain.parts.at(kUNet).weights, *average.otherUnet), std::string());
    QCOMPARE(test::firstDifference(*average.parts.at(kUNet).weights, *plain.otherUnet), std::string());
    const auto& own = plain.parts.at(kUNet).weights;
    QVERIFY(torch::equal(own->tensor("conv_in.bias") + 1, plain.otherUnet->tensor("conv_in.bias")));
    QVERIFY(!plain.notes.empty() && plain.notes.front().find("plain ones are used") != std::string::npos);
    file.tensors.erase("model_ema.diffusion_modelout2bias");
    QVERIFY(!file.open().ok() && says(file.open().error(), "moving average of"));
  }

  void missingPartsAreNamed() {
    File noVae("sd1"), noText("sd1"), noSecond("xl");
    noVae.drop("first_stage_model.");
    noText.drop("cond_stage_model.");
    noSecond.drop("conditioner.embedders.1.");
    QCOMPARE(noVae.open()->missing(), std::vector<std::string>{kVae});
    QCOMPARE(noText.open()->missing(), std::vector<std::string>{kTextEncoder});
    QCOMPARE(noSecond.open()->missing(), std::vector<std::string>{kTextEncoder2});
    const auto checked = checkModelFiles(noVae.open().value());
    QVERIFY(!checked.ok() && says(checked.error(), "lacks its vae") && says(checked.error(), "VAE of its own"));
    QVERIFY(says(checkModelFiles(noText.open().value()).error(), "lacks its text_encoder"));
    QVERIFY(checkModelFiles(File("sd1").open().value()).ok());
  }

  void tensorsThatAreMissingAreNamed() {
    File file("sd1");
    file.tensors.erase("model.diffusion_model.middle_block.0.out_layers.3.weight");
    const auto checked = checkModelFiles(file.open().value());
    QVERIFY(!checked.ok() && says(checked.error(), "mid_block.resnets.0.conv2.weight"));
  }

  void whatOtherFilesAre_data() {
    QTest::addColumn<QString>("tensor");
    QTest::addColumn<int>("kind");
    QTest::addColumn<QString>("name");
    const auto row = [](const char* tensor, WeightsKind kind, const char* name) {
      QTest::newRow(tensor) << tensor << static_cast<int>(kind) << name;
    };
    row("model.diffusion_model.joint_blocks.0.x_block.attn.qkv.weight", WeightsKind::OtherFamily, "Stable Diffusion 3");
    row("double_blocks.0.img_attn.norm.key_norm.scale", WeightsKind::OtherFamily, "FLUX");
    row("model.diffusion_model.double_layers.0.attn.w2q.weight", WeightsKind::OtherFamily, "AuraFlow");
    row("clip_txt_mapper.weight", WeightsKind::OtherFamily, "Stable Cascade");
    row("model.diffusion_model.input_blocks.1.0.time_stack.in_layers.2.weight", WeightsKind::OtherFamily, "Video");
    row("edm_mean", WeightsKind::OtherFamily, "Playground");
    row("cond_stage_model.transformer.token_emb.weight", WeightsKind::OtherFamily, "Latent Diffusion");
    row("lora_unet_down_blocks_0_attentions_0_proj_in.lora_down.weight", WeightsKind::Lora, "kohya");
    row("unet.down_blocks.0.attentions.0.proj_in.lora_A.weight", WeightsKind::Lora, "PEFT");
    row("lora_unet_mid_block_attentions_0_proj_in.hada_w1_a", WeightsKind::Lora, "LoHa");
    row("control_model.input_hint_block.0.weight", WeightsKind::ControlNet, "ControlNet");
    row("decoder.mid.block_1.conv1.weight", WeightsKind::Vae, "CompVis");
    row("decoder.mid_block.resnets.0.conv1.weight", WeightsKind::Vae, "diffusers");
    row("text_model.embeddings.token_embedding.weight", WeightsKind::TextEncoder, "transformers");
    row("down_blocks.0.resnets.0.conv1.weight", WeightsKind::UNet, "diffusers");
    row("something", WeightsKind::Other, "tensors");
  }
  void whatOtherFilesAre() {
    QFETCH(QString, tensor);
    QFETCH(int, kind);
    QFETCH(QString, name);
    const File file({{tensor.toStdString(), ones({2, 2})}});
    const auto what = recognizeWeights(*file.source());
    QCOMPARE(static_cast<int>(what.kind), kind);
    QVERIFY2(what.name.find(name.toStdString()) != std::string::npos, what.name.c_str());
    const auto opened = file.open();
    QVERIFY(!opened.ok() && opened.error().code == ErrorCode::Unsupported);
    QVERIFY2(says(opened.error(), "model.safetensors is a " + what.name), opened.error().message.c_str());
  }

  void embeddings() {
    const auto what = [](const File& file) { return recognizeWeights(*file.source()); };
    QVERIFY(what(File({{"emb_params", ones({3, 768})}})).family == ModelFamily::Sd1);
    QVERIFY(what(File({{"<cat>", ones({1024})}})).family == ModelFamily::Sd2);
    const auto xl = what(File({{"clip_l", ones({2, 768})}, {"clip_g", ones({2, 1280})}}));
    QVERIFY(xl.kind == WeightsKind::Embedding && xl.family == ModelFamily::Sdxl);
    QVERIFY(xl.name.find("2 tokens") != std::string::npos);
    QVERIFY(what(File({{"latents", ones({1, 4, 8, 8})}})).kind == WeightsKind::Other);
  }

  void relativesAreRefusedByName_data() {
    QTest::addColumn<int>("channels");
    QTest::addColumn<QString>("says");
    QTest::newRow("pix2pix") << 8 << "InstructPix2Pix";
    QTest::newRow("depth") << 5 << "depth-to-image";
    QTest::newRow("other") << 7 << "7-channel";
  }
  void relativesAreRefusedByName() {
    QFETCH(int, channels);
    QFETCH(QString, says);
    File file("sd1");
    file.tensors["model.diffusion_model.input_blocks.0.0.weight"] = ones({32, channels, 3, 3});
    const auto opened = file.open();
    QVERIFY(!opened.ok() && opened.error().message.find(says.toStdString()) != std::string::npos);
  }

  void otherRelatives() {
    File refiner("xl"), unclip("sd2"), vega("xl");
    refiner.drop("conditioner.");
    refiner.tensors["conditioner.embedders.0.model.token_embedding.weight"] = ones({300, 40});
    QVERIFY(says(refiner.open().error(), "XL refiner"));
    unclip.tensors["model.diffusion_model.label_emb.0.0.weight"] = ones({256, 1536});
    QVERIFY(says(unclip.open().error(), "unCLIP"));
    vega.drop("model.diffusion_model.output_blocks.0.1.transformer_blocks.2.");
    QVERIFY(says(vega.open().error(), "SSD-1B"));
  }

  void damagedTensorsAreNamed() {
    File thirds("sd2"), wide("sd1");
    auto& joined = thirds.tensors["cond_stage_model.model.transformer.resblocks.0.attn.in_proj_weight"];
    joined = ones({119, 40});
    QVERIFY(says(thirds.open().error(), "in_proj_weight") && thirds.open().error().code == ErrorCode::Corrupt);
    wide.tensors["first_stage_model.encoder.mid.attn_1.q.weight"] = ones({64, 64, 3, 3});
    QVERIFY(says(wide.open().error(), "attn_1.q.weight"));
  }

  void otherSpellingsAreRead() {
    File early("sd1");
    for (const auto& [name, tensor] : File("sd1").tensors) {
      const std::string prefix = "cond_stage_model.transformer.";
      if (!name.starts_with(prefix)) continue;
      early.tensors.erase(name);
      early.tensors[prefix + name.substr(prefix.size() + std::string("text_model.").size())] = tensor;
    }
    early.tensors["cond_stage_model.transformer.embeddings.position_ids"] = torch::arange(77).to(torch::kHalf);
    early.tensors["betas"] = ones({1000});
    const auto model = early.open().value();
    QCOMPARE(test::firstDifference(*model.parts.at(kTextEncoder).weights,
                                   *File("sd1").open()->parts.at(kTextEncoder).weights), std::string());
  }

  // SD 2's encoder in the released files has a 24th layer, a projection and a temperature, none of which is used.
  void sd2IgnoresWhatItDoesNotUse() {
    File file("sd2");
    const std::string blocks = "cond_stage_model.model.transformer.resblocks.";
    for (const auto& [name, tensor] : File("sd2").tensors) {
      if (!name.starts_with(blocks + "0.")) continue;
      for (int i = 3; i < 24; ++i) file.tensors[blocks + std::to_string(i) + name.substr(blocks.size() + 1)] = tensor;
    }
    file.tensors["cond_stage_model.model.text_projection"] = ones({40, 40});
    file.tensors["cond_stage_model.model.logit_scale"] = ones({});
    const auto text = file.open()->parts.at(kTextEncoder);
    QCOMPARE(text.config["num_hidden_layers"].get<int>(), 23);
    QCOMPARE(text.weights->tensors().size(), std::size_t{23 * 16 + 4});
    QVERIFY(!text.weights->has("text_projection.weight"));
  }

  void configsInTheMetadataWin() {
    File file("sd1");
    file.metadata["likeness.configs"] =
        R"({"unet":{"attention_head_dim":4,"norm_num_groups":16,"cross_attention_dim":999},"vae":{"scaling_factor":0.5},)"
        R"("scheduler":{"_class_name":"DDIMScheduler","prediction_type":"v_prediction"}})";
    const auto model = file.open().value();
    const auto& unet = model.parts.at(kUNet).config;
    QVERIFY(unet["attention_head_dim"] == 4 && unet["norm_num_groups"] == 16);
    QCOMPARE(unet["cross_attention_dim"].get<int>(), 24);  // where they disagree with the tensors, these are right
    QVERIFY(model.parts.at(kVae).config["scaling_factor"] == 0.5 && model.predictionKnown && model.predictsV());
  }

  void hostileConfigsAreLeftOut_data() {
    QTest::addColumn<QByteArray>("configs");
    QTest::newRow("not JSON") << QByteArray("{");
    QTest::newRow("a list") << QByteArray("[1]");
    QTest::newRow("deep") << QByteArray("{\"unet\":" + QByteArray(100000, '[') + QByteArray(100000, ']') + "}");
    QTest::newRow("large") << QByteArray("{\"unet\":{\"a\":\"" + QByteArray((1 << 20) + 1, 'x') + "\"}}");
  }
  void hostileConfigsAreLeftOut() {
    QFETCH(QByteArray, configs);
    File file("sd1");
    file.metadata["likeness.configs"] = configs.toStdString();
    const auto model = file.open();
    QVERIFY(model.ok() && !model->notes.empty() && model->notes.front().find("metadata are damaged") != std::string::npos);
    QVERIFY(checkModelFiles(*model).ok());
  }

  void configsOfWrongKindsAreRefused() {
    File file("sd1");
    file.metadata["likeness.configs"] = R"({"unet":{"norm_num_groups":"many"},"scheduler":{"prediction_type":7}})";
    const auto model = file.open();
    QVERIFY(model.ok() && !checkModelFiles(*model).ok());
    QVERIFY(says(checkModelFiles(*model).error(), "norm_num_groups"));
  }
};

}  // namespace likeness

QObject* makeTestSingleFile() { return new likeness::TestSingleFile; }
#include "test_single_file.moc"
