#include <zlib.h>

#include <QtTest>

#include "core/data/exif_text.h"
#include "core/data/picture_file.h"
#include "core/data/picture_texts.h"
#include "core/data/xmp_text.h"
#include "tests/unit/photo_maker.h"

using namespace likeness;

namespace {

PictureRecipe recipeOfText(const std::string& prompt) {
  PictureRecipe recipe;
  recipe.prompt = prompt;
  recipe.negative = "blurry";
  recipe.sampler = "euler";
  recipe.steps = 25;
  recipe.guidance = 4.5;
  recipe.width = 24;
  recipe.height = 16;
  recipe.full = {{"prompt", prompt}, {"text", "<a> & \"b\" ' ]]>"}, {"nested", {{"a", {1, 2.5, nullptr}}}}};
  return recipe;
}

void number(Bytes& bytes, std::uint64_t value, int size) {
  for (int shift = 8 * (size - 1); shift >= 0; shift -= 8) bytes.push_back(static_cast<std::uint8_t>(value >> shift));
}

Bytes pngChunk(const std::string& kind, const Bytes& content) {
  Bytes body(kind.begin(), kind.end());
  body.insert(body.end(), content.begin(), content.end());
  Bytes chunk;
  number(chunk, content.size(), 4);
  chunk.insert(chunk.end(), body.begin(), body.end());
  number(chunk, ::crc32_z(0, body.data(), body.size()), 4);
  return chunk;
}

// A PNG of headers and texts only.
Bytes pngOf(const std::vector<Bytes>& chunks) {
  Bytes png = {0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
  auto all = chunks;
  all.insert(all.begin(), pngChunk("IHDR", Bytes(13, 1)));
  all.push_back(pngChunk("IEND", {}));
  for (const auto& chunk : all) png.insert(png.end(), chunk.begin(), chunk.end());
  return png;
}

Bytes packed(const Bytes& plain) {
  auto size = ::compressBound(plain.size());
  Bytes out(size);
  ::compress(out.data(), &size, plain.data(), plain.size());
  out.resize(size);
  return out;
}

Bytes joined(std::initializer_list<Bytes> parts) {
  Bytes all;
  for (const auto& part : parts) all.insert(all.end(), part.begin(), part.end());
  return all;
}

Bytes text(const std::string& string) { return {string.begin(), string.end()}; }

// An EXIF block of one directory and, behind it, an Exif directory with one user comment.
Bytes exifBlock(bool big, const Bytes& comment, std::uint64_t type = 7) {
  Bytes block = big ? Bytes{'M', 'M', 0, 42} : Bytes{'I', 'I', 42, 0};
  const auto add = [&](std::uint64_t value, int size) {
    Bytes bytes;
    number(bytes, value, size);
    if (!big) std::ranges::reverse(bytes);
    block.insert(block.end(), bytes.begin(), bytes.end());
  };
  const auto field = [&](std::uint64_t tag, std::uint64_t kind, std::uint64_t count, std::uint64_t value) {
    add(tag, 2), add(kind, 2), add(count, 4), add(value, 4);
  };
  add(8, 4), add(1, 2), field(0x8769, 4, 1, 26), add(0, 4);
  add(1, 2), field(0x9286, type, comment.size(), 44), add(0, 4);
  block.insert(block.end(), comment.begin(), comment.end());
  return block;
}

std::string commentOf(const Bytes& exif) {
  PictureTexts texts;
  readExifTexts(exif, texts);
  return texts.contains("parameters") ? texts.at("parameters") : std::string();
}

Result<PictureTexts> textsOf(const Bytes& bytes) {
  ByteFile file{std::span<const std::uint8_t>(bytes)};
  return readPictureTexts(file, "memory");
}

}  // namespace

class TestPictureTexts : public QObject {
  Q_OBJECT
  TestFolder m_folder;

 private Q_SLOTS:
  void everyFormatCarriesTheRecipe_data() {
    QTest::addColumn<int>("format");
    QTest::addColumn<int>("quality");
    QTest::addColumn<QString>("prompt");
    const std::array<std::pair<const char*, QString>, 4> prompts = {
        {{"plain", "a sks dog, on a beach"},
         {"latin", QString::fromUtf8("un café à Zürich £")},
         {"unicode", QString::fromUtf8("дракон 🐉 龍, “quoted”\nsecond line")},
         {"empty", ""}}};
    for (const auto& [name, prompt] : prompts) {
      QTest::addRow("png %s", name) << int(PictureFormat::Png) << 95 << prompt;
      QTest::addRow("jpeg %s", name) << int(PictureFormat::Jpeg) << 95 << prompt;
      QTest::addRow("webp %s", name) << int(PictureFormat::WebP) << 90 << prompt;
    }
  }
  void everyFormatCarriesTheRecipe() {
    QFETCH(const int, format);
    QFETCH(const int, quality);
    QFETCH(const QString, prompt);
    const PictureStyle style{static_cast<PictureFormat>(format), quality};
    const auto recipe = recipeOfText(prompt.toStdString());
    const auto image = blurredScene(sharpScene(25, 17), 3);  // odd sides, so that chunks are padded
    const auto file = writePicture(m_folder / (std::string("picture") + extensionOf(style.format)), image, recipe, style);
    const auto texts = readPictureTexts(file.value()).value();
    QCOMPARE(texts.at("parameters"), parametersText(recipe));
    QCOMPARE(readRecipe(*file).value().dump(), recipe.full.dump());
    const auto back = readPicture(*file).value();
    QCOMPARE(std::pair(back.width, back.height), std::pair(25, 17));
    if (style.format == PictureFormat::Png) QCOMPARE(back, image);
    double difference = 0;
    for (std::size_t i = 0; i < image.rgb.size(); ++i) difference += std::abs(image.rgb[i] - back.rgb[i]);
    QVERIFY2(difference / double(image.rgb.size()) < 6, std::to_string(difference).c_str());
  }

  void qualityMatters() {
    const auto image = sharpScene(128, 128);
    for (const auto format : {PictureFormat::Jpeg, PictureFormat::WebP}) {
      const auto small = encodePicture(image, {format, 30}).value(), large = encodePicture(image, {format, 95}).value();
      QVERIFY2(small.size() * 3 < large.size() * 2, extensionOf(format));
    }
  }

  void aJpegHoldsNoMoreThanItCan() {
    const auto image = sharpScene(24, 16);
    const auto fits = encodePicture(image, {PictureFormat::Jpeg, 90}, recipeOfText(std::string(20'000, 'x')));
    QVERIFY(fits.ok());
    const auto tooLong = encodePicture(image, {PictureFormat::Jpeg, 90}, recipeOfText(std::string(40'000, 'x')));
    QCOMPARE(tooLong.error().code, ErrorCode::InvalidArgument);
    QVERIFY(tooLong.error().message.find("png or webp") != std::string::npos);
    QVERIFY(encodePicture(image, {PictureFormat::WebP, 90}, recipeOfText(std::string(40'000, 'x'))).ok());
  }

  // Numbers of EXIF fields and offsets as the standard has them, read without our reader.
  void theExifBlockIsTheStandards() {
    const auto exif = makeExif("Ab\xc3\xa9");
    const auto at = [&](std::size_t offset, int size) { return bigEndian(exif, offset, size); };
    QCOMPARE(Bytes(exif.begin(), exif.begin() + 4), (Bytes{'M', 'M', 0, 42}));
    const auto directory = at(at(4, 4) + 10, 4);
    QCOMPARE(at(at(4, 4) + 2, 2), std::uint64_t(0x8769));
    QCOMPARE(at(directory, 2), std::uint64_t(3));
    const auto comment = directory + 2 + 12;
    QCOMPARE(at(comment, 2), std::uint64_t(0x9286));
    QCOMPARE(at(comment + 2, 2), std::uint64_t(7));
    QCOMPARE(at(comment + 4, 4), std::uint64_t(8 + 6));
    const auto content = at(comment + 8, 4);
    QCOMPARE(Bytes(exif.begin() + std::ptrdiff_t(content), exif.end()),
             text(std::string("UNICODE\0\0A\0b\0\xe9", 14)));
  }

  void othersComments_data() {
    QTest::addColumn<QByteArray>("comment");
    QTest::addColumn<bool>("big");
    QTest::addColumn<QString>("expected");
    const QByteArray unicode("UNICODE\0", 8), ascii("ASCII\0\0\0", 8), none(8, '\0');
    const QByteArray low("A\0b\0", 4), high("\0A\0b", 4);
    QTest::newRow("high, big") << unicode + high << true << "Ab";
    QTest::newRow("high, little") << unicode + high << false << "Ab";  // piexif's text in Pillow's block
    QTest::newRow("low, little") << unicode + low << false << "Ab";
    QTest::newRow("marked") << unicode + QByteArray("\xff\xfe\x16\x04", 4) << true << QString::fromUtf8("Ж");
    QTest::newRow("undecided") << unicode + QByteArray("\x04\x16", 2) << true << QString::fromUtf8("Ж");
    QTest::newRow("ascii") << ascii + "plain" << true << "plain";
    QTest::newRow("no code") << none + "plain\0\0" << true << "plain";
    QTest::newRow("bare utf-8") << QByteArray("caf\xc3\xa9 au lait") << true << QString::fromUtf8("café au lait");
    QTest::newRow("short") << QByteArray("a") << true << "a";
    QTest::newRow("empty") << QByteArray() << true << "";
  }
  void othersComments() {
    QFETCH(const QByteArray, comment);
    QFETCH(const bool, big);
    QFETCH(const QString, expected);
    Bytes bytes(comment.begin(), comment.end());
    if (!bytes.empty() && bytes.size() <= 4) bytes.resize(5);  // what fits stands in the field itself
    QCOMPARE(QString::fromStdString(commentOf(exifBlock(big, bytes))), expected);
    const auto framed = joined({text(std::string("Exif\0\0", 6)), exifBlock(big, bytes, 2)});
    QCOMPARE(QString::fromStdString(commentOf(framed)), expected);
  }

  void comfyTextsInExif() {
    const auto value = text(std::string("prompt:{\"3\": 1}\0", 16));
    Bytes block = {'M', 'M', 0, 42, 0, 0, 0, 8, 0, 1, 0x01, 0x10, 0, 2, 0, 0, 0, 16, 0, 0, 0, 26, 0, 0, 0, 0};
    PictureTexts texts;
    readExifTexts(joined({block, value}), texts);
    QCOMPARE(texts.at("prompt"), std::string("{\"3\": 1}"));
  }

  void packedTexts() {
    const auto international = joined({text(std::string("workflow\0\1\0en\0\0", 15)), packed(text("{\"\xc3\xa9\": 1}"))});
    const auto latin = joined({text(std::string("parameters\0\0", 12)), packed(text("caf\xe9"))});
    const auto texts = textsOf(pngOf({pngChunk("zTXt", latin), pngChunk("iTXt", international)})).value();
    QCOMPARE(texts.at("parameters"), std::string("caf\xc3\xa9"));
    QCOMPARE(texts.at("workflow"), std::string("{\"\xc3\xa9\": 1}"));
  }

  void xmpOfOtherPrograms() {
    QCOMPARE(readXmpText(makeXmp("{\"a\": \"<&>\"}")), std::string("{\"a\": \"<&>\"}"));
    QCOMPARE(readXmpText("<rdf:Description likeness:recipe='{&quot;a&quot;: &#x31F40999;}' x=''/>"),
             std::string("{\"a\": &#x31F40999;}"));
    QCOMPARE(readXmpText("<rdf:Description likeness:recipe=\"{&#34;it's&#34;}\"/>"), std::string("{\"it's\"}"));
    QCOMPARE(readXmpText("<likeness:recipe>&#65;&#x1F409;&unknown;&amp;lt;</likeness:recipe>"),
             std::string("A\xf0\x9f\x90\x89&unknown;&lt;"));
    for (const auto* broken : {"", "likeness:recipe", "<likeness:recipe>{", "likeness:recipe=\"{", "<likeness:recipe/>"}) {
      QVERIFY2(readXmpText(broken).empty(), broken);
    }
  }

  // Small files that ask for much: each must end at once.
  void bombs() {
    QElapsedTimer timer;
    timer.start();
    const auto bomb = packed(Bytes(60u << 20, 'x'));  // 60 kB
    std::vector<Bytes> chunks;
    for (int i = 0; i < 500; ++i) chunks.push_back(pngChunk("zTXt", joined({text(std::string("k\0\0", 3)), bomb})));
    QVERIFY(textsOf(pngOf(chunks)).ok());

    Bytes fields = {'M', 'M', 0, 42, 0, 0, 0, 8, 0xff, 0xff};
    for (int i = 0; i < 65'535; ++i) {  // Exif directories and texts that all lie over each other
      number(fields, i % 2 == 0 ? 0x8769 : 0x010f, 2), number(fields, 2, 2), number(fields, 0xffffffff, 4), number(fields, 8, 4);
    }
    PictureTexts texts;
    readExifTexts(fields, texts);
    QVERIFY(texts.empty() || texts.size() == 1);
    QVERIFY2(timer.elapsed() < 3000, qPrintable(QString::number(timer.elapsed())));
  }

  // Every byte of the metadata changed, and the file cut at every place: never a crash, and no hang.
  void damagedFiles() {
    for (const auto format : {PictureFormat::Png, PictureFormat::Jpeg, PictureFormat::WebP}) {
      const auto whole = encodePicture(distinctPixels(4, 4), {format, 90}, recipeOfText("a дог")).value();
      for (std::size_t i = 0; i < whole.size(); ++i) {
        for (const int change : {0xff, 0x01, 0x80}) {
          auto damaged = whole;
          damaged[i] ^= static_cast<std::uint8_t>(change);
          if (const auto texts = textsOf(damaged); texts.ok()) {
            for (const auto& [key, value] : *texts) QVERIFY(value.size() <= 4 * whole.size());
          }
        }
        const auto cut = textsOf(Bytes(whole.begin(), whole.begin() + std::ptrdiff_t(i)));
        QVERIFY(!cut.ok() || cut->size() <= 2);
      }
    }
    QCOMPARE(textsOf(text("GIF89a")).error().code, ErrorCode::Corrupt);
    QCOMPARE(textsOf({}).error().code, ErrorCode::Corrupt);
  }
};

int runPictureTextsTests(int argc, char** argv) {
  TestPictureTexts test;
  return QTest::qExec(&test, argc, argv);
}

#include "test_picture_texts.moc"
