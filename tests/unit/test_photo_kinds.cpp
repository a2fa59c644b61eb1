#include <QtTest>
#include <cmath>

#include "core/data/photo_probe.h"
#include "core/data/photo_reader.h"
#include "core/data/picture_file.h"
#include "tests/unit/photo_maker.h"

using namespace likeness;

namespace {

double meanDifference(const Image& a, const Image& b) {
  if (a.width != b.width || a.height != b.height) return 255;
  double sum = 0;
  for (std::size_t i = 0; i < a.rgb.size(); ++i) sum += std::abs(a.rgb[i] - b.rgb[i]);
  return sum / double(a.rgb.size());
}

std::array<int, 3> pixel(const Image& image, int x, int y) {
  const auto* rgb = &image.rgb[std::size_t(3 * (y * image.width + x))];
  return {rgb[0], rgb[1], rgb[2]};
}

}  // namespace

class TestPhotoKinds : public QObject {
  Q_OBJECT
  TestFolder m_folder;

 private Q_SLOTS:
  void everyKind_data() {
    QTest::addColumn<QString>("name");
    QTest::addColumn<double>("tolerance");  // mean difference, of 255
    for (const auto* name : {"a.png", "a.tif", "a.bmp", "a.ppm"}) QTest::newRow(name) << QString(name) << 0.0;
    QTest::newRow("a.jpg") << "a.jpg" << 20.0;
    QTest::newRow("a.webp") << "a.webp" << 20.0;
    QTest::newRow("a.heic") << "a.heic" << 20.0;
    QTest::newRow("a.gif") << "a.gif" << 14.0;
  }

  void everyKind() {
    QFETCH(const QString, name);
    QFETCH(const double, tolerance);
    const auto scene = sharpScene(96, 64);
    const auto file = m_folder / name.toStdString();
    if (!writePixels(file, scene)) QSKIP("This build of OpenImageIO can't write such a file to try with.");
    const auto read = readPicture(file);
    if (!read.ok() && read.error().code == ErrorCode::Unsupported) QSKIP("This build of OpenImageIO can't read this kind.");
    QVERIFY2(read.ok(), read.ok() ? "" : read.error().message.c_str());
    QVERIFY2(meanDifference(*read, scene) <= tolerance, qPrintable(QString::number(meanDifference(*read, scene))));
    const auto header = readPhotoHeader(file).value();
    QCOMPARE(header.width, 96);
    QCOMPARE(header.height, 64);
    QVERIFY(!header.format.empty());
  }

  void heicWithProfileAndTurn() {
    const auto file = photoFixture("p3-turned.avif");
    const auto photo = readPhoto(file);
    if (!photo.ok()) QSKIP("The HEIF reader here has no AV1 decoder.");
    QCOMPARE(photo->width, 32);
    QCOMPARE(photo->height, 48);
    QCOMPARE(photo->colourNote, std::string("Display P3 → sRGB"));
    // Stored: red above, green below; turned clockwise, red lies to the right. Values as littleCMS gives them.
    const auto picture = readPicture(file).value();
    const auto left = pixel(picture, 3, 24), right = pixel(picture, 28, 24);
    QVERIFY(std::abs(right[0] - 217) < 5 && std::abs(right[1] - 42) < 8 && std::abs(right[2] - 52) < 8);
    QVERIFY(left[0] < 12 && std::abs(left[1] - 204) < 5 && left[2] < 20);
  }

  void webpWithProfile() {
    const auto scene = sharpScene(40, 30);
    const auto file = m_folder / "profile.webp";
    if (!writePixels(file, scene)) QSKIP("This build of OpenImageIO can't write WebP.");
    writeBytes(file, extendedWebP(readBytes(file), 40, 30, rgbProfile(kP3, kSrgbCurve, "Display P3"), 1));
    QCOMPARE(readPhoto(file)->colourNote, std::string("Display P3 → sRGB"));
  }

  void cameraRaw_data() {
    QTest::addColumn<int>("orientation");
    QTest::newRow("lying") << 1;
    QTest::newRow("standing") << 6;
  }

  void cameraRaw() {
    QFETCH(const int, orientation);
    const auto file = m_folder / "camera.dng";
    writeBytes(file, tinyDng(160, 120, orientation));
    const auto read = readPicture(file);
    QVERIFY2(read.ok(), read.ok() ? "" : (read.error().message + read.error().detail).c_str());
    const bool lying = orientation == 1;
    QVERIFY(std::abs(read->width - (lying ? 160 : 120)) <= 8 && std::abs(read->height - (lying ? 120 : 160)) <= 8);
    // The upper half of the stored picture is red; turned clockwise it lies to the right.
    const auto red = lying ? pixel(*read, 80, 20) : pixel(*read, 100, 80);
    const auto blue = lying ? pixel(*read, 80, 100) : pixel(*read, 20, 80);
    QVERIFY2(red[0] > red[2] + 50, qPrintable(QString("%1 %2 %3").arg(red[0]).arg(red[1]).arg(red[2])));
    QVERIFY2(blue[2] > blue[0] + 50, qPrintable(QString("%1 %2 %3").arg(blue[0]).arg(blue[1]).arg(blue[2])));
    QCOMPARE(readPhotoHeader(file)->format, std::string("camera RAW"));
  }

  void theContentDecidesNotTheName() {
    const auto scene = sharpScene(32, 32);
    QVERIFY(writePixels(m_folder / "really.png", scene));
    std::filesystem::rename(m_folder / "really.png", m_folder / "really.jpg");
    QCOMPARE(readPicture(m_folder / "really.jpg").value(), scene);
  }

  void anAnimationGivesItsFirstFrame() {
    const auto first = sharpScene(24, 24, 1), second = sharpScene(24, 24, 2);
    const auto file = m_folder / "moving.gif";
    auto output = OIIO::ImageOutput::create("gif");
    if (!output) QSKIP("This build of OpenImageIO can't write GIF.");
    const std::vector<OIIO::ImageSpec> specs(2, OIIO::ImageSpec(24, 24, 3, OIIO::TypeUInt8));
    QVERIFY(output->open(file.string(), 2, specs.data()));
    QVERIFY(output->write_image(OIIO::TypeUInt8, first.rgb.data()));
    QVERIFY(output->open(file.string(), specs[1], OIIO::ImageOutput::AppendSubimage));
    QVERIFY(output->write_image(OIIO::TypeUInt8, second.rgb.data()) && output->close());
    const auto read = readPicture(file).value();
    QVERIFY(meanDifference(read, first) < 14);
    QVERIFY(meanDifference(read, second) > 20);
  }

  void tiledAndPlanarFiles() {
    const auto scene = sharpScene(150, 90);
    auto output = OIIO::ImageOutput::create("tiff");
    OIIO::ImageSpec spec(150, 90, 3, OIIO::TypeUInt8);
    spec.tile_width = spec.tile_height = 32;
    QVERIFY(output->open((m_folder / "tiled.tif").string(), spec));
    QVERIFY(output->write_image(OIIO::TypeUInt8, scene.rgb.data()) && output->close());
    QCOMPARE(readPicture(m_folder / "tiled.tif").value(), scene);
    OIIO::ImageSpec planar;
    planar.attribute("planarconfig", "separate");
    QVERIFY(writePixels(m_folder / "planar.tif", scene, planar));
    QCOMPARE(readPicture(m_folder / "planar.tif").value(), scene);
  }

  void foldersGiveTheirPhotosInOrder() {
    const TestFolder folder;
    for (const auto* name : {"photo10.jpg", "photo2.JPG", "photo1.heic", "notes.txt", ".hidden.jpg", "photo3.dng"}) {
      writeBytes(folder / name, {1});
    }
    std::filesystem::create_directory(folder / "inner.jpg");
    const auto list = listPhotoFiles({folder / "photo10.jpg", folder.path(), folder / "notes.txt"}).value();
    std::vector<std::string> names;
    for (const auto& file : list) names.push_back(file.filename().string());
    QCOMPARE(names, (std::vector<std::string>{"photo10.jpg", "photo1.heic", "photo2.JPG", "photo3.dng", "notes.txt"}));
    QCOMPARE(listPhotoFiles({folder / "gone"}).error().code, ErrorCode::NotFound);
  }

  void cardsGiveTheirPhotosOnce() {
    const TestFolder card;
    const auto put = [&](const std::string& name) {
      std::filesystem::create_directories((card / name).parent_path());
      writeBytes(card / name, {1});
    };
    for (const auto* name : {"DCIM/100CANON/IMG_0001.CR2", "DCIM/100CANON/IMG_0001.JPG", "DCIM/100CANON/IMG_0002.CR2",
                             "DCIM/101_PANA/IMG_0001.RW2", "DCIM/CANONMSC/M0100.JPG", "DCIM/loose.jpg", "MISC/a.jpg"}) {
      put(name);
    }
    const auto names = [&](const std::vector<std::filesystem::path>& given) {
      std::string all;
      const auto listed = listPhotoFiles(given).value();
      for (const auto& file : listed) {
        all += (all.empty() ? "" : " ") + file.lexically_relative(card.path()).string();
      }
      return all;
    };
    const std::string photos = "DCIM/100CANON/IMG_0001.JPG DCIM/100CANON/IMG_0002.CR2 DCIM/101_PANA/IMG_0001.RW2";
    QCOMPARE(names({card.path()}), photos);
    QCOMPARE(names({card / "DCIM"}), photos);
    QCOMPARE(names({card / "MISC"}), std::string("MISC/a.jpg"));
    // Dropped as single files, too, a shot counts once; the same name in another folder is another shot.
    QCOMPARE(names({card / "DCIM/100CANON/IMG_0001.CR2", card / "DCIM/101_PANA/IMG_0001.RW2", card / "DCIM/100CANON/IMG_0001.JPG"}),
             std::string("DCIM/101_PANA/IMG_0001.RW2 DCIM/100CANON/IMG_0001.JPG"));
    QCOMPARE(names({card / "DCIM/100CANON/IMG_0001.CR2"}), std::string("DCIM/100CANON/IMG_0001.CR2"));
  }
};

int runPhotoKindsTests(int argc, char** argv) {
  TestPhotoKinds test;
  return QTest::qExec(&test, argc, argv);
}

#include "test_photo_kinds.moc"
