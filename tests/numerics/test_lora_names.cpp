#include <QtTest>

#include "core/model/clip_text_model.h"
#include "core/model/unet2d_condition_model.h"
#include "tests/numerics/lora_fixture.h"

using namespace likeness;

namespace {

UNetLevelConfig level(std::int64_t channels, std::int64_t heads, std::int64_t context, std::int64_t depth,
                      bool attention) {
  UNetLevelConfig result;
  result.channels = channels;
  result.attentionHeads = heads;
  result.crossAttentionDim = context;
  result.transformerLayers = depth;
  result.downAttention = result.upAttention = attention;
  return result;
}

ClipTextModel encoder(std::int64_t width, std::int64_t layers, bool projection) {
  ClipTextConfig config;
  config.hiddenSize = width;
  config.intermediateSize = 4 * width;
  config.hiddenLayers = layers;
  config.attentionHeads = width / 64;
  if (projection) config.projectionSize = width;
  return ClipTextModel(config);
}

// The names of a full-size model; nothing is allocated.
LoraNames fullSize(const QString& family) {
  const ParameterDeviceGuard guard(torch::kMeta);
  UNet2DConditionConfig config;
  const bool xl = family == "xl";
  const std::int64_t context = family == "sd1" ? 768 : 1024;
  if (xl) {
    config.levels = {level(320, 5, 2048, 1, false), level(640, 10, 2048, 2, true), level(1280, 20, 2048, 10, true)};
    config.addition = UNetAdditionConfig{};
  } else {
    config.levels = {level(320, 8, context, 1, true), level(640, 8, context, 1, true), level(1280, 8, context, 1, true),
                     level(1280, 8, context, 1, false)};
  }
  config.useLinearProjection = family != "sd1";
  LoraNames names;
  names.add(LoraComponent::Unet, *UNet2DConditionModel(config));
  names.add(LoraComponent::TextEncoder, *(family == "sd2" ? encoder(1024, 23, false) : encoder(768, 12, false)));
  if (xl) names.add(LoraComponent::TextEncoder2, *encoder(1280, 32, true));
  return names;
}

const LoraTarget* targetOf(const LoraNames& names, const std::string& key) {
  const auto parsed = parseLoraKey(key);
  const auto found = parsed ? names.find(parsed->component, parsed->module) : std::nullopt;
  return found ? found->target : nullptr;
}

}  // namespace

/// The modules of full-size models by the names that sd-scripts, PEFT and diffusers give them.
class TestLoraNames : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void everyModuleIsFound_data() {
    QTest::addColumn<int>("unet");
    QTest::addColumn<int>("text");
    QTest::addColumn<int>("attention");
    QTest::newRow("sd1") << 192 << 72 << 128;
    QTest::newRow("sd2") << 192 << 138 << 128;
    QTest::newRow("xl") << 722 << 264 << 560;
  }

  void everyModuleIsFound() {
    const QString family = QTest::currentDataTag();
    const LoraNames names = fullSize(family);
    const Json expected = readJsonFile(loraFixture("names.json")).value().at(family.toStdString());
    QTEST(static_cast<int>(expected.at("unet").size()), "unet");
    QTEST(static_cast<int>(expected.at("text").size()), "text");
    QTEST(static_cast<int>(expected.at("attention").size()), "attention");
    for (const auto& [key, module] : expected.at("unet").items()) {
      const auto* target = targetOf(names, key + ".lora_down.weight");
      QVERIFY2(target != nullptr, key.c_str());
      QCOMPARE(target->name, module.get<std::string>());
      QCOMPARE(names.kohyaName(*target), key);
      QVERIFY(targetOf(names, "lora_unet_" + loraSpelling(target->name) + ".alpha") == target);
    }
    for (const std::string key : expected.at("text")) {
      const auto* target = targetOf(names, key + ".lora_up.weight");
      QVERIFY2(target != nullptr, key.c_str());
      QCOMPARE(names.kohyaName(*target), key);
    }
    for (const std::string key : expected.at("attention")) {
      const auto* target = targetOf(names, key + ".lora_A.weight");
      QVERIFY2(target != nullptr && "unet." + target->name == key, key.c_str());
    }
  }

  void everySpellingFindsItsOwn_data() {
    QTest::addColumn<QString>("family");
    for (const char* family : {"sd1", "sd2", "xl"}) QTest::newRow(family) << family;
  }

  // No two modules share a spelling, so none is ambiguous.
  void everySpellingFindsItsOwn() {
    QFETCH(const QString, family);
    const LoraNames names = fullSize(family);
    for (const auto component : {LoraComponent::Unet, LoraComponent::TextEncoder, LoraComponent::TextEncoder2}) {
      for (const auto& target : names.targets(component)) {
        const auto found = names.find(component, target.name);
        QVERIFY2(found && found->target == &target && !found->original, target.name.c_str());
        const auto* again = targetOf(names, names.kohyaName(target) + ".lora_down.weight");
        QVERIFY2(again == &target, names.kohyaName(target).c_str());
      }
    }
  }

  void familiesAreKnown() {
    QCOMPARE(fullSize("sd1").family(), std::string("Stable Diffusion 1.x"));
    QCOMPARE(fullSize("sd2").family(), std::string("Stable Diffusion 2.x"));
    QCOMPARE(fullSize("xl").family(), std::string("Stable Diffusion XL"));
  }

  void spellings_data() {
    QTest::addColumn<QString>("key");
    QTest::addColumn<QString>("module");
    const QString q = "down_blocks.0.attentions.1.transformer_blocks.0.attn1.to_q";
    const QString out = "mid_block.attentions.0.transformer_blocks.0.attn2.to_out.0";
    const QString text = "encoder.layers.3.self_attn.out_proj";
    const auto row = [](const QString& key, const QString& module) { QTest::newRow(qPrintable(key)) << key << module; };
    row("unet." + q + ".lora_A.weight", q);
    row("base_model.model." + q + ".lora_B.default.weight", q);
    row("unet.down_blocks.0.attentions.1.transformer_blocks.0.attn1.processor.to_q_lora.down.weight", q);
    row("down_blocks.0.attentions.1.transformer_blocks.0.attn1.processor.to_q_lora.up.weight", q);
    row("unet." + q + ".lora.down.weight", q);
    row("unet." + q + ".lora_magnitude_vector", q);
    row("lora_unet_down_blocks_0_attentions_1_transformer_blocks_0_attn1_to_q.dora_scale", q);
    row("lora_unet_input_blocks_2_1_transformer_blocks_0_attn1_to_q.alpha", q);
    row("diffusion_model.input_blocks.2.1.transformer_blocks.0.attn1.to_q.lora_up.weight", q);
    row("unet.mid_block.attentions.0.transformer_blocks.0.attn2.processor.to_out_lora.down.weight", out);
    row("lora_unet_middle_block_1_transformer_blocks_0_attn2_to_out_0.lora_mid.weight", out);
    row("text_encoder.text_model." + text + ".lora_linear_layer.up.weight", text);
    row("text_encoder." + text + ".lora_A.weight", text);
    row("text_encoder.text_model.encoder.layers.3.self_attn.to_out_lora.up.weight", text);
    row("lora_te_text_model_encoder_layers_3_self_attn_out_proj.lora_down.weight", text);
    row("clip_l.transformer.text_model." + text + ".lora_down.weight", text);
    row("lora_unet_output_blocks_2_1_conv.lora_down.weight", "up_blocks.0.upsamplers.0.conv");
    row("lora_unet_input_blocks_3_0_op.lora_down.weight", "down_blocks.0.downsamplers.0.conv");
    row("lora_unet_out_2.lora_down.weight", "conv_out");
    row("lora_unet_time_embed_2.lora_down.weight", "time_embedding.linear_2");
    row("lora_unet_input_blocks_4_0_skip_connection.lora_up.weight", "down_blocks.1.resnets.0.conv_shortcut");
    row("lora_unet_down_blocks_9_attentions_0_proj_in.lora_up.weight", "");
    row("unet." + q + ".weight", "");
    row("to_q.lora_A.weight", "");
    row(".lora_A.weight", "");
  }

  void spellings() {
    QFETCH(const QString, key);
    QFETCH(const QString, module);
    static const LoraNames names = fullSize("sd1");
    const auto* target = targetOf(names, key.toStdString());
    QCOMPARE(target == nullptr ? QString() : QString::fromStdString(target->name), module);
  }

  // XL's text encoders have the same names: without a prefix neither is meant.
  void whatCouldBeTwoIsNeither() {
    const LoraNames names = fullSize("xl");
    QVERIFY(!names.find(std::nullopt, "text_model.encoder.layers.3.self_attn.q_proj"));
    QVERIFY(names.find(LoraComponent::TextEncoder2, "text_model.encoder.layers.3.self_attn.q_proj"));
    QVERIFY(names.find(std::nullopt, "mid_block.attentions.0.proj_in"));
  }

  void otherAdaptersAreNamed_data() {
    QTest::addColumn<QString>("kind");
    const auto row = [](const char* key, const char* kind) { QTest::newRow(key) << kind; };
    row("lora_unet_mid_block_attentions_0_proj_in.lokr_w1", "LoKr");
    row("lora_unet_mid_block_attentions_0_proj_in.hada_w1_a", "LoHa");
    row("lora_unet_mid_block_attentions_0_proj_in.oft_blocks", "OFT");
    row("lora_unet_mid_block_attentions_0_proj_in.on_input", "IA3");
    row("base_model.model.mid_block.attentions.0.proj_in.ia3_l", "IA3");
    row("lora_unet_mid_block_attentions_0_proj_in.a1.weight", "GLoRA");
    row("lora_unet_mid_block_attentions_0_proj_in.diff", "full difference");
    row("lora_unet_mid_block_attentions_0_proj_in.lora_down.weight", "");
    row("diffusion_model.middle_block.1.proj_in.lora_down.weight", "");
  }
  void otherAdaptersAreNamed() {
    QFETCH(const QString, kind);
    QCOMPARE(QString::fromUtf8(otherAdapterKind(QTest::currentDataTag()).data(),
                               static_cast<int>(otherAdapterKind(QTest::currentDataTag()).size())),
             kind);
  }
};

int runLoraNamesTests(int argc, char** argv) {
  TestLoraNames test;
  return QTest::qExec(&test, argc, argv);
}

#include "test_lora_names.moc"
