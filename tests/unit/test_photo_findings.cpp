#include <QElapsedTimer>
#include <QtTest>
#include <cstdlib>

#include "core/data/findings.h"
#include "core/data/photo_reader.h"
#include "core/data/resample.h"
#include "core/data/saliency.h"
#include "tests/unit/photo_maker.h"

using namespace likeness;

class TestPhotoFindings : public QObject {
  Q_OBJECT
  TestFolder m_folder;

  std::filesystem::path photo(const std::string& name, const Image& image) {
    const auto file = m_folder / name;
    return writePixels(file, image) ? file : std::filesystem::path();
  }
  static std::string codeOf(const std::filesystem::path& file, int resolution = 128, const CropRect& crop = {}) {
    const PhotoRequest request{file, crop};
    return examinePhotos(std::span(&request, 1), resolution)->at(0).finding.code;
  }

 private Q_SLOTS:
  void aGoodPhotoIsFine() {
    const auto file = photo("good.png", sharpScene(640, 480));
    const PhotoRequest request{file, {}};
    const auto infos = examinePhotos(std::span(&request, 1), 128).value();
    const auto& info = infos[0];
    QCOMPARE(info.finding.code, std::string("fine"));
    QCOMPARE(info.finding.level, FindingLevel::Fine);
    QCOMPARE(info.width, 640);
    QCOMPARE(info.thumbnail->width, 512);
    QCOMPARE(info.thumbnail->height, 384);
  }

  void small() {
    QCOMPARE(codeOf(photo("tiny.png", sharpScene(400, 63))), std::string("too_small"));
    QCOMPARE(codeOf(photo("little.png", sharpScene(100, 100))), std::string("small"));
    QCOMPARE(codeOf(photo("enough.png", sharpScene(128, 128))), std::string("fine"));
    // It is the square that counts.
    const auto file = photo("zoomed.png", sharpScene(300, 300));
    QCOMPARE(codeOf(file, 128, {0.5, 0.5, 0.4, 0}), std::string("small"));
    QCOMPARE(codeOf(file, 512), std::string("small"));
  }

  void blurred() {
    const auto scene = sharpScene(512, 512);
    QCOMPARE(codeOf(photo("sharp.png", scene)), std::string("fine"));
    for (const double sigma : {3.0, 5.0}) {
      QCOMPARE(codeOf(photo("blurred.png", blurredScene(scene, sigma))), std::string("blurred"));
    }
    QVERIFY(sharpness(scene) > 10 * kBlurredBelow);
    // A sharp subject before a blurred ground is fine.
    auto bokeh = blurredScene(scene, 5);
    for (int y = 150; y < 400; ++y) {
      std::copy_n(&scene.rgb[std::size_t(3 * (y * 512 + 150))], 3 * 250, &bokeh.rgb[std::size_t(3 * (y * 512 + 150))]);
    }
    QCOMPARE(codeOf(photo("bokeh.png", bokeh)), std::string("fine"));
  }

  void cropped() {
    QCOMPARE(codeOf(photo("panorama.png", sharpScene(800, 300))), std::string("cropped"));
    const auto file = photo("normal.png", sharpScene(600, 400));
    QCOMPARE(codeOf(file), std::string("fine"));  // 33 %: every 3:2 photo
    QCOMPARE(codeOf(file, 128, {0.5, 0.5, 0.6, 0}), std::string("cropped"));
  }

  void nearDuplicates() {
    const auto scene = sharpScene(640, 480, 5);
    auto brighter = scene;
    for (auto& value : brighter.rgb) value = static_cast<std::uint8_t>(std::min(255, value * 105 / 100));
    auto mirrored = scene;
    for (int y = 0; y < 480; ++y) {
      for (int x = 0; x < 640; ++x) std::copy_n(&scene.rgb[std::size_t(3 * (y * 640 + x))], 3, &mirrored.rgb[std::size_t(3 * (y * 640 + 639 - x))]);
    }
    OIIO::ImageSpec rough;
    rough.attribute("Compression", "jpeg:40");
    QVERIFY(writePixels(m_folder / "b.jpg", scene, rough));
    const std::vector<PhotoRequest> requests = {
        {photo("a.png", scene), {}}, {m_folder / "b.jpg", {}}, {photo("c.png", resample(scene, {0, 0, 640, 480}, 320, 240)), {}},
        {photo("d.png", brighter), {}}, {photo("e.png", mirrored), {}}, {photo("f.png", sharpScene(640, 480, 6)), {}}};
    const auto infos = examinePhotos(requests, 128).value();
    for (const std::size_t copy : {1u, 2u, 3u}) {
      QCOMPARE(infos[copy].finding.code, std::string("duplicate"));
      QVERIFY(infos[copy].finding.sentence.find("photo 1 (a.png)") != std::string::npos);
    }
    for (const std::size_t other : {0u, 4u, 5u}) QCOMPARE(infos[other].finding.code, std::string("fine"));
  }

  void adviceOnTheSet() {
    const auto codes = [](std::size_t fine, std::size_t bad) {
      std::vector<PhotoInfo> infos(fine + bad);
      for (std::size_t i = fine; i < infos.size(); ++i) infos[i].finding.level = FindingLevel::Wont;
      const auto advice = adviseOnSet(infos);
      return advice.empty() ? std::string() : advice[0].code;
    };
    QCOMPARE(codes(0, 0), std::string("no_photo"));
    QCOMPARE(codes(0, 2), std::string("no_usable_photo"));
    QCOMPARE(codes(1, 3), std::string("one_photo"));
    QCOMPARE(codes(5, 0), std::string());
    QCOMPARE(codes(20, 0), std::string());
    QCOMPARE(codes(21, 0), std::string("many_photos"));
    QCOMPARE(adviseOnSet(std::vector<PhotoInfo>(1))[0].level, FindingLevel::Look);  // warned, allowed
  }

  // A disc on grey ground, wherever it is: the square goes there and shows all of it.
  void theSquareFollowsWhatStandsOut() {
    for (const auto& [x, y] : {std::pair{100, 90}, std::pair{300, 110}, std::pair{200, 100}}) {
      Image image{400, 200, std::vector<std::uint8_t>(std::size_t(400 * 200 * 3), 120)};
      for (int row = 0; row < 200; ++row) {
        for (int column = 0; column < 400; ++column) {
          const bool inside = (column - x) * (column - x) + (row - y) * (row - y) < 50 * 50;
          auto* rgb = &image.rgb[std::size_t(3 * (row * 400 + column))];
          rgb[0] = inside ? 220 : std::uint8_t(110 + (row * 7 + column * 13) % 20);
          if (inside) rgb[1] = rgb[2] = 40;
        }
      }
      const auto square = subjectSquare(image, {}, 0);
      QVERIFY(std::abs(square.centerX * 400 - x) < 8);
      QVERIFY(square.side < 0.7 && square.side * 200 > 95);
      QVERIFY(subjectSquare(image, {}, 0.9).side >= 0.9);
      const auto saliency = frequencyTunedSaliency(image);
      QVERIFY(saliency[std::size_t(y * 400 + x)] > 0.8F && saliency[0] < 0.4F);
      // Turned, the same part of the photo is meant.
      const auto quarter = subjectSquare(image, {0.5, 0.5, 1, 1}, 0);
      QCOMPARE(quarter.quarterTurns, 1);
      QVERIFY(std::abs(quarter.centerY * 400 - x) < 8);
    }
    const Image plain{64, 64, std::vector<std::uint8_t>(std::size_t(64 * 64 * 3), 120)};
    const CropRect kept{0.4, 0.6, 0.7, 0};
    QVERIFY(subjectSquare(plain, kept, 0) == kept);
    QVERIFY(subjectSquare(Image{}, kept, 0) == kept);
  }

  void stopsAndReports() {
    const auto file = photo("one.png", sharpScene(128, 128));
    const std::vector<PhotoRequest> requests(3, {file, {}});
    JobControl control;
    std::vector<std::size_t> told;
    const auto stopped = examinePhotos(requests, 128, &control, [&](std::size_t index, const PhotoInfo&) {
      told.push_back(index);
      if (index == 1) control.requestStop();
    });
    QCOMPARE(stopped.error().code, ErrorCode::Cancelled);
    QCOMPARE(told, (std::vector<std::size_t>{0, 1}));
  }

  // The committed demo photos, and a folder of one's own in LIKENESS_PHOTOS: real photos must not be found fault with.
  void realPhotosAreFine() {
    std::vector<std::filesystem::path> folders = {std::filesystem::path(LIKENESS_SOURCE_DIR) / "resources" / "demo" / "photos"};
    if (const char* given = std::getenv("LIKENESS_PHOTOS"); given != nullptr && *given != '\0') folders.emplace_back(given);
    for (const auto& folder : folders) {
      const auto files = listPhotoFiles({folder}).value();
      QVERIFY(!files.empty());
      std::vector<PhotoRequest> requests;
      for (const auto& file : files) requests.push_back({file, {}});
      const auto infos = examinePhotos(requests, 128).value();
      for (const auto& info : infos) {
        QVERIFY2(info.finding.level == FindingLevel::Fine, (info.file.string() + ": " + info.finding.sentence).c_str());
      }
    }
  }

  // Generous for a busy machine: measured, five take about 2 s.
  void twelveMegapixelsAreQuick() {
    const auto file = photo("camera.jpg", resample(sharpScene(1000, 750), {0, 0, 1000, 750}, 4000, 3000));
    const std::vector<PhotoRequest> requests(5, {file, {}});
    QElapsedTimer timer;
    timer.start();
    QCOMPARE(examinePhotos(requests, 512)->size(), std::size_t(5));
    qInfo("five photos of 12 megapixels: %lld ms", static_cast<long long>(timer.elapsed()));
    QVERIFY(timer.elapsed() < 10'000);
  }
};

int runPhotoFindingsTests(int argc, char** argv) {
  TestPhotoFindings test;
  return QTest::qExec(&test, argc, argv);
}

#include "test_photo_findings.moc"
