#include <QtTest>
#include <cmath>

#include "core/base/json.h"
#include "core/data/crop.h"
#include "core/data/findings.h"
#include "core/data/picture_file.h"
#include "core/data/resample.h"
#include "tests/unit/photo_maker.h"

using namespace likeness;

class TestPhotoCrop : public QObject {
  Q_OBJECT
  TestFolder m_folder;

 private Q_SLOTS:
  void fillsWithoutSquashing() {
    // Three colours side by side, each a square of 40: filling another shape cuts, and keeps the middle.
    Image stripes{120, 40, std::vector<std::uint8_t>(3 * 120 * 40, 0)};
    for (std::size_t i = 0; i < 120 * 40; ++i) stripes.rgb[3 * i + i % 120 / 40] = 255;
    QVERIFY(cropToFill(stripes, 120, 40) == stripes);
    const auto at = [](const Image& image, int x, int y, int channel) {
      return int(image.rgb[3 * std::size_t(y * image.width + x) + std::size_t(channel)]);
    };
    const Image square = cropToFill(stripes, 20, 20);  // the middle stripe, whole and alone
    QCOMPARE(square.width, 20);
    QCOMPARE(square.height, 20);
    for (const int x : {1, 10, 18}) QVERIFY(at(square, x, 10, 1) > 250);
    const Image tall = cropToFill(stripes, 8, 32);
    for (const int y : {0, 16, 31}) QCOMPARE(at(tall, 4, y, 1), 255);
    const Image wide = cropToFill(stripes, 480, 80);  // 60 × 10 of a 120 × 20 middle: all three stripes
    for (const int channel : {0, 1, 2}) QCOMPARE(at(wide, 80 + 160 * channel, 40, channel), 255);
  }

  // Pillow rounds to 8 bits between its two passes; that, and nothing more, may differ.
  void agreesWithPillow() {
    const auto file = photoFixture("crop/cases.json");
    const auto cases = Json::parse(std::ifstream(file));
    QVERIFY(cases.size() >= 10);
    for (const auto& one : cases) {
      const auto photo = readPhoto(file.parent_path() / one["photo"].get<std::string>()).value();
      const auto expected = readPicture(file.parent_path() / one["expected"].get<std::string>()).value();
      const CropRect crop{one["center_x"], one["center_y"], one["side"], 0};
      const auto rendered = renderCrop(photo, crop, one["resolution"]);
      QCOMPARE(rendered.width, expected.width);
      QCOMPARE(rendered.height, expected.height);
      int largest = 0;
      double sum = 0;
      for (std::size_t i = 0; i < rendered.rgb.size(); ++i) {
        largest = std::max(largest, std::abs(rendered.rgb[i] - expected.rgb[i]));
        sum += std::abs(rendered.rgb[i] - expected.rgb[i]);
      }
      QVERIFY2(largest <= 1, (one.dump() + " " + std::to_string(largest)).c_str());
      QVERIFY2(sum / double(rendered.rgb.size()) < 0.3, qPrintable(QString::number(sum / double(rendered.rgb.size()))));
    }
  }

  void theSquareStaysInside_data() {
    QTest::addColumn<double>("x");
    QTest::addColumn<double>("y");
    QTest::addColumn<double>("side");
    for (const double x : {-3.0, 0.0, 0.3, 1.0, 9.0, std::nan("")}) {
      for (const double side : {-1.0, 0.0, 0.1, 1.0, 5.0, std::nan("")}) QTest::addRow("%g %g", x, side) << x << 1 - x << side;
    }
  }

  void theSquareStaysInside() {
    QFETCH(const double, x);
    QFETCH(const double, y);
    QFETCH(const double, side);
    for (int turns = -1; turns < 5; ++turns) {
      const auto square = cropSquare(300, 200, {x, y, side, turns});
      const bool swapped = turns % 2 != 0;
      QVERIFY(square.side >= 1 && square.side <= 200);
      QVERIFY(square.left >= 0 && square.left + square.side <= (swapped ? 200 : 300) + 1e-9);
      QVERIFY(square.top >= 0 && square.top + square.side <= (swapped ? 300 : 200) + 1e-9);
    }
  }

  void theCentreIsTheDefault() {
    const auto square = cropSquare(300, 200, {});
    QCOMPARE(square.side, 200.0);
    QCOMPARE(square.left, 50.0);
    QCOMPARE(square.top, 0.0);
    QVERIFY(std::abs(croppedAway(300, 200, {}) - 1.0 / 3) < 1e-12);
    QVERIFY(std::abs(croppedAway(200, 200, {0.5, 0.5, 0.5, 0}) - 0.75) < 1e-12);
  }

  void nothingIsSquashed() {
    // A disc in a wide photo must stay a disc.
    Photo photo{300, 200, std::vector<std::uint16_t>(300 * 200 * 3, 65535), {}};
    for (int y = 0; y < 200; ++y) {
      for (int x = 0; x < 300; ++x) {
        if (std::hypot(x - 149.5, y - 99.5) < 60) std::fill_n(&photo.rgb[std::size_t(3 * (y * 300 + x))], 3, std::uint16_t{0});
      }
    }
    const auto square = renderCrop(photo, {}, 100);
    const auto dark = [&](int x, int y) { return square.rgb[std::size_t(3 * (y * 100 + x))] < 128; };
    int across = 0, down = 0;
    for (int i = 0; i < 100; ++i) across += dark(i, 50), down += dark(50, i);
    QVERIFY2(std::abs(across - 60) <= 1 && std::abs(down - 60) <= 1, qPrintable(QString("%1 %2").arg(across).arg(down)));
  }

  void aFullSquareOfTheSameSizeIsTheSamePixels() {
    const auto scene = distinctPixels(64, 64);
    QVERIFY(writePixels(m_folder / "same.png", scene));
    QCOMPARE(renderCrop(readPhoto(m_folder / "same.png").value(), {}, 64), scene);
  }

  void flatStaysFlat() {
    const Photo photo{97, 61, std::vector<std::uint16_t>(97 * 61 * 3, 257 * 93), {}};
    for (const int size : {1, 7, 40, 200}) {
      const auto square = renderCrop(photo, {0.2, 0.9, 0.7, 1}, size);
      QVERIFY(std::ranges::all_of(square.rgb, [](int value) { return value == 93; }));
    }
  }

  // What is shown is what is trained: the same bytes however the file stores them, and whoever asks.
  void shownIsTrained() {
    const auto scene = sharpScene(160, 120);
    QVERIFY(writePixels(m_folder / "upright.tif", scene));
    OIIO::ImageSpec lying;
    lying.attribute("Orientation", 8);
    QVERIFY(writePixels(m_folder / "lying.tif", turned(scene, 1), lying));
    const auto upright = readPhoto(m_folder / "upright.tif").value(), again = readPhoto(m_folder / "lying.tif").value();
    QCOMPARE(again.rgb, upright.rgb);
    const CropRect crop{0.37, 0.61, 0.73, 0};
    const auto shown = renderCrop(upright, crop, 64);
    QCOMPARE(renderCrop(again, crop, 64), shown);
    // The thumbnail's place of the square and the rendered square show the same.
    const auto square = cropSquare(upright.width, upright.height, crop);
    QCOMPARE(resample(upright, {square.left, square.top, square.left + square.side, square.top + square.side}, 64, 64), shown);
  }

  void turnsTurnTheSquare() {
    const auto scene = sharpScene(160, 120);
    QVERIFY(writePixels(m_folder / "scene.png", scene));
    const auto photo = readPhoto(m_folder / "scene.png").value();
    for (int turns = 0; turns < 4; ++turns) {
      QVERIFY(writePixels(m_folder / "turned.png", turned(scene, turns)));
      const auto reference = renderCrop(readPhoto(m_folder / "turned.png").value(), {0.3, 0.8, 0.6, 0}, 50);
      const auto rendered = renderCrop(photo, {0.3, 0.8, 0.6, turns}, 50);
      // Which direction is filtered first shows at hard edges only, where the ringing is clamped.
      double sum = 0;
      for (std::size_t i = 0; i < rendered.rgb.size(); ++i) sum += std::abs(rendered.rgb[i] - reference.rgb[i]);
      QVERIFY2(sum / double(rendered.rgb.size()) < (turns % 2 == 0 ? 0.01 : 0.5), qPrintable(QString::number(turns)));
    }
  }

  void thumbnailsKeepTheShapeAndNeverGrow() {
    QVERIFY(writePixels(m_folder / "big.png", sharpScene(300, 100)));
    const auto thumbnail = readThumbnail(m_folder / "big.png", 120).value();
    QCOMPARE(thumbnail.width, 120);
    QCOMPARE(thumbnail.height, 40);
    QCOMPARE(readThumbnail(m_folder / "big.png", 4000)->width, 300);
    QCOMPARE(readThumbnail(m_folder / "big.png", 0)->height, 1);
  }
};

int runPhotoCropTests(int argc, char** argv) {
  TestPhotoCrop test;
  return QTest::qExec(&test, argc, argv);
}

#include "test_photo_crop.moc"
