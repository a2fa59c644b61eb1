#include <QElapsedTimer>
#include <fstream>

#include "core/data/crop.h"
#include "core/data/image_tensor.h"
#include "core/data/picture_file.h"
#include "core/model/vae_tiling.h"
#include "core/sample/guidance.h"
#include "core/sample/rough_pictures.h"
#include "core/sample/text_to_image.h"
#include "core/sample/vae_passes.h"
#include "core/tensor/random.h"
#include "tests/numerics/diffusion_fixtures.h"

using namespace likeness;
namespace fs = std::filesystem;

int runPictureTests(int argc, char** argv);

namespace {

// The cases that make_sample_fixtures.py wrote.
class SampleFixtures {
 public:
  explicit SampleFixtures(const std::string& name)
      : m_json(readJsonFile(folder() / (name + ".json")).value()),
        m_tensors(SafetensorsFile::open(folder() / (name + ".safetensors")).value()) {}
  [[nodiscard]] static fs::path folder() { return DiffusionFixtures::folder().parent_path() / "sample"; }
  [[nodiscard]] const Json& cases() const { return m_json["cases"]; }
  [[nodiscard]] torch::Tensor of(const Json& entry, const char* key) const {
    return m_tensors.tensor(entry[key].get<std::string>());
  }

 private:
  Json m_json;
  SafetensorsFile m_tensors;
};

// The case's model, whose VAE config may be changed.
StableDiffusion openCase(const Json& entry) {
  const auto folder = SampleFixtures::folder() / entry["model"].get<std::string>();
  if (entry["vae"].empty()) return openStableDiffusion(folder).value();
  const QTemporaryDir copy;
  const fs::path target = copy.path().toStdString();
  fs::copy(folder, target, fs::copy_options::recursive);
  Json config = readJsonFile(target / "vae" / "config.json").value();
  config.update(entry["vae"]);
  std::ofstream(target / "vae" / "config.json") << config.dump();
  return openStableDiffusion(target).value();  // what is mapped stays, without its folder
}

// [H,W,3] or [H,W], 0 … 255.
ImagePtr imageOf(const torch::Tensor& pixels) {
  const auto rgb = pixels.dim() == 3 ? pixels : pixels.unsqueeze(2).expand({-1, -1, 3});
  return std::make_shared<const Image>(tensorToImage(rgb.permute({2, 0, 1}) / 127.5 - 1));
}

torch::Tensor pixelsOf(const Image& image) {
  auto* bytes = const_cast<std::uint8_t*>(image.rgb.data());
  return torch::from_blob(bytes, {image.height, image.width, 3}, torch::kUInt8).to(torch::kFloat32);
}

double meanDifference(const torch::Tensor& a, const torch::Tensor& b) {
  return a.sizes() == b.sizes() ? (a - b).abs().mean().item<double>() : std::numeric_limits<double>::infinity();
}

GenerateOptions optionsOf(const Json& entry, const SampleFixtures& fixtures) {
  GenerateOptions options;
  options.prompts = {entry["prompt"].get<std::string>()};
  options.negative = entry["negative"];
  options.sampler = parseSampler(entry["sampler"].get<std::string>()).value();
  options.steps = entry["steps"];
  options.guidance = entry["guidance"];
  options.width = entry["width"];
  options.height = entry["height"];
  options.initialLatents = fixtures.of(entry, "noise");
  if (entry.contains("source")) options.source.picture = imageOf(fixtures.of(entry, "source"));
  if (entry.contains("mask")) options.source.mask = imageOf(fixtures.of(entry, "mask"));
  options.source.strength = entry["strength"];
  return options;
}

StableDiffusion open(const char* name) { return openStableDiffusion(SampleFixtures::folder() / name).value(); }

Generated made(const StableDiffusion& model, const GenerateOptions& options) {
  JobControl control;
  return generate(model, options, control);
}

GenerateOptions quickOptions() {
  GenerateOptions options;
  options.prompts = {"a photo of sks dog"};
  options.steps = 6;
  options.seeds = {4};
  return options;
}

// A picture of noise, which any change shows in.
ImagePtr noisePicture(int width, int height) {
  return std::make_shared<const Image>(tensorToImage(torch::rand({3, height, width}) * 2 - 1));
}

// White in the right half.
ImagePtr halfMask(int width, int height) {
  auto mask = torch::full({3, height, width}, -1.0);
  mask.slice(2, width / 2).fill_(1.0);
  return std::make_shared<const Image>(tensorToImage(mask));
}

QString refusal(const StableDiffusion& model, const GenerateOptions& options) {
  const auto checked = checkGenerateOptions(model, options);
  return checked.ok() ? QString() : QString::fromStdString(checked.error().message);
}

}  // namespace

/// Whole pictures of every family and task against diffusers' pipelines, and what generate() promises beside that.
class TestPictures : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void picturesEqualDiffusers_data() {
    QTest::addColumn<int>("index");
    const SampleFixtures fixtures("pictures");
    QVERIFY(fixtures.cases().size() >= 15);
    for (std::size_t i = 0; i < fixtures.cases().size(); ++i) {
      const Json& entry = fixtures.cases()[i];
      const auto text = [&](const char* key) { return entry[key].get<std::string>(); };
      QTest::addRow("%zu: %s, from %s, %s, strength %g, guidance %g", i, text("model").c_str(), text("task").c_str(),
                    text("sampler").c_str(), entry["strength"].get<double>(), entry["guidance"].get<double>())
          << static_cast<int>(i);
    }
  }
  void picturesEqualDiffusers() {
    QFETCH(int, index);
    const SampleFixtures fixtures("pictures");
    const Json& entry = fixtures.cases()[static_cast<std::size_t>(index)];
    const auto result = made(openCase(entry), optionsOf(entry, fixtures));
    const auto wanted = fixtures.of(entry, "latents");
    const double latents = largestDifference(result.latents, wanted) / std::max(1.0, wanted.abs().max().item<double>());
    const double pixels = meanDifference(pixelsOf(*result.images.front()), fixtures.of(entry, "picture"));
    qInfo("latents differ by at most %.1e of their scale, pixels on average by %.3f of 255", latents, pixels);
    QVERIFY(latents < 1e-4);
    QVERIFY(pixels <= 1.0);
  }

  // The picture that is changed a little resembles what it was more than the one that is changed a lot.
  void strengthSaysHowMuchChanges() {
    const auto model = open("sd1");
    GenerateOptions options = quickOptions();
    options.steps = 20;
    options.source.picture = noisePicture(32, 32);
    JobControl control;
    const auto own = encodePixels(model, imageToTensor(*options.source.picture), VaeTiles::Auto, control);
    std::vector<double> distances;
    for (const double strength : {0.1, 0.5, 1.0}) {
      options.source.strength = strength;
      distances.push_back((made(model, options).latents - own).norm().item<double>());
    }
    QVERIFY(distances[0] < 0.8 * distances[1] && distances[1] < distances[2]);
  }

  void sourceOfAnotherShapeIsCutNotSquashed() {
    const auto model = open("sd1");
    GenerateOptions options = quickOptions();
    options.source.picture = noisePicture(32, 32);
    const auto straight = made(model, options).latents;
    // The same picture with something left and right of it.
    const auto inside = imageToTensor(*options.source.picture);
    const auto wide = torch::cat({torch::ones({1, 3, 32, 16}), inside, torch::ones({1, 3, 32, 16})}, 3);
    options.source.picture = std::make_shared<const Image>(tensorToImage(wide));
    QVERIFY(made(model, options).latents.equal(straight));
  }

  void maskKeepsTheRest_data() {
    QTest::addColumn<QString>("model");
    for (const char* name : {"sd1", "sd2", "xl"}) QTest::newRow(name) << name;
  }
  void maskKeepsTheRest() {
    QFETCH(QString, model);
    const auto opened = open(model.toUtf8().constData());
    GenerateOptions options = quickOptions();
    options.source = {noisePicture(32, 32), 1.0, halfMask(32, 32), 0.0};
    JobControl control;
    const auto own = encodePixels(opened, imageToTensor(*options.source.picture), VaeTiles::Auto, control);
    const auto latents = made(opened, options).latents;
    QVERIFY(largestDifference(latents.slice(3, 0, 8), own.slice(3, 0, 8)) == 0);
    QVERIFY(largestDifference(latents.slice(3, 8), own.slice(3, 8)) > 0.1);
  }

  void blurredMaskKeepsPixelsToTheLastBit() {
    const auto model = open("sd1");
    GenerateOptions options = quickOptions();
    options.source = {noisePicture(32, 32), 1.0, halfMask(32, 32), 2.0};
    const auto picture = pixelsOf(*made(model, options).images.front());
    const auto own = pixelsOf(*options.source.picture);
    QVERIFY(picture.slice(1, 0, 9).equal(own.slice(1, 0, 9)));
    QVERIFY(meanDifference(picture.slice(1, 24), own.slice(1, 24)) > 5);
    options.source.maskBlur = 0;
    QVERIFY(!pixelsOf(*made(model, options).images.front()).slice(1, 0, 9).equal(own.slice(1, 0, 9)));
  }

  // An inpainting model without picture or mask is told that everything is to be made.
  void inpaintingModelMakesPicturesFromTextToo() {
    const auto model = open("inpaint");
    GenerateOptions options = quickOptions();
    const auto fromText = made(model, options).latents;
    QVERIFY(fromText.isfinite().all().item<bool>());
    options.source.picture = noisePicture(32, 32);
    options.source.strength = 1.0;
    options.source.mask = std::make_shared<const Image>(tensorToImage(torch::ones({3, 32, 32})));
    QVERIFY(largestDifference(made(model, options).latents, fromText) < 1e-5);
  }

  void hiresIsASecondPassOverTheFirst() {
    const auto model = open("sd1");
    GenerateOptions options = quickOptions();
    const auto small = made(model, options).latents;
    options.hires = {2.0, HiresOptions::Upscale::Latent, 0.5, 8};
    std::int64_t before = 0;
    bool counts = true;
    GenerateCallbacks callbacks;
    callbacks.onStep = [&](std::int64_t, std::int64_t, std::int64_t done, std::int64_t all) {
      counts = counts && done == ++before && all == 6 + 4;
    };
    JobControl control;
    const auto large = generate(model, options, control, callbacks);
    QVERIFY(counts && before == 10);
    QCOMPARE(large.images.front()->width, 64);

    // The same by hand: the enlarged latents, noised to the middle of the schedule and denoised from there.
    const auto prompts = encodeForGuidance({{model.tokenizer, model.textEncoder}}, options.prompts, {""}).value();
    const torch::NoGradGuard noGrad;
    const auto denoiser = guidedDenoiser(model.unet, {prompts.positive.hidden}, {prompts.negative.hidden}, {4.0});
    SamplerOptions sampling;
    sampling.steps = 8;
    sampling.strength = 0.5;
    const auto noise = normal({1, 4, 32, 32}, RandomKey{4, 0, 1, RandomStream::SampleNoise});
    const auto start = startLevel(Sampler::Ddim, model.schedule, sampling)
                           .noised(at::upsample_bilinear2d(small, {32, 32}, false), noise);
    const auto expected = sample(Sampler::Ddim, denoiser, start, model.schedule, sampling);
    QVERIFY(largestDifference(large.latents, expected) < 1e-4);

    options.hires.upscale = HiresOptions::Upscale::Lanczos;
    const auto throughPixels = made(model, options);
    QCOMPARE(throughPixels.latents.sizes(), large.latents.sizes());
    QVERIFY(largestDifference(throughPixels.latents, large.latents) > 1e-3);
  }

  void tilesCoverEverythingOnce() {
    for (const std::int64_t size : {1, 5, 16, 17, 23, 28, 29, 40, 41, 64, 97}) {
      const VaeTiling tiling{16, 4};
      std::vector<double> weights(static_cast<std::size_t>(size), 0.0);
      for (const auto& tile : tilesAlong(size, tiling)) {
        QCOMPARE(tile.end - tile.begin, std::min<std::int64_t>(size, 16));
        QVERIFY(tile.begin <= tile.from && tile.to <= tile.end);
        for (std::int64_t i = tile.from; i < tile.to; ++i) {
          double weight = 1;
          if (i - tile.from < tile.fadeIn) weight = (double(i - tile.from) + 0.5) / double(tile.fadeIn);
          if (tile.to - i <= tile.fadeOut) weight = (double(tile.to - i) - 0.5) / double(tile.fadeOut);
          weights.at(static_cast<std::size_t>(i)) += weight;
        }
      }
      for (const double weight : weights) QVERIFY(std::abs(weight - 1) < 1e-12);
    }
  }

  // Nearer than diffusers' tiling to computing the picture whole.
  void tilesShowLessThanDiffusers() {
    const SampleFixtures fixtures("tiles");
    const Json& entry = fixtures.cases().front();
    auto model = openStableDiffusion(LIKENESS_SOURCE_DIR "/resources/base").value();
    const auto latents = fixtures.of(entry, "latents");
    const std::int64_t tile = entry["tile"];
    const VaeTiling tiling{tile, tile / 4};
    const auto whole = model.vae->decode(latents);
    int passes = 0;
    const auto tiled = decodeTiled(model.vae, latents, tiling, [&] { ++passes; });
    const double decoding = meanDifference(tiled, whole);
    const double encoding =
        meanDifference(encodeTiled(model.vae, whole, tiling).mean, model.vae->encode(whole).mean);
    qInfo("decoding in %d tiles %.4f, diffusers %.4f; encoding %.4f, diffusers %.4f", passes, decoding,
          entry["decode_error"].get<double>(), encoding, entry["encode_error"].get<double>());
    QVERIFY(decoding > 0 && decoding <= entry["decode_error"].get<double>());
    QVERIFY(encoding > 0 && encoding <= entry["encode_error"].get<double>());
  }

  void tilesAreForLargePictures() {
    const auto model = openStableDiffusion(LIKENESS_SOURCE_DIR "/resources/base").value();
    const auto latents = torch::randn({1, model.latentChannels(), 100, 8});
    JobControl control;
    const auto never = decodePixels(model, latents, VaeTiles::Never, control);
    QVERIFY(decodePixels(model, latents, VaeTiles::Auto, control).equal(never));
    QVERIFY(!decodePixels(model, latents, VaeTiles::Always, control).equal(never));
    control.requestStop();
    QVERIFY_THROWS_EXCEPTION(ErrorException, (void)decodePixels(model, latents, VaeTiles::Always, control));
  }

  // A linear map can't draw, but colours and shapes must be those of the picture.
  void roughPicturesResembleThePicture() {
    const auto model = openStableDiffusion(LIKENESS_SOURCE_DIR "/resources/base").value();
    JobControl control;
    QElapsedTimer timer;
    timer.start();
    const auto map = fitRoughPictures(model, control);
    const auto fitting = timer.nsecsElapsed() / 1000;
    timer.start();
    (void)roughPictures(map, torch::randn({8, model.latentChannels(), 16, 16}));
    qInfo("fitting %lld us, eight rough pictures %lld us", fitting, timer.nsecsElapsed() / 1000);
    QCOMPARE(map.size(0), model.latentChannels() + 1);
    for (const char* name : {"00.jpg", "03.jpg"}) {
      const auto photo = readPicture(fs::path(LIKENESS_SOURCE_DIR "/resources/demo/photos") / name).value();
      const auto pixels = imageToTensor(cropToFill(photo, 128, 128));
      const auto latents = encodePixels(model, pixels, VaeTiles::Never, control);
      const auto rough = roughPictures(map, latents);
      QCOMPARE(rough.size(), 1u);
      QCOMPARE(rough[0]->width, int(latents.size(3)));
      const auto wanted = at::adaptive_avg_pool2d(pixels, {latents.size(2), latents.size(3)}).flatten();
      const auto got = imageToTensor(*rough[0]).flatten();
      const double alike = at::corrcoef(torch::stack({wanted, got}))[0][1].item<double>();
      const double apart = (wanted - got).abs().mean().item<double>() / 2;
      qInfo("%s: correlation %.3f, mean distance %.3f of 1", name, alike, apart);
      QVERIFY(alike > 0.9 && apart < 0.08);
    }
  }

  void lookingOnChangesNothing() {
    const auto model = open("sd1");
    GenerateOptions options = quickOptions();
    const auto alone = made(model, options).latents;
    JobControl control;
    int looks = 0;
    std::size_t pictures = 0;
    GenerateCallbacks callbacks;
    callbacks.wantsRough = [&] { return ++looks % 2 == 1; };
    callbacks.onRough = [&](const std::vector<ImagePtr>& rough) { pictures += rough.size(); };
    const auto watched = generate(model, options, control, callbacks).latents;
    QVERIFY(watched.equal(alone));
    QVERIFY(looks >= options.steps && pictures >= std::size_t(looks / 2));
  }

  void guidanceRescaleBringsTheDeviationBack() {
    GenerateOptions options = quickOptions();
    options.guidance = 12;
    const auto model = open("sd2");
    const auto plain = made(model, options).latents;
    options.guidanceRescale = 0.7;
    const auto rescaled = made(model, options).latents;
    QVERIFY(rescaled.std().item<double>() < plain.std().item<double>());
    options.guidance = 1;
    const auto without = made(model, options).latents;
    options.guidanceRescale = 0;
    QVERIFY(made(model, options).latents.equal(without));
  }

  void badSourcesAreSaidInASentence() {
    const auto model = open("sd1");
    const auto refused = [&](auto change) {
      GenerateOptions options = quickOptions();
      options.source.picture = noisePicture(32, 32);
      change(options);
      return refusal(model, options);
    };
    QCOMPARE(refused([](auto&) {}), QString());
    QVERIFY(refused([](auto& o) { o.source.strength = 0; }).size() > 0);
    QVERIFY(refused([](auto& o) { o.source.strength = 1.5; }).size() > 0);
    QVERIFY(refused([](auto& o) { o.source.strength = 0.01; }).size() > 0);
    QVERIFY(refused([](auto& o) { o.source.mask = halfMask(64, 32); }).contains("64 × 32"));
    QCOMPARE(refused([](auto& o) { o.source.mask = halfMask(64, 64); }), QString());
    QVERIFY(refused([](auto& o) { o.source = {nullptr, 1, halfMask(32, 32), 0}; }).contains("picture"));
    QVERIFY(refused([](auto& o) { o.source.maskBlur = -1; }).contains("blur"));
    QVERIFY(refused([](auto& o) { o.source.picture = std::make_shared<const Image>(); }).contains("empty"));
    QVERIFY(refused([](auto& o) { o.hires.scale = 2; }).contains("second pass"));
    const auto refusedHires = [&](const HiresOptions& hires) {
      GenerateOptions options = quickOptions();
      options.hires = hires;
      return refusal(model, options);
    };
    QCOMPARE(refusedHires({1.5}), QString());
    QVERIFY(refusedHires({0.5}).contains("factor"));
    QVERIFY(refusedHires({1e9}).contains("factor"));
    QVERIFY(refusedHires({std::nan("")}).contains("factor"));
    QVERIFY(refusedHires({2, HiresOptions::Upscale::Latent, 0.0, 0}).size() > 0);
    QVERIFY(refusedHires({2, HiresOptions::Upscale::Latent, 0.5, -4}).contains("negative"));
    GenerateOptions huge = quickOptions();
    huge.width = 4096;
    huge.hires.scale = 2;
    QVERIFY(refusal(model, huge).contains("enlarged width"));
  }
};

int runPictureTests(int argc, char** argv) {
  TestPictures test;
  return QTest::qExec(&test, argc, argv);
}

#include "test_pictures.moc"
