#include <QtTest>
#include <limits>

#include "core/data/image_tensor.h"
#include "core/data/latent_cache.h"
#include "tests/unit/photo_maker.h"

using namespace likeness;

class TestPictureLatents : public QObject {
  Q_OBJECT

  // Stands in for a VAE's encoder, and counts.
  int m_encoded = 0;
  LatentMoments encode(const torch::Tensor& pixels) {
    ++m_encoded;
    const auto mean = torch::avg_pool2d(pixels, 8);
    return {mean, mean.abs() - 5};
  }
  LatentMoments get(LatentCache& cache, const Image& image) {
    return cache.get(image, [this](const torch::Tensor& pixels) { return encode(pixels); });
  }

 private Q_SLOTS:
  void init() { m_encoded = 0; }

  void tensorsAndBack() {
    Image image{256, 1, {}};
    for (int i = 0; i < 256; ++i) image.rgb.insert(image.rgb.end(), {std::uint8_t(i), std::uint8_t(255 - i), 7});
    const auto tensor = imageToTensor(image);
    QCOMPARE(tensor.sizes().vec(), (std::vector<std::int64_t>{1, 3, 1, 256}));
    QCOMPARE(tensor.min().item<float>(), -1.0f);
    QCOMPARE(tensor.max().item<float>(), 1.0f);
    QVERIFY(tensor.is_contiguous());
    QCOMPARE(tensorToImage(tensor), image);
    QCOMPARE(tensorToImage(tensor[0]), image);
    QCOMPARE(tensorToImage(tensor.to(torch::kFloat64)), image);
    const auto two = imagesToTensor(std::vector<Image>{distinctPixels(6, 4), distinctPixels(6, 4)});
    QCOMPARE(tensorToImages(two).at(1), distinctPixels(6, 4));
  }

  void valuesAreClampedAndRounded() {
    const auto inf = std::numeric_limits<float>::infinity();
    const auto image = tensorToImage(torch::tensor({-3.0f, 3.0f, std::nanf(""), inf, -inf, 0.0f}).reshape({1, 3, 1, 2}));
    QCOMPARE(image.rgb, (std::vector<std::uint8_t>{0, 0, 0, 255, 255, 128}));
    QVERIFY_THROWS_EXCEPTION(c10::Error, (void)tensorToImage(torch::zeros({2, 3, 4, 4})));
    QVERIFY_THROWS_EXCEPTION(c10::Error, (void)tensorToImage(torch::zeros({1, 4, 4, 4})));
    QVERIFY_THROWS_EXCEPTION(c10::Error, (void)imageToTensor(Image{2, 2, {1}}));
  }

  void encodesOnce() {
    LatentCache cache({}, "vae");
    const auto image = sharpScene(32, 32);
    const auto first = get(cache, image), second = get(cache, image);
    QCOMPARE(m_encoded, 1);
    QVERIFY(first.mean.equal(second.mean) && first.logVariance.equal(second.logVariance));
  }

  void theContentIsTheKey() {
    LatentCache cache({}, "vae"), other({}, "another vae");
    const auto image = sharpScene(32, 32);
    auto changed = image;
    changed.rgb[100] ^= 1;
    Image reshaped{64, 16, image.rgb};
    QVERIFY(cache.keyOf(image) != cache.keyOf(changed));
    QVERIFY(cache.keyOf(image) != cache.keyOf(reshaped));
    QVERIFY(cache.keyOf(image) != other.keyOf(image));
    QCOMPARE(cache.keyOf(image), LatentCache({}, "vae").keyOf(sharpScene(32, 32)));
  }

  void survivesOnDisk() {
    const TestFolder folder;
    const auto image = sharpScene(32, 32);
    LatentMoments first;
    {
      LatentCache cache(folder / "latents", "vae");
      first = get(cache, image);
    }
    LatentCache cache(folder / "latents", "vae");
    const auto again = get(cache, image);
    QCOMPARE(m_encoded, 1);
    QVERIFY(first.mean.equal(again.mean) && first.logVariance.equal(again.logVariance));
    LatentCache other(folder / "latents", "another vae");
    (void)get(other, image);
    QCOMPARE(m_encoded, 2);
  }

  void damageIsMendedQuietly() {
    const TestFolder folder;
    const auto image = sharpScene(32, 32);
    LatentMoments first;
    std::filesystem::path file;
    {
      LatentCache cache(folder.path(), "vae");
      first = get(cache, image);
      file = folder / (cache.keyOf(image) + ".safetensors");
    }
    auto bytes = readBytes(file);
    QVERIFY(!bytes.empty());
    bytes.resize(bytes.size() / 2);
    writeBytes(file, bytes);
    LatentCache cache(folder.path(), "vae");
    QVERIFY(get(cache, image).mean.equal(first.mean));
    QCOMPARE(m_encoded, 2);
    LatentCache mended(folder.path(), "vae");
    (void)get(mended, image);
    QCOMPARE(m_encoded, 2);
    // A folder that can't be written costs the disk copy only.
    LatentCache nowhere("/proc/nowhere", "vae");
    QVERIFY(get(nowhere, image).mean.equal(first.mean));
  }

  void keepsItsOwnCopy() {
    LatentCache cache({}, "vae");
    auto mean = torch::ones({1, 4, 2, 2});
    cache.store("key", {mean, mean});
    mean.zero_();
    QCOMPARE(cache.find("key")->mean.sum().item<float>(), 16.0f);
    QVERIFY(!cache.find("other").has_value());
  }
};

int runPictureLatentsTests(int argc, char** argv) {
  TestPictureLatents test;
  return QTest::qExec(&test, argc, argv);
}

#include "test_picture_latents.moc"
