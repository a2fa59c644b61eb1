#include <QtTest>

#include "core/data/crop.h"
#include "core/data/photo_reader.h"
#include "core/data/picture_file.h"
#include "core/data/resample.h"
#include "tests/unit/photo_maker.h"

using namespace likeness;

namespace {

// What a camera stores for an upright picture. EXIF says on which side of the upright picture the stored row 0 and the
// stored column 0 lie: 1 top left, 2 top right, 3 bottom right, 4 bottom left, 5 left top, 6 right top, 7 right bottom,
// 8 left bottom.
Image stored(const Image& upright, int orientation) {
  const bool rowsAreRows = orientation <= 4;
  const bool firstRowFar = orientation == 3 || orientation == 4 || orientation == 6 || orientation == 7;
  const bool firstColumnFar = orientation == 2 || orientation == 3 || orientation == 7 || orientation == 8;
  Image image{rowsAreRows ? upright.width : upright.height, rowsAreRows ? upright.height : upright.width, {}};
  for (int row = 0; row < image.height; ++row) {
    for (int column = 0; column < image.width; ++column) {
      const int r = firstRowFar ? image.height - 1 - row : row, c = firstColumnFar ? image.width - 1 - column : column;
      const int x = rowsAreRows ? c : r, y = rowsAreRows ? r : c;
      const auto* from = &upright.rgb[std::size_t(3 * (y * upright.width + x))];
      image.rgb.insert(image.rgb.end(), from, from + 3);
    }
  }
  return image;
}

}  // namespace

class TestPhotoOrientation : public QObject {
  Q_OBJECT
  TestFolder m_folder;

 private Q_SLOTS:
  void allEight_data() {
    QTest::addColumn<int>("orientation");
    for (int orientation = 1; orientation <= 8; ++orientation) {
      QTest::addRow("orientation %d", orientation) << orientation;
    }
  }

  void allEight() {
    QFETCH(const int, orientation);
    const auto upright = distinctPixels(7, 5);
    const auto file = m_folder / "turned.tif";
    OIIO::ImageSpec attributes;
    attributes.attribute("Orientation", orientation);
    QVERIFY(writePixels(file, stored(upright, orientation), attributes));
    QCOMPARE(readPicture(file).value(), upright);
    QCOMPARE(readPhotoHeader(file)->width, 7);
    // A strip is 128 rows at most: a tall picture goes through several.
    const auto tall = distinctPixels(3, 700);
    QVERIFY(writePixels(file, stored(tall, orientation), attributes));
    QCOMPARE(readPicture(file).value(), tall);
  }

  void webp_data() { allEight_data(); }

  // WebP loses, so the decoded plain file is what the turned one is compared with.
  void webp() {
    QFETCH(const int, orientation);
    const auto file = m_folder / "turned.webp";
    if (!writePixels(file, sharpScene(36, 20))) QSKIP("This build of OpenImageIO can't write WebP.");
    const auto plain = readPicture(file).value();
    writeBytes(file, extendedWebP(readBytes(file), plain.width, plain.height, {}, orientation));
    const auto upright = readPicture(file).value();
    QCOMPARE(upright.width, orientation <= 4 ? 36 : 20);
    QCOMPARE(stored(upright, orientation), plain);
  }

  void jpegOfACamera() {
    const auto file = m_folder / "camera.jpg";
    const auto upright = sharpScene(96, 64);
    OIIO::ImageSpec attributes;
    attributes.attribute("Orientation", 6);
    attributes.attribute("Make", "Camera");
    QVERIFY(writePixels(file, stored(upright, 6), attributes));
    const auto read = readPicture(file).value();
    QCOMPARE(read.width, 96);
    QCOMPARE(read.height, 64);
    double difference = 0;
    for (std::size_t i = 0; i < read.rgb.size(); ++i) difference += std::abs(read.rgb[i] - upright.rgb[i]);
    QVERIFY2(difference / double(read.rgb.size()) < 20, "turned the wrong way");
  }

  void aSenselessOrientationCountsAsNone() {
    const auto file = m_folder / "senseless.tif";
    const auto upright = distinctPixels(4, 3);
    OIIO::ImageSpec attributes;
    attributes.attribute("Orientation", 77);
    QVERIFY(writePixels(file, upright, attributes));
    QCOMPARE(readPicture(file).value(), upright);
  }

  void quarterTurnsGoClockwise() {
    const auto image = distinctPixels(3, 2);
    const auto once = turned(image, 1);
    QCOMPARE(once.width, 2);
    QVERIFY(std::equal(once.rgb.begin() + 3, once.rgb.begin() + 6, image.rgb.begin()));  // top left goes to the top right
    QCOMPARE(turned(turned(image, 1), 3), image);
    QCOMPARE(turned(turned(image, 1), 1), turned(image, 2));
    QCOMPARE(turned(image, -1), turned(image, 3));
  }
};

int runPhotoOrientationTests(int argc, char** argv) {
  TestPhotoOrientation test;
  return QTest::qExec(&test, argc, argv);
}

#include "test_photo_orientation.moc"
