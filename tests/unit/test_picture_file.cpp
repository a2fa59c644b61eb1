#include <sys/stat.h>
#include <unistd.h>

#include <QtTest>

#include "core/data/contact_sheet.h"
#include "core/data/picture_file.h"
#include "core/data/picture_texts.h"
#include "tests/unit/photo_maker.h"

using namespace likeness;

namespace {

PictureRecipe recipeFor(const std::string& prompt) {
  PictureRecipe recipe;
  recipe.prompt = prompt;
  recipe.negative = "blurry";
  recipe.sampler = "dpmpp-2m";
  recipe.steps = 25;
  recipe.guidance = 4.5;
  recipe.seed = 18'446'744'073'709'551'615ull;
  recipe.width = 24;
  recipe.height = 16;
  recipe.model = "Embedded base";
  recipe.modelHash = "0123456789";
  recipe.full = {{"prompt", prompt}, {"seed", recipe.seed}, {"nested", {{"a", {1, 2, 3}}}}};
  return recipe;
}

bool holds(const Bytes& bytes, const std::string& text) {
  const Bytes wanted(text.begin(), text.end());
  return std::search(bytes.begin(), bytes.end(), wanted.begin(), wanted.end()) != bytes.end();
}

std::vector<std::string> namesIn(const std::filesystem::path& folder) {
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) names.push_back(entry.path().filename().string());
  std::ranges::sort(names);
  return names;
}

}  // namespace

class TestPictureFile : public QObject {
  Q_OBJECT
  TestFolder m_folder;

 private Q_SLOTS:
  void theRecipeComesBack_data() {
    QTest::addColumn<QString>("prompt");
    QTest::newRow("plain") << "a sks dog, on a beach";
    QTest::newRow("latin") << QString::fromUtf8("un café à Zürich £");
    QTest::newRow("unicode") << QString::fromUtf8("дракон 🐉 龍, “quoted”\nsecond line");
    QTest::newRow("empty") << "";
    QTest::newRow("long") << QString(200'000, 'x');
  }

  void theRecipeComesBack() {
    QFETCH(const QString, prompt);
    const TestFolder folder;
    const auto recipe = recipeFor(prompt.toStdString());
    const auto image = distinctPixels(24, 16);
    const auto file = writePicture(folder / "picture.png", image, recipe).value();
    QCOMPARE(readPicture(file).value(), image);
    QCOMPARE(readRecipe(file).value().dump(), recipe.full.dump());
    const auto texts = readPictureTexts(file).value();
    QCOMPARE(texts.at("parameters"), parametersText(recipe));
  }

  void theParametersTextIsAutomatics() {
    QCOMPARE(parametersText(recipeFor("a dog")),
             std::string("a dog\nNegative prompt: blurry\nSteps: 25, Sampler: DPM++ 2M, Schedule type: Automatic, CFG scale: 4.5, Seed: "
                         "18446744073709551615, Size: 24x16, Model hash: 0123456789, Model: Embedded base, Version: Likeness"));
  }

  void theScheduleIsTheParametersType() {
    auto recipe = recipeFor("a dog");
    recipe.sampler = "dpmpp-2m-sde";
    recipe.schedule = "karras";
    QVERIFY(parametersText(recipe).find("Sampler: DPM++ 2M SDE, Schedule type: Karras, CFG scale") !=
            std::string::npos);
  }

  void latin1GoesIntoPlainText() {
    const auto latin = readBytes(writePicture(m_folder / "latin.png", distinctPixels(24, 16), recipeFor("café")).value());
    QVERIFY(holds(latin, "tEXtparameters"));
    QVERIFY(holds(latin, std::string("caf\xe9")));
    const auto unicode = readBytes(writePicture(m_folder / "unicode.png", distinctPixels(24, 16), recipeFor("龍")).value());
    QVERIFY(holds(unicode, "iTXtparameters"));
    QVERIFY(!holds(unicode, "tEXt"));
  }

  // Another reader sees the same text; libpng checks the chunk's checksum on its way.
  void openImageIoReadsTheText() {
    const auto file = writePicture(m_folder / "other.png", distinctPixels(24, 16), recipeFor("дракон")).value();
    const auto input = OIIO::ImageInput::open(file.string());
    QVERIFY(input != nullptr);
    QCOMPARE(std::string(input->spec().get_string_attribute("parameters")), parametersText(recipeFor("дракон")));
  }

  void brokenUtf8IsRepaired() {
    auto recipe = recipeFor("a \xff\xfe dog");
    const auto file = writePicture(m_folder / "broken.png", distinctPixels(24, 16), recipe).value();
    QVERIFY(readPictureTexts(file)->at("parameters").starts_with("a \xef\xbf\xbd"));
    QVERIFY(readRecipe(file).ok());
  }

  void nothingIsOverwritten() {
    const TestFolder folder;
    const auto first = writePicture(folder / "a.png", distinctPixels(4, 4), recipeFor("one")).value();
    const auto second = writePicture(folder / "a.png", distinctPixels(5, 5), recipeFor("two")).value();
    const auto third = writePicture(folder / "a.png", distinctPixels(6, 6)).value();
    QCOMPARE(namesIn(folder.path()), (std::vector<std::string>{"a-2.png", "a-3.png", "a.png"}));
    QCOMPARE(readPicture(first)->width, 4);
    QCOMPARE(second.filename().string(), std::string("a-2.png"));
    QCOMPARE(readPicture(third)->width, 6);
    QVERIFY(replacePicture(folder / "a.png", distinctPixels(7, 7), Json{{"seed", 1}}).ok());
    QCOMPARE(readPicture(folder / "a.png")->width, 7);
    QCOMPARE(readRecipe(folder / "a.png").value()["seed"].get<int>(), 1);
  }

  void failuresLeaveNothing() {
    const TestFolder folder;
    QCOMPARE(writePicture(folder / "nothing.png", Image{}).error().code, ErrorCode::InvalidArgument);
    QCOMPARE(writePicture(folder / "lie.png", Image{4, 4, {1, 2, 3}}).error().code, ErrorCode::InvalidArgument);
    QCOMPARE(writePicture(folder / "gone" / "a.png", distinctPixels(4, 4)).error().code, ErrorCode::NotFound);
    QVERIFY(namesIn(folder.path()).empty());
    if (::geteuid() == 0) return;  // the super-user may write everywhere
    ::chmod(folder.path().c_str(), 0500);
    QCOMPARE(writePicture(folder / "a.png", distinctPixels(4, 4)).error().code, ErrorCode::PermissionDenied);
    ::chmod(folder.path().c_str(), 0700);
    QVERIFY(namesIn(folder.path()).empty());
  }

  void picturesWithoutRecipes() {
    const auto plain = writePicture(m_folder / "plain.png", distinctPixels(4, 4)).value();
    QCOMPARE(readRecipe(plain).error().code, ErrorCode::NotFound);
    writeBytes(m_folder / "text.png", Bytes(40, 'a'));
    QCOMPARE(readRecipe(m_folder / "text.png").error().code, ErrorCode::Corrupt);
    QCOMPARE(readRecipe(m_folder / "gone.png").error().code, ErrorCode::NotFound);
    auto damaged = readBytes(writePicture(m_folder / "d.png", distinctPixels(4, 4), recipeFor("x")).value());
    damaged[60] ^= 0x40;
    writeBytes(m_folder / "d.png", damaged);
    QCOMPARE(readRecipe(m_folder / "d.png").error().code, ErrorCode::Corrupt);
    damaged.resize(70);
    writeBytes(m_folder / "d.png", damaged);
    QVERIFY(!readRecipe(m_folder / "d.png").ok());
  }

  void aPngInMemory() {
    const auto image = distinctPixels(31, 17);
    const auto bytes = encodePicture(image).value();
    writeBytes(m_folder / "memory.png", bytes);
    QCOMPARE(readPicture(m_folder / "memory.png").value(), image);
    QCOMPARE(encodePicture(image).value(), bytes);
  }

  void contactSheets() {
    std::vector<Image> pictures;
    for (int i = 0; i < 5; ++i) pictures.push_back(sharpScene(64, 48 + i, unsigned(i)));
    const auto sheet = contactSheet(pictures, 3);
    QCOMPARE(sheet.width, 12 + 3 * (64 + 12));
    QCOMPARE(sheet.height, 12 + 2 * (52 + 12));
    const auto at = [&](int x, int y) { return &sheet.rgb[std::size_t(3 * (y * sheet.width + x))]; };
    QVERIFY(std::equal(at(12, 14), at(12, 14) + 3 * 64, pictures[0].rgb.begin()));
    QVERIFY(std::equal(at(88, 76), at(88, 76) + 3 * 64, pictures[4].rgb.begin()));
    QVERIFY(at(0, 0)[0] > 230);
    const std::vector<std::string> labels(5, "a very long label that can't fit"), titles = {"one", "two"};
    const auto labelled = contactSheet(pictures, 3, labels, titles);
    QCOMPARE(labelled.width, sheet.width);
    QVERIFY(labelled.height >= sheet.height);
    QVERIFY(contactSheet({}, 3).width > 0);
  }
};

int runPictureFileTests(int argc, char** argv) {
  TestPictureFile test;
  return QTest::qExec(&test, argc, argv);
}

#include "test_picture_file.moc"
