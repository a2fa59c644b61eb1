#include <QtTest>

#include "core/model/autoencoder_kl.h"
#include "core/model/clip_text_model.h"
#include "core/model/initialize.h"
#include "core/model/memory_layout.h"
#include "core/model/unet2d_condition_model.h"
#include "tests/numerics/model_fixture.h"

using namespace likeness;

namespace {

Json with(Json base, const char* key, const Json& value) {
  base[key] = value;
  return base;
}

Json tinyUnet() {
  return {{"block_out_channels", {8, 16}},
          {"down_block_types", {"DownBlock2D", "CrossAttnDownBlock2D"}},
          {"up_block_types", {"CrossAttnUpBlock2D", "UpBlock2D"}},
          {"layers_per_block", 1},
          {"attention_head_dim", 2},
          {"cross_attention_dim", 6},
          {"norm_num_groups", 4}};
}

Json tinyVae() {
  const std::vector<std::string> down(2, "DownEncoderBlock2D"), up(2, "UpDecoderBlock2D");
  return {{"block_out_channels", {8, 16}}, {"down_block_types", down}, {"up_block_types", up}, {"norm_num_groups", 4}};
}

template <typename Config>
void checkRefused(const Json& json, ErrorCode code, const char* key) {
  const auto result = Config::fromJson(json, "some/folder/config.json");
  QVERIFY2(!result.ok(), key);
  QCOMPARE(static_cast<int>(result.error().code), static_cast<int>(code));
  const QString message = QString::fromStdString(result.error().message);
  QVERIFY2(message.contains("some/folder/config.json") && message.contains(key), qPrintable(message));
}

}  // namespace

/// Configurations are untrusted: each wrong value gets an error that names the file and the key.
class TestModelConfig : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void readsTheEmbeddedBase();
  void refusesUnsupportedUnets();
  void refusesCorruptUnets();
  void refusesWrongAutoencoders();
  void refusesWrongTextEncoders();
  void numAttentionHeadsWins();
  void initializesReproducibly();
  void channelsLastKeepsNamesAndValues();
};

void TestModelConfig::readsTheEmbeddedBase() {
  const auto folder = baseModel();
  const auto read = [&](const char* part) { return readJsonFile(folder / part / "config.json").value(); };
  const auto unet = UNet2DConditionConfig::fromJson(read("unet"), folder).value();
  QCOMPARE(unet.levels.size(), std::size_t{3});
  QCOMPARE(unet.levels[2].channels, 192);
  QCOMPARE(unet.levels[0].downAttention, false);
  QCOMPARE(unet.levels[0].upAttention, false);
  QCOMPARE(unet.levels[1].upAttention, true);
  QCOMPARE(unet.inChannels, 8);
  QCOMPARE(*unet.sampleSize, 16);
  const auto vae = AutoencoderKlConfig::fromJson(read("vae"), folder).value();
  QCOMPARE(vae.downsamplingFactor(), 8);
  QCOMPARE(vae.scalingFactor, 0.5185634996324312);
  const auto clip = ClipTextConfig::fromJson(read("text_encoder"), folder).value();
  QCOMPARE(clip.hiddenSize, 128);
  QCOMPARE(clip.quickGelu, true);
  QCOMPARE(clip.projectionSize.has_value(), false);
}

void TestModelConfig::refusesUnsupportedUnets() {
  QVERIFY(UNet2DConditionConfig::fromJson(tinyUnet(), "config.json").ok());
  const std::vector<std::pair<const char*, Json>> values = {
      {"class_embed_type", "projection"},     {"num_class_embeds", 10},
      {"addition_embed_type", "text"},        {"act_fn", "mish"},
      {"mid_block_type", "UNetMidBlock2D"},   {"only_cross_attention", true},
      {"dual_cross_attention", true},         {"encoder_hid_dim_type", "text_proj"},
      {"time_cond_proj_dim", 256},            {"resnet_time_scale_shift", "scale_shift"},
      {"time_embedding_type", "fourier"},     {"attention_type", "gated"},
      {"_class_name", "UNet2DModel"},         {"down_block_types", {"AttnDownBlock2D", "DownBlock2D"}},
      {"up_block_types", {"UpBlock2D", "x"}},
  };
  for (const auto& [key, value] : values) {
    checkRefused<UNet2DConditionConfig>(with(tinyUnet(), key, value), ErrorCode::Unsupported, key);
  }
}

void TestModelConfig::refusesCorruptUnets() {
  const std::vector<std::pair<const char*, Json>> values = {
      {"block_out_channels", {8, -16}},
      {"block_out_channels", {8, 16, 32}},
      {"block_out_channels", "wide"},
      {"block_out_channels", {8, 1e18}},
      {"block_out_channels", {8, std::uint64_t{0xFFFFFFFFFFFFFFF0}}},
      {"layers_per_block", 1000000},
      {"layers_per_block", {1, 1, 1}},
      {"attention_head_dim", 0},
      {"attention_head_dim", 3},
      {"cross_attention_dim", {6, 7}},
      {"norm_num_groups", 5},
      {"norm_num_groups", 0},
      {"norm_eps", "small"},
      {"in_channels", 2.5},
      {"conv_in_kernel", 4},
      {"flip_sin_to_cos", "yes"},
      {"up_block_types", {"UpBlock2D"}},
      {"down_block_types", Json::array()},
      {"transformer_layers_per_block", -1},
  };
  for (const auto& [key, value] : values) {
    checkRefused<UNet2DConditionConfig>(with(tinyUnet(), key, value), ErrorCode::Corrupt, key);
  }
  checkRefused<UNet2DConditionConfig>(Json::array(), ErrorCode::Corrupt, "");
  checkRefused<UNet2DConditionConfig>(with(tinyUnet(), "addition_embed_type", "text_time"), ErrorCode::Corrupt,
                                      "projection_class_embeddings_input_dim");
}

void TestModelConfig::refusesWrongAutoencoders() {
  QVERIFY(AutoencoderKlConfig::fromJson(tinyVae(), "config.json").ok());
  const auto refused = [](const char* key, const Json& value, ErrorCode code) {
    checkRefused<AutoencoderKlConfig>(with(tinyVae(), key, value), code, key);
  };
  refused("down_block_types", {"AttnDownEncoderBlock2D", "DownEncoderBlock2D"}, ErrorCode::Unsupported);
  refused("act_fn", "relu", ErrorCode::Unsupported);
  refused("_class_name", "AutoencoderTiny", ErrorCode::Unsupported);
  refused("up_block_types", Json::array({"UpDecoderBlock2D"}), ErrorCode::Corrupt);
  refused("block_out_channels", 8, ErrorCode::Corrupt);
  refused("block_out_channels", Json::array(), ErrorCode::Corrupt);
  refused("norm_num_groups", 32, ErrorCode::Corrupt);
  refused("scaling_factor", 0, ErrorCode::Corrupt);
  refused("latents_mean", {1, 2}, ErrorCode::Corrupt);
}

void TestModelConfig::refusesWrongTextEncoders() {
  const Json tiny = {{"hidden_size", 8}, {"num_attention_heads", 2}, {"num_hidden_layers", 1}, {"vocab_size", 10}};
  QVERIFY(ClipTextConfig::fromJson(tiny, "config.json").ok());
  const auto refused = [&](const char* key, const Json& value, ErrorCode code) {
    checkRefused<ClipTextConfig>(with(tiny, key, value), code, key);
  };
  refused("hidden_act", "relu", ErrorCode::Unsupported);
  refused("model_type", "t5", ErrorCode::Unsupported);
  refused("num_attention_heads", 3, ErrorCode::Corrupt);
  refused("vocab_size", 1e15, ErrorCode::Corrupt);
  refused("eos_token_id", {1, 2}, ErrorCode::Corrupt);
  refused("num_hidden_layers", 0, ErrorCode::Corrupt);
}

void TestModelConfig::numAttentionHeadsWins() {
  const auto config = UNet2DConditionConfig::fromJson(with(tinyUnet(), "num_attention_heads", {4, 8}), "f").value();
  QCOMPARE(config.levels[0].attentionHeads, 4);
  QCOMPARE(config.levels[1].attentionHeads, 8);
}

void TestModelConfig::initializesReproducibly() {
  const auto config = UNet2DConditionConfig::fromJson(tinyUnet(), "f").value();
  UNet2DConditionModel a(config), b(config), c(config);
  initializeRandomly(*a, 7);
  initializeRandomly(*b, 7);
  initializeRandomly(*c, 8);
  const torch::Tensor sample = torch::ones({1, 4, 8, 8}), text = torch::ones({1, 3, 6}), time = torch::tensor(10);
  const torch::NoGradGuard noGrad;
  const torch::Tensor first = a->forward(sample, time, text);
  QVERIFY(torch::isfinite(first).all().item<bool>());
  QVERIFY(torch::equal(first, b->forward(sample, time, text)));
  QVERIFY(!torch::equal(first, c->forward(sample, time, text)));
}

void TestModelConfig::channelsLastKeepsNamesAndValues() {
  const auto config = UNet2DConditionConfig::fromJson(tinyUnet(), "f").value();
  UNet2DConditionModel a(config), b(config);
  initializeRandomly(*a, 7);
  initializeRandomly(*b, 7);
  useChannelsLast(*b);
  const auto before = a->named_parameters(), after = b->named_parameters();
  QCOMPARE(after.size(), before.size());
  for (const auto& item : before) QVERIFY(torch::equal(item.value(), after[item.key()]));
  QVERIFY(after["conv_in.weight"].is_contiguous(at::MemoryFormat::ChannelsLast));
  QVERIFY(after["conv_in.weight"].requires_grad());
}

int runModelConfigTests(int argc, char** argv) {
  TestModelConfig test;
  return QTest::qExec(&test, argc, argv);
}

#include "test_model_config.moc"
