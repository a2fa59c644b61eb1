#include <QtTest>
#include <algorithm>
#include <cmath>

#include "core/api/photo_companions.h"
#include "core/data/photo_looks.h"
#include "core/data/photo_mask.h"
#include "tests/unit/photo_maker.h"

using namespace likeness;

namespace {

Photo photoOf(const TestFolder& folder, const Image& image) {
  writePixels(folder / "photo.png", image);
  return readPhoto(folder / "photo.png").value();
}

bool inside(const PixelBox& inner, const PixelBox& outer) {
  constexpr double kSlack = 1e-9;
  return inner.left >= outer.left - kSlack && inner.top >= outer.top - kSlack && inner.right <= outer.right + kSlack &&
         inner.bottom <= outer.bottom + kSlack;
}

}  // namespace

class TestPhotoLooks : public QObject {
  Q_OBJECT
  TestFolder m_folder;

 private Q_SLOTS:
  void bucketsAreThoseOfSdScripts() {
    // make_bucket_resolutions((512, 512)), the wide half of it.
    const std::vector<PictureSize> wanted{{512, 512}, {576, 448}, {640, 384}, {704, 320}, {768, 320},
                                          {832, 256}, {896, 256}, {960, 256}, {1024, 256}};
    auto sizes = bucketSizes(512, 64);
    QCOMPARE(sizes.size(), 2 * wanted.size() - 1);
    for (const auto& size : wanted) {
      QVERIFY(std::ranges::find(sizes, size) != sizes.end());
      QVERIFY(std::ranges::find(sizes, PictureSize{size.height, size.width}) != sizes.end());
    }
    for (const int resolution : {32, 128, 256, 768, 1024}) {
      for (const auto& size : bucketSizes(resolution, 32)) {
        QVERIFY(size.width % 32 == 0 && size.height % 32 == 0 && size.width * size.height <= resolution * resolution);
      }
    }
  }

  void theNearestShapeIsTaken() {
    const auto is = [](double aspect, PictureSize size) { return bucketFor(aspect, 512, 64) == size; };
    QVERIFY(is(1, {512, 512}) && is(1.05, {512, 512}) && is(4.0 / 3, {576, 448}) && is(3.0 / 2, {640, 384}));
    QVERIFY(is(2.0 / 3, {384, 640}) && is(9.0 / 16, {384, 640}) && is(20, {1024, 256}) && is(0.01, {256, 1024}));
  }

  void thePlainLookIsTheCrop() {
    const auto photo = photoOf(m_folder, sharpScene(300, 200));
    const CropRect crop{0.3, 0.6, 0.8, 1};
    const auto looks = photoLooks(photo.width, photo.height, crop, {.resolutions = {64, 96}}, 0);
    QCOMPARE(looks.size(), std::size_t{2});
    QVERIFY(renderLook(photo, looks[0]) == renderCrop(photo, crop, 64));
    QVERIFY(renderLook(photo, looks[1]) == renderCrop(photo, crop, 96));
    const auto origin = boxOrigin(photo.width, photo.height, 1, looks[0].box, 64);
    QVERIFY(origin == squareOrigin(photo.width, photo.height, crop, 64));
  }

  void bucketsShowTheWholePhoto() {
    const auto wide = photoLooks(300, 200, {}, {.resolutions = {512}, .aspectBuckets = true}, 0).front();
    QCOMPARE(wide.width, 640);
    QCOMPARE(wide.height, 384);
    QVERIFY(std::abs(wide.box.right - wide.box.left - 300) < 1e-9 && wide.box.bottom - wide.box.top > 179);
    // Never squashed: the cut has the shape of its pixels.
    QVERIFY(std::abs((wide.box.right - wide.box.left) / (wide.box.bottom - wide.box.top) - 640.0 / 384) < 1e-9);
    const auto turned = photoLooks(300, 200, {0.5, 0.5, 1, 1}, {.resolutions = {512}, .aspectBuckets = true}, 0).front();
    QCOMPARE(turned.width, 384);
    QCOMPARE(turned.height, 640);
    const auto close = photoLooks(300, 200, {0.9, 0.5, 0.5, 0}, {.resolutions = {512}, .aspectBuckets = true}, 0).front();
    QVERIFY(std::abs(close.box.right - 300) < 1e-9 && std::abs(close.box.left - 150) < 1e-9);
  }

  void jitterStaysWithinTheCrop() {
    const LookOptions options{.resolutions = {64}, .cropJitter = 0.3, .colourJitter = 0.2, .jitterLooks = 6, .seed = 4};
    const CropRect crop{0.4, 0.5, 0.7, 0};
    const auto looks = photoLooks(300, 200, crop, options, 2);
    QCOMPARE(looks.size(), std::size_t{6});
    QCOMPARE(looks[0].colour.contrast, 1.0);
    const double whole = looks[0].box.right - looks[0].box.left;
    for (std::size_t i = 1; i < looks.size(); ++i) {
      const auto& box = looks[i].box;
      const double wide = box.right - box.left;
      QVERIFY(inside(box, looks[0].box) && wide >= 0.7 * whole - 1e-9 && wide < whole);
      QVERIFY(std::abs(wide - (box.bottom - box.top)) < 1e-9);
      for (const double factor : {looks[i].colour.brightness, looks[i].colour.contrast, looks[i].colour.saturation}) {
        QVERIFY(factor >= 0.8 && factor <= 1.2 && factor != 1);
      }
    }
    QVERIFY(photoLooks(300, 200, crop, options, 2)[3].box.left == looks[3].box.left);   // the same each time
    QVERIFY(photoLooks(300, 200, crop, options, 1)[3].box.left != looks[3].box.left);   // of each photo others
    auto other = options;
    other.seed = 5;
    QVERIFY(photoLooks(300, 200, crop, other, 2)[3].box.left != looks[3].box.left);
    // A crop's jitter alone leaves colours, and the other way round.
    auto cropOnly = options, colourOnly = options;
    cropOnly.colourJitter = colourOnly.cropJitter = 0;
    QCOMPARE(photoLooks(300, 200, crop, cropOnly, 2)[3].colour.brightness, 1.0);
    QVERIFY(photoLooks(300, 200, crop, colourOnly, 2)[3].box.left == looks[0].box.left);
  }

  void coloursChangeAsPillowChangesThem() {
    // ImageEnhance's Brightness 1.25, Contrast 0.7 and Color 1.6, one after the other.
    Image image{3, 2, {250, 10, 30, 12, 200, 90, 128, 128, 128, 3, 250, 255, 77, 66, 55, 255, 255, 255}};
    const Image wanted{3, 2, {255, 22, 51, 0, 255, 101, 158, 158, 158, 0, 255, 255, 117, 101, 87, 225, 225, 225}};
    changeColours(image, {1.25, 0.7, 1.6});
    QCOMPARE(image.rgb, wanted.rgb);
  }

  void aMaskIsCutAsItsPhotoIs() {
    // A photo that is its own mask: each look of it and of a mask half as large show the same places white.
    Image scene{200, 120, std::vector<std::uint8_t>(3 * 200 * 120, 0)};
    Image mask{100, 60, std::vector<std::uint8_t>(3 * 100 * 60, 0)};
    const auto whiten = [](Image& image, int scale) {
      for (int y = 40 / scale; y < 80 / scale; ++y) {
        std::fill_n(image.rgb.begin() + 3 * (y * image.width + 60 / scale), 3 * 80 / scale, std::uint8_t{255});
      }
    };
    whiten(scene, 1);
    whiten(mask, 2);
    const auto photo = photoOf(m_folder, scene);
    QVERIFY(writePixels(m_folder / "photo.png.mask.png", mask));
    const auto read = readMask(maskBeside(m_folder / "photo.png"), photo).value();
    for (const int turns : {0, 1, 2, 3}) {
      const LookOptions options{.resolutions = {40}, .aspectBuckets = true, .cropJitter = 0.4, .jitterLooks = 3};
      for (const auto& look : photoLooks(200, 120, {0.5, 0.5, 1, turns}, options, 0)) {
        const auto seen = renderBox(photo, look.quarterTurns, look.box, look.width, look.height);
        const auto white = renderMask(read, photo, look);
        std::size_t other = 0;
        for (std::size_t i = 0; i < seen.rgb.size(); i += 3) other += (seen.rgb[i] > 127) != (white.rgb[i] > 127);
        QVERIFY2(other <= seen.rgb.size() / 3 / 20, qPrintable(QString::number(other)));  // edges
      }
    }
  }

  void masksHaveThePhotosShape() {
    const auto photo = photoOf(m_folder, sharpScene(300, 200));
    writePixels(m_folder / "tall.png", distinctPixels(20, 30));
    const auto bad = readMask(m_folder / "tall.png", photo);
    QVERIFY(!bad.ok() && bad.error().message.find("300 × 200") != std::string::npos);
  }

  void masksAreNoPhotos() {
    const auto folder = m_folder / "several";
    std::filesystem::create_directories(folder);
    for (const char* name : {"a.png", "a.png.mask.png", "b.png", "b-masklabel.png"}) {
      writePixels(folder / name, distinctPixels(20, 20));
    }
    QCOMPARE(listPhotoFiles({folder}).value().size(), std::size_t{2});
    QCOMPARE(maskBeside(folder / "a.png"), folder / "a.png.mask.png");
    QCOMPARE(maskBeside(folder / "b.png"), folder / "b-masklabel.png");
    QVERIFY(maskBeside(folder / "c.png").empty());
  }
};

int runPhotoLooksTests(int argc, char** argv) {
  TestPhotoLooks test;
  return QTest::qExec(&test, argc, argv);
}

#include "test_photo_looks.moc"
