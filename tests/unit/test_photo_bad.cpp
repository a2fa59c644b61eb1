#include <sys/stat.h>
#include <unistd.h>

#include <QtTest>
#include <random>

#include "core/data/findings.h"
#include "core/data/photo_reader.h"
#include "core/tensor/memory.h"
#include "tests/unit/photo_maker.h"

using namespace likeness;

namespace {

// The whole of what a person must be told: which file, what happened, what to do.
bool tells(const Error& error, const std::filesystem::path& file, const char* what) {
  const bool good = error.path == file.string() && error.message.find(file.string()) != std::string::npos &&
                    error.message.find(what) != std::string::npos && error.message.ends_with('.') &&
                    error.message.find(". ") != std::string::npos && error.message.find('\n') == std::string::npos;
  if (!good) qWarning("%s {%s}", error.message.c_str(), error.detail.c_str());
  return good;
}

void setBig(Bytes& bytes, std::size_t at, std::uint64_t value, int count) {
  for (int i = count - 1; i >= 0; --i, value >>= 8) bytes[at + std::size_t(i)] = static_cast<std::uint8_t>(value);
}

std::size_t find(const Bytes& bytes, const Bytes& what) {
  return std::size_t(std::search(bytes.begin(), bytes.end(), what.begin(), what.end()) - bytes.begin());
}

}  // namespace

class TestPhotoBad : public QObject {
  Q_OBJECT
  TestFolder m_folder;

  Bytes encoded(const std::string& name, const OIIO::ImageSpec& attributes = {}) {
    return writePixels(m_folder / name, sharpScene(200, 150), attributes) ? readBytes(m_folder / name) : Bytes{};
  }

 private Q_SLOTS:
  void whatIsNoPicture() {
    const auto text = m_folder / "letter.jpg";
    writeBytes(text, Bytes(500, 'a'));
    QCOMPARE(readPhoto(text).error().code, ErrorCode::Corrupt);
    QVERIFY(tells(readPhoto(text).error(), text, "not a picture"));
    const auto raw = m_folder / "letter.dng";
    writeBytes(raw, Bytes(500, 'a'));
    QVERIFY(tells(readPhoto(raw).error(), raw, "not a picture"));
    const auto empty = m_folder / "empty.jpg";
    writeBytes(empty, {});
    QCOMPARE(readPhoto(empty).error().code, ErrorCode::Corrupt);
    QVERIFY(tells(readPhoto(empty).error(), empty, "empty"));
    QCOMPARE(readPhoto(m_folder.path()).error().code, ErrorCode::InvalidArgument);
    QVERIFY(tells(readPhoto(m_folder.path()).error(), m_folder.path(), "folder"));
    const auto gone = m_folder / "gone.jpg";
    QCOMPARE(readPhoto(gone).error().code, ErrorCode::NotFound);
    QVERIFY(tells(readPhoto(gone).error(), gone, "does not exist"));
    QCOMPARE(readThumbnail(gone, 64).error().code, ErrorCode::NotFound);
  }

  void aPipeDoesNotHang() {
    const auto pipe = m_folder / "pipe.jpg";
    QCOMPARE(::mkfifo(pipe.c_str(), 0600), 0);
    QCOMPARE(readPhoto(pipe).error().code, ErrorCode::InvalidArgument);
  }

  void rightsAreMissing() {
    if (::geteuid() == 0) QSKIP("The super-user may read everything.");
    const auto file = m_folder / "secret.png";
    QVERIFY(writePixels(file, sharpScene(8, 8)));
    ::chmod(file.c_str(), 0);
    QCOMPARE(readPhoto(file).error().code, ErrorCode::PermissionDenied);
    QVERIFY(tells(readPhoto(file).error(), file, "does not allow"));
  }

  void cutShort_data() {
    QTest::addColumn<QString>("name");
    for (const auto* name : {"cut.jpg", "cut.png", "cut.webp", "cut.tif", "cut.exr", "cut.bmp", "cut.heic", "cut.gif"}) {
      QTest::newRow(name) << QString(name);
    }
  }

  void cutShort() {
    QFETCH(const QString, name);
    const auto whole = encoded(name.toStdString());
    if (whole.empty()) QSKIP("This build of OpenImageIO can't write such a file to try with.");
    const auto file = m_folder / name.toStdString();
    for (const auto percent : {3, 30, 60, 90}) {
      writeBytes(file, Bytes(whole.begin(), whole.begin() + std::ptrdiff_t(whole.size()) * percent / 100));
      const auto read = readPhoto(file);
      QVERIFY2(!read.ok(), qPrintable(QString("%1 % of it were taken for a photo").arg(percent)));
      QCOMPARE(read.error().code, ErrorCode::Corrupt);
      QVERIFY(tells(read.error(), file, ""));
    }
  }

  void aCutJpegIsCalledCut() {
    for (const auto* compression : {"jpeg:90", "jpeg:95"}) {
      OIIO::ImageSpec attributes;
      attributes.attribute("Compression", compression);
      attributes.attribute("jpeg:progressive", 1);
      const auto whole = encoded("cut.jpg", attributes);
      const auto file = m_folder / "cut.jpg";
      writeBytes(file, Bytes(whole.begin(), whole.begin() + std::ptrdiff_t(whole.size()) / 2));
      QVERIFY(tells(readPhoto(file).error(), file, "cut short"));
    }
  }

  // Each claims to be far larger than its bytes; nothing may be allocated for it.
  void lyingSizes() {
    const auto before = peakResidentBytes();
    const auto check = [&](const char* name, Bytes bytes, const std::function<void(Bytes&)>& lie) {
      if (bytes.empty()) return;
      lie(bytes);
      const auto file = m_folder / name;
      writeBytes(file, bytes);
      const auto read = readPhoto(file);
      QVERIFY2(!read.ok(), name);
      QVERIFY2(read.error().code == ErrorCode::Unsupported, name);
      QVERIFY(tells(read.error(), file, "pixels"));
      QVERIFY(!readPhotoHeader(file).ok());
    };
    const auto frame = [](Bytes& bytes) {  // the JPEG's frame header, baseline or progressive
      const auto baseline = find(bytes, {0xff, 0xc0, 0, 17}), progressive = find(bytes, {0xff, 0xc2, 0, 17});
      setBig(bytes, std::min(baseline, progressive) + 5, 60'000, 2);
      setBig(bytes, std::min(baseline, progressive) + 7, 60'000, 2);
    };
    check("lie.jpg", encoded("whole.jpg"), frame);
    OIIO::ImageSpec progressive;
    progressive.attribute("jpeg:progressive", 1);
    check("lie2.jpg", encoded("whole.jpg", progressive), frame);
    check("lie.png", encoded("whole.png"), [](Bytes& bytes) { setBig(bytes, 16, 60'000, 4); });
    check("lie2.png", encoded("whole.png"), [](Bytes& bytes) { setBig(bytes, 16, 30'000, 4), setBig(bytes, 20, 30'000, 4); });
    check("lie.bmp", encoded("whole.bmp"), [](Bytes& bytes) { bytes[18] = 0x60, bytes[19] = 0xea, bytes[20] = 0; });
    check("lie.gif", encoded("whole.gif"), [](Bytes& bytes) { bytes[6] = 0x60, bytes[7] = 0xea; });
    check("lie.heic", encoded("whole.heic"), [](Bytes& bytes) {
      const auto at = find(bytes, {'i', 's', 'p', 'e'});
      setBig(bytes, at + 8, 60'000, 4);
    });
    check("lie.webp", encoded("whole.webp").empty() ? Bytes{} : extendedWebP(encoded("whole.webp"), 60'000, 60'000, {}, 1), [](Bytes&) {});
    check("lie.ppm", Bytes{}, [](Bytes&) {});
    const std::string pnm = "P6 60000 60000 255\n";
    check("lie.ppm", Bytes(pnm.begin(), pnm.end()), [](Bytes&) {});
    const auto grown = peakResidentBytes() - before;
    QVERIFY2(grown < 200u << 20, qPrintable(QString("%1 bytes were taken").arg(grown)));
  }

  void aWideTiff() {
    const Bytes row(60'000 * 3, 9);
    const auto file = m_folder / "wide.tif";
    QVERIFY(writePixels(file, 60'000, 1, 3, OIIO::TypeUInt8, row.data()));
    QVERIFY(tells(readPhoto(file).error(), file, "60000"));
    QVERIFY(writePixels(m_folder / "narrower.tif", 32'768, 1, 3, OIIO::TypeUInt8, row.data()));
    QVERIFY(readPhoto(m_folder / "narrower.tif").ok());
  }

  // Damaged bytes may make any picture or any error, but no crash and no endless work.
  void randomDamage_data() {
    QTest::addColumn<QString>("name");
    for (const auto* name : {"f.jpg", "f.png", "f.webp", "f.tif", "f.exr", "f.bmp", "f.gif", "f.heic", "f.ppm", "f.hdr"}) {
      QTest::newRow(name) << QString(name);
    }
  }

  void randomDamage() {
    QFETCH(const QString, name);
    const auto file = m_folder / name.toStdString();
    OIIO::ImageSpec attributes;
    attachProfile(attributes, rgbProfile(kP3, kSrgbCurve, "P3"));
    attributes.attribute("Orientation", 6);
    if (!writePixels(file, sharpScene(48, 32), attributes)) QSKIP("This build of OpenImageIO can't write such a file to try with.");
    const auto whole = readBytes(file);
    std::mt19937 random(7);
    for (int round = 0; round < 120; ++round) {
      auto bytes = whole;
      for (unsigned flips = 1 + random() % 8; flips > 0; --flips) {
        // Headers matter most.
        const auto range = random() % 2 == 0 ? std::min<std::size_t>(bytes.size(), 200) : bytes.size();
        bytes[random() % range] = static_cast<std::uint8_t>(random());
      }
      writeBytes(file, bytes);
      const auto read = readPhoto(file);
      QVERIFY(read.ok() || !read.error().message.empty());
      if (read.ok()) QCOMPARE(read->rgb.size(), std::size_t(read->width) * std::size_t(read->height) * 3);
    }
  }

  void findingsNeverFail() {
    const auto text = m_folder / "letter2.jpg";
    writeBytes(text, Bytes(100, 'x'));
    const std::vector<PhotoRequest> requests = {{text, {}}, {m_folder / "gone.png", {}}, {m_folder.path(), {}}};
    const auto infos = examinePhotos(requests, 128).value();
    QCOMPARE(infos.size(), std::size_t(3));
    for (const auto& info : infos) {
      QCOMPARE(info.finding.level, FindingLevel::Wont);
      QCOMPARE(info.finding.code, std::string("unreadable"));
      QVERIFY(info.finding.sentence.find(info.file.filename().string()) != std::string::npos);
      QVERIFY(info.thumbnail == nullptr);
    }
    QCOMPARE(adviseOnSet(infos).at(0).code, std::string("no_usable_photo"));
  }
};

int runPhotoBadTests(int argc, char** argv) {
  TestPhotoBad test;
  return QTest::qExec(&test, argc, argv);
}

#include "test_photo_bad.moc"
