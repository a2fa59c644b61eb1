#include <set>

#include "core/base/text.h"
#include "core/model/initialize.h"
#include "core/model/memory_layout.h"
#include "core/sample/guidance.h"
#include "core/sample/text_to_image.h"
#include "core/tensor/memory.h"
#include "core/text/prompt.h"
#include "tests/numerics/diffusion_fixtures.h"

using namespace likeness;

int runStableDiffusionTests(int argc, char** argv);
int runPictureTests(int argc, char** argv);
int runScoreModelTests(int argc, char** argv);

namespace {

const std::filesystem::path kPipelineBase = LIKENESS_SOURCE_DIR "/resources/base";

const StableDiffusion& base() {
  static const StableDiffusion model = openStableDiffusion(kPipelineBase).value();
  return model;
}

// A random Stable Diffusion of another shape: 4 latent channels, factor 4, width 24, sizes that no one assumes.
StableDiffusion tinyModel() {
  const Json unet = {{"sample_size", 6}, {"in_channels", 4}, {"out_channels", 4}, {"block_out_channels", {8, 16}},
                     {"down_block_types", {"CrossAttnDownBlock2D", "DownBlock2D"}},
                     {"up_block_types", {"UpBlock2D", "CrossAttnUpBlock2D"}}, {"layers_per_block", 1},
                     {"cross_attention_dim", 24}, {"attention_head_dim", 2}, {"norm_num_groups", 4}};
  const Json vae = {{"latent_channels", 4}, {"block_out_channels", {8, 8, 8}}, {"layers_per_block", 1},
                    {"norm_num_groups", 4}, {"sample_size", 24}, {"scaling_factor", 0.5},
                    {"down_block_types", {"DownEncoderBlock2D", "DownEncoderBlock2D", "DownEncoderBlock2D"}},
                    {"up_block_types", {"UpDecoderBlock2D", "UpDecoderBlock2D", "UpDecoderBlock2D"}}};
  const Json text = {{"hidden_size", 24}, {"intermediate_size", 48}, {"num_hidden_layers", 1},
                     {"num_attention_heads", 2}, {"vocab_size", 49408}, {"max_position_embeddings", 77}};
  StableDiffusion model{kPipelineBase,
                        base().configs,
                        base().tokenizer,
                        ClipTextModel(ClipTextConfig::fromJson(text, "text").value()),
                        UNet2DConditionModel(UNet2DConditionConfig::fromJson(unet, "unet").value()),
                        AutoencoderKl(AutoencoderKlConfig::fromJson(vae, "vae").value()),
                        NoiseSchedule()};
  initializeRandomly(*model.textEncoder, 1);
  initializeRandomly(*model.unet, 2);
  initializeRandomly(*model.vae, 3);
  return model;
}

GenerateOptions threeQuickSteps() {
  GenerateOptions options;
  options.prompts = {"a photo of a cat on a beach"};
  options.steps = 3;
  options.decode = false;
  return options;
}

torch::Tensor latentsOf(const StableDiffusion& model, const GenerateOptions& options) {
  JobControl control;
  return generate(model, options, control).latents;
}

QString refusal(const GenerateOptions& options) {
  const auto checked = checkGenerateOptions(base(), options);
  return checked.ok() ? QString() : QString::fromStdString(checked.error().message);
}

}  // namespace

/// Whole pictures against diffusers' StableDiffusionPipeline, and what generate() promises beside that.
class TestPipeline : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void picturesEqualDiffusers_data() {
    QTest::addColumn<int>("index");
    const DiffusionFixtures fixtures("pipeline");
    std::set<std::string> samplers;
    for (std::size_t i = 0; i < fixtures.cases().size(); ++i) {
      const Json& entry = fixtures.cases()[i];
      samplers.insert(entry["sampler"].get<std::string>());
      QTest::addRow("%s, %s, %d steps, guidance %g, rescale %g, %d pictures",
                    entry["sampler"].get<std::string>().c_str(), entry["schedule"].get<std::string>().c_str(),
                    entry["steps"].get<int>(), entry["guidance"].get<double>(), entry["rescale"].get<double>(),
                    static_cast<int>(entry["prompts"].size()))
          << static_cast<int>(i);
    }
    QCOMPARE(samplers.size(), samplerNames().size());
  }
  void picturesEqualDiffusers() {
    QFETCH(int, index);
    const DiffusionFixtures fixtures("pipeline");
    const Json& entry = fixtures.cases()[static_cast<std::size_t>(index)];
    GenerateOptions options;
    options.prompts = entry["prompts"].get<std::vector<std::string>>();
    options.negative = entry["negative"];
    options.sampler = parseSampler(entry["sampler"].get<std::string>()).value();
    options.schedule = parseSigmaSchedule(entry["schedule"].get<std::string>()).value();
    options.steps = entry["steps"];
    options.guidance = entry["guidance"];
    options.guidanceRescale = entry["rescale"];
    options.seeds = {entry["seed"].get<std::uint64_t>()};
    options.width = entry["width"];
    options.height = entry["height"];
    options.initialLatents = fixtures.of(entry, "start");
    JobControl control;
    const Generated made = generate(base(), options, control);
    // Relative to their scale: diffusers itself is 1e-5 of it off what it gives in fp64.
    const auto latents = fixtures.of(entry, "latents");
    const double scale = std::max(1.0, latents.abs().max().item<double>());
    const double difference = largestDifference(made.latents, latents) / scale;
    QVERIFY2(difference < 1e-4, qPrintable(QString::number(difference)));

    const Image& image = *made.images.front();
    QCOMPARE(image.width, options.width);
    QCOMPARE(image.height, options.height);
    auto* bytes = const_cast<std::uint8_t*>(image.rgb.data());
    const auto pixels = torch::from_blob(bytes, {image.height, image.width, 3}, torch::kUInt8)
                            .slice(0, 0, image.height, 4)
                            .slice(1, 0, image.width, 4);
    QVERIFY(largestDifference(pixels, fixtures.of(entry, "picture")) <= 1.0);
  }

  void pictureDoesNotDependOnItsBatch() {
    GenerateOptions options = threeQuickSteps();
    options.sampler = Sampler::Ddim;
    options.eta = 0.5;
    options.seeds = {11, 12, 13};
    options.batchSize = 3;
    const auto together = latentsOf(base(), options);
    options.batchSize = 2;
    QVERIFY(largestDifference(latentsOf(base(), options), together) < 1e-4);
    options.seeds = {12};
    options.count = 1;
    QVERIFY(largestDifference(latentsOf(base(), options)[0], together[1]) < 1e-4);
    options.seeds = {11};
    options.count = 3;  // counts up from the one seed
    QVERIFY(largestDifference(latentsOf(base(), options), together) < 1e-4);
    QVERIFY(largestDifference(together[0], together[1]) > 0.1);
  }

  void eachPictureHasItsPrompt() {
    GenerateOptions options = threeQuickSteps();
    options.prompts = {"a red teapot", "a black cat"};
    options.seeds = {5};
    const auto both = latentsOf(base(), options);
    options.prompts = {"a black cat"};
    options.seeds = {6};
    QVERIFY(largestDifference(latentsOf(base(), options)[0], both[1]) < 1e-4);
  }

  // Prompt editing against the same sampler with a model that is told another thing from some evaluation on.
  void promptsAreEditedOnTheWay_data() {
    QTest::addColumn<QString>("sampler");
    QTest::addColumn<int>("steps");
    QTest::addColumn<QString>("prompt");
    QTest::addColumn<QString>("told");  // at each evaluation: c(at) or d(og)
    QTest::newRow("at a step") << "ddim" << 5 << "a [cat:dog:2]" << "cccdd";
    QTest::newRow("at a part") << "euler" << 6 << "a [cat:dog:0.5]" << "ccccdd";
    QTest::newRow("turns") << "dpmpp-2m" << 5 << "a [cat|dog]" << "ccdcd";
    QTest::newRow("two evaluations a step") << "heun" << 4 << "a [cat:dog:0.5]" << "cccccdd";
    QTest::newRow("Runge-Kutta") << "plms" << 4 << "a [cat:dog:0.5]" << "cccccccdddddd";
    QTest::newRow("never") << "lms" << 3 << "a [cat:dog:50]" << "ccc";
    QTest::newRow("at once") << "unipc" << 3 << "a [cat:dog:0]" << "ddd";
  }
  void promptsAreEditedOnTheWay() {
    QFETCH(QString, sampler);
    QFETCH(int, steps);
    QFETCH(QString, prompt);
    QFETCH(QString, told);
    GenerateOptions options = threeQuickSteps();
    options.sampler = parseSampler(sampler.toStdString()).value();
    options.steps = steps;
    options.prompts = {prompt.toStdString()};
    options.negative = "blurry";
    options.initialLatents = torch::randn({1, base().latentChannels(), 16, 16});
    const auto made = latentsOf(base(), options);

    const torch::NoGradGuard noGrad;
    ClipTextModel encoder = base().textEncoder;
    const auto text = encodePrompts(encoder, base().tokenizer, {"a cat", "a dog", "blurry"});
    const auto answering = [&](std::int64_t which) {
      return guidedDenoiser(base().unet, {text.slice(0, which, which + 1)}, {text.slice(0, 2)}, {options.guidance});
    };
    const auto cat = answering(0), dog = answering(1);
    SamplerOptions sampling;
    sampling.steps = steps;
    qsizetype evaluation = 0;
    const Denoiser model = [&](const torch::Tensor& x, double t) {
      return told[evaluation++] == QChar('c') ? cat(x, t) : dog(x, t);
    };
    const auto start = options.initialLatents * initialNoiseSigma(options.sampler, base().schedule, sampling);
    const auto wanted = sample(options.sampler, model, start, base().schedule, sampling);
    QCOMPARE(evaluation, told.size());
    const double difference = largestDifference(made, wanted);
    QVERIFY2(difference < 1e-4, qPrintable(QString::number(difference)));
  }

  // In the second pass parts of the steps lie between 1 and 2, as in the web UI.
  void theSecondPassGoesOnEditing() {
    GenerateOptions options = threeQuickSteps();
    options.width = options.height = 64;
    options.hires.scale = 2;
    options.hires.steps = 6;
    const auto of = [&](const char* prompt) {
      options.prompts = {prompt};
      return latentsOf(base(), options);
    };
    const auto cat = of("a cat"), dog = of("a dog");
    QVERIFY(largestDifference(cat, dog) > 0.01);
    QVERIFY(of("a [cat:dog:2.0]").equal(cat));
    QVERIFY(of("a [cat:dog:0]").equal(dog));
    const auto between = of("a [cat:dog:1.0]"), late = of("a [cat:dog:1.5]");
    QVERIFY(of("a [cat:dog:3]").equal(between));
    for (const auto& other : {cat, dog, late}) QVERIFY(largestDifference(between, other) > 1e-3);
    QVERIFY(largestDifference(late, cat) > 1e-3);
  }

  void guidanceOneEvaluatesHalf() {
    GenerateOptions options = threeQuickSteps();
    const torch::NoGradGuard noGrad;
    ClipTextModel encoder = base().textEncoder;
    const auto text = encodePrompts(encoder, base().tokenizer, {"a dog", ""});
    const auto x = torch::randn({1, base().latentChannels(), 16, 16});
    const UNetConditions dog{text.slice(0, 0, 1)}, nothing{text.slice(0, 1)};
    const auto conditional = guidedDenoiser(base().unet, dog, {}, {1.0})(x, 500);
    const auto guided = guidedDenoiser(base().unet, dog, nothing, {3.0})(x, 500);
    const auto unconditional = guidedDenoiser(base().unet, nothing, {}, {1.0})(x, 500);
    QVERIFY(largestDifference(guided, unconditional + 3.0 * (conditional - unconditional)) < 1e-4);
  }

  void rescaledGuidanceEqualsDiffusers() {
    const DiffusionFixtures fixtures("pipeline");
    const auto ours = rescaleGuidance(fixtures.tensor("guided"), fixtures.tensor("conditional"), 0.7);
    QVERIFY(largestDifference(ours, fixtures.tensor("rescaled")) < 1e-6);
    QVERIFY(rescaleGuidance(ours, fixtures.tensor("conditional"), 0.0).equal(ours));
  }

  void otherShapesWork() {
    const StableDiffusion model = tinyModel();
    QCOMPARE(model.latentChannels(), 4);
    QCOMPARE(model.vaeFactor(), 4);
    QCOMPARE(model.sizeMultiple(), 8);
    QCOMPARE(model.defaultResolution(), 24);
    GenerateOptions options = threeQuickSteps();
    options.decode = true;
    options.width = 40;
    options.height = 16;
    for (const auto& name : samplerNames()) {
      options.sampler = parseSampler(name).value();
      JobControl control;
      const Generated made = generate(model, options, control);
      QCOMPARE(made.latents.sizes().vec(), (std::vector<std::int64_t>{1, 4, 4, 10}));
      QCOMPARE(made.images.front()->width, 40);
      QCOMPARE(made.images.front()->height, 16);
    }
  }

  void halfPrecisionIsNear() {
    GenerateOptions options = threeQuickSteps();
    options.steps = 10;
    const auto full = latentsOf(base(), options);
    // fp16 has eight times finer steps than bf16: where both are as good as each other, one computes as the other.
    double relative[2];
    for (const auto type : {torch::kBFloat16, torch::kHalf}) {
      options.computeIn = type;
      const auto half = latentsOf(base(), options);
      QCOMPARE(half.scalar_type(), torch::kFloat32);
      const double off = ((half - full).norm() / full.norm()).item<double>();
      QVERIFY2(off > 0 && off < 0.1, qPrintable(QString::number(off)));
      relative[type == torch::kHalf] = off;
      // Nothing of it stays behind.
      QVERIFY(!at::autocast::is_autocast_enabled(at::kCPU));
      for (const auto& parameter : base().unet->parameters()) QVERIFY(!parameter.requires_grad());
    }
    qInfo("after ten steps bf16 is %.1e off, fp16 %.1e", relative[0], relative[1]);
    QVERIFY(relative[1] < relative[0] / 3);
    options.computeIn = torch::kFloat32;
    QVERIFY(latentsOf(base(), options).equal(full));
  }

  // Resident bytes of a module that only mirror its file.
  static std::int64_t mirroredBytes(const torch::nn::Module& module) {
    const auto before = static_cast<std::int64_t>(residentBytes());
    releaseWeights(module);
    return before - static_cast<std::int64_t>(residentBytes());
  }

  void onlyWhatWorksIsInMemory() {
    constexpr std::int64_t kLittle = 1 << 20;
    const QTemporaryDir folder;
    const auto path = std::filesystem::path(folder.path().toStdString()) / "fp32";  // the base's own fp16 isn't mapped
    exportDiffusersFolder(base(), path, torch::kFloat32, nullptr).value();
    const auto model = openStableDiffusion(path).value();
    auto options = threeQuickSteps();
    options.decode = true;
    std::int64_t textEncoder = -1, unet = -1;
    GenerateCallbacks callbacks;
    callbacks.onStep = [&](std::int64_t, std::int64_t, std::int64_t done, std::int64_t) {
      if (done == 1) textEncoder = mirroredBytes(*model.textEncoder);
      if (done == 2) unet = mirroredBytes(*model.unet);
    };
    JobControl control;
    (void)generate(model, options, control, callbacks);
    QVERIFY2(textEncoder >= 0 && textEncoder < kLittle, qPrintable(QString::number(textEncoder)));
    QVERIFY2(unet > 8 * kLittle, qPrintable(QString::number(unet)));  // so that the others say something
    QVERIFY2(mirroredBytes(*model.unet) < kLittle, "the UNet stayed in memory while the VAE decoded");
    // Encoding was not asked for, so nothing of the encoder was copied.
    const auto laidOut = [&](const char* name) {
      const auto weight = model.vae->named_parameters()[name];
      return weight.is_contiguous(at::MemoryFormat::ChannelsLast) && !weight.is_contiguous();
    };
    QVERIFY(laidOut("decoder.mid_block.resnets.0.conv1.weight"));
    QVERIFY(!laidOut("encoder.mid_block.resnets.0.conv1.weight"));
  }

  void stopIsHonouredWithinOneStep() {
    GenerateOptions options = threeQuickSteps();
    options.steps = 20;
    JobControl control;
    std::int64_t steps = 0;
    GenerateCallbacks callbacks;
    callbacks.onStep = [&](std::int64_t, std::int64_t, std::int64_t done, std::int64_t total) {
      QCOMPARE(total, 20);
      steps = done;
      if (done == 4) control.requestStop();
    };
    try {
      (void)generate(base(), options, control, callbacks);
      QFAIL("went on");
    } catch (const ErrorException& exception) {
      QCOMPARE(static_cast<int>(exception.error().code), static_cast<int>(ErrorCode::Cancelled));
    }
    QCOMPARE(steps, 4);
  }

  void picturesArriveInOrder() {
    GenerateOptions options = threeQuickSteps();
    options.decode = true;
    options.count = 3;
    options.batchSize = 2;
    std::vector<std::int64_t> order;
    GenerateCallbacks callbacks;
    callbacks.onImage = [&](std::int64_t index, const ImagePtr& image) {
      order.push_back(index);
      QCOMPARE(image->width, base().defaultResolution());
    };
    JobControl control;
    const auto made = generate(base(), options, control, callbacks);
    QCOMPARE(order, (std::vector<std::int64_t>{0, 1, 2}));
    QCOMPARE(made.images.size(), std::size_t{3});
    QVERIFY(!made.latents.requires_grad());
  }

  void brokenWeightsAreNoPicture() {
    StableDiffusion model = tinyModel();
    {
      const torch::NoGradGuard noGrad;
      model.unet->parameters().front().fill_(std::numeric_limits<float>::quiet_NaN());
    }
    try {
      (void)latentsOf(model, threeQuickSteps());
      QFAIL("went on");
    } catch (const ErrorException& exception) {
      QCOMPARE(static_cast<int>(exception.error().code), static_cast<int>(ErrorCode::NotFinite));
    }
  }

  void badOptionsAreSaidInASentence() {
    QCOMPARE(refusal(threeQuickSteps()), QString());
    const auto refused = [](auto change) {
      GenerateOptions options = threeQuickSteps();
      change(options);
      return refusal(options);
    };
    QVERIFY(refused([](auto& o) { o.width = 100; }).contains("multiple of 32"));
    QVERIFY(refused([](auto& o) { o.width = 100; }).contains("Try 96"));
    QVERIFY(refused([](auto& o) { o.height = -8; }).contains("height"));
    QVERIFY(refused([](auto& o) { o.height = 1 << 30; }).contains("Try 4096"));
    QVERIFY(refused([](auto& o) { o.prompts.clear(); }).contains("prompt"));
    QVERIFY(refused([](auto& o) { o.prompts = {"a \xff b"}; }).contains("UTF-8"));
    QVERIFY(refused([](auto& o) { o.negative = "\xc3"; }).contains("UTF-8"));
    QVERIFY(refused([](auto& o) {
              for (int i = 0; i < 10'000; ++i) o.prompts[0] += " dog";
            }).contains("tokens"));
    QVERIFY(refused([](auto& o) { o.promptOptions.clipSkip = 99; }).contains("clip skip"));
    QVERIFY(refused([](auto& o) { o.steps = 0; }).contains("steps"));
    QVERIFY(refused([](auto& o) { o.steps = 1000; }).contains("998"));
    QVERIFY(refused([](auto& o) { o.guidance = std::nan(""); }).contains("guidance"));
    QVERIFY(refused([](auto& o) { o.eta = 2; }).contains("eta"));
    QVERIFY(refused([](auto& o) { o.guidanceRescale = 1.5; }).contains("rescale"));
    QVERIFY(refused([](auto& o) {
              o.sampler = Sampler::Plms, o.schedule = SigmaSchedule::Karras;
            }).contains("karras"));
    QVERIFY(refused([](auto& o) { o.count = -3; }).contains("pictures"));
    QVERIFY(refused([](auto& o) { o.seeds = {1, 2}, o.count = 3; }).contains("seeds"));
    QVERIFY(refused([](auto& o) { o.prompts = {"a", "b"}, o.count = 3; }).contains("prompts"));
    QVERIFY(refused([](auto& o) { o.initialLatents = torch::zeros({1, 4, 16, 16}); }).contains("[1, 8, 16, 16]"));
    QVERIFY(refused([](auto& o) { o.initialLatents = torch::zeros({8, 16, 16}); }).contains("[8, 16, 16]"));
  }
};

int main(int argc, char** argv) {
  at::set_num_threads(2);
  torch::manual_seed(3);
  TestPipeline pipeline;
  return runStableDiffusionTests(argc, argv) | runPictureTests(argc, argv) |
         runScoreModelTests(argc, argv) | QTest::qExec(&pipeline, argc, argv);
}

#include "test_pipeline.moc"
