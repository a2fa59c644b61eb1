#include <QTest>

#include "core/api/parameters_text.h"

using namespace likeness;

namespace {

using Settings = std::map<std::string, std::string>;

std::string settingOf(const ForeignRecipe& recipe, const std::string& name) {
  for (const auto& [key, value] : recipe.settings) {
    if (key == name) return value;
  }
  return "-";
}

ForeignRecipe read(const std::string& line) { return recipeFromParameters(parseParameters("a dog\n" + line)); }

}  // namespace

// The rules are those of AUTOMATIC1111's own reader; each row was worked out by them.
class TestParametersText : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void prompts_data() {
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("prompt");
    QTest::addColumn<QString>("negative");
    const QString line = "\nSteps: 20, Sampler: Euler a, CFG scale: 7";
    QTest::newRow("one line") << "a dog" + line << "a dog" << "";
    QTest::newRow("several lines") << "a dog\n  on a beach \n\nat night" + line << "a dog\non a beach\n\nat night" << "";
    QTest::newRow("negative") << "a dog\nNegative prompt: blurry" + line << "a dog" << "blurry";
    QTest::newRow("negative lines") << "a dog\nNegative prompt: blurry,\nugly\nNegative prompt:bad" + line << "a dog"
                                    << "blurry,\nugly\nbad";
    QTest::newRow("no prompt") << "Negative prompt: blurry" + line << "" << "blurry";
    QTest::newRow("only settings") << line << "" << "";
    QTest::newRow("no settings") << "a dog\nsize: big, mood: good" << "a dog\nsize: big, mood: good" << "";
    QTest::newRow("colons in the prompt") << "a dog: (fur:1.2), style: old\nSteps: 1, Sampler: x, Seed: 2"
                                          << "a dog: (fur:1.2), style: old" << "";
    QTest::newRow("carriage returns") << "a dog\r\nNegative prompt: blurry\r" + line << "a dog" << "blurry";
    QTest::newRow("unicode") << QString::fromUtf8("дракон 🐉") + line << QString::fromUtf8("дракон 🐉") << "";
    QTest::newRow("nothing") << "" << "" << "";
  }
  void prompts() {
    QFETCH(const QString, text);
    const auto parsed = parseParameters(text.toStdString());
    QTEST(QString::fromStdString(parsed.prompt), "prompt");
    QTEST(QString::fromStdString(parsed.negative), "negative");
  }

  void settings() {
    const auto parsed = parseParameters(
        "a dog\nSteps: 20, Sampler: DPM++ 2M, CFG scale: 7.5, Seed: 965400086, Size: 512x768, Model hash: 45dee52b, "
        "Empty: , Text: \"a, b: \\\"c\\\" \\u00e9\", Half: \"open, Lora hashes: \"x: 1a, y.z: 2b\", Odd: \"q\" tail, "
        "x: one letter, Version: v1.9.4");
    const Settings expected = {{"Steps", "20"},          {"Sampler", "DPM++ 2M"},
                               {"CFG scale", "7.5"},     {"Seed", "965400086"},
                               {"Size", "512x768"},      {"Model hash", "45dee52b"},
                               {"Text", "a, b: \"c\" \xc3\xa9"}, {"Half", "\"open"},
                               {"Lora hashes", "x: 1a, y.z: 2b"}, {"Odd", "\"q\" tail"},
                               {"Version", "v1.9.4"}};
    QCOMPARE(parsed.settings, expected);
    QVERIFY(isParameters(parsed));
    QVERIFY(!isParameters(parseParameters("just words")));
  }

  void manyQuotesTakeNoTime() {
    std::string text = "a\n";
    for (int i = 0; i < 200'000; ++i) text += "key: \"value\\\", ";
    QElapsedTimer timer;
    timer.start();
    QVERIFY(!parseParameters(text).settings.empty());
    QVERIFY2(timer.elapsed() < 2000, qPrintable(QString::number(timer.elapsed())));
  }

  void loraTags() {
    const auto taken = takeLoras("a <lora:style:0.8> dog <lora:my.face:-1:0.5>, <lora:plain> <hypernet:x:1> <lora::2>");
    QCOMPARE(taken.prompt, std::string("a  dog ,  <hypernet:x:1>"));
    QCOMPARE(taken.loras.size(), std::size_t(3));
    QCOMPARE(taken.loras[0].name, std::string("style"));
    QCOMPARE(taken.loras[0].weight, 0.8);
    QCOMPARE(taken.loras[1].name, std::string("my.face"));
    QCOMPARE(taken.loras[1].weight, -1.0);
    QCOMPARE(taken.loras[2].weight, 1.0);
    QCOMPARE(takeLoras("a <lora:open").prompt, std::string("a <lora:open"));
    QVERIFY(takeLoras("a dog ").loras.empty());
    QCOMPARE(takeLoras("a dog ").prompt, std::string("a dog "));
  }

  void samplersAndSchedules_data() {
    QTest::addColumn<QString>("line");
    QTest::addColumn<QString>("sampler");
    QTest::addColumn<QString>("schedule");
    QTest::newRow("new") << "Sampler: DPM++ 2M, Schedule type: Karras" << "dpmpp-2m" << "karras";
    QTest::newRow("old") << "Sampler: DPM++ 2M Karras" << "dpmpp-2m" << "karras";
    QTest::newRow("old sde") << "Sampler: DPM++ 2M SDE Exponential" << "dpmpp-2m-sde" << "exponential";
    QTest::newRow("ancestral") << "Sampler: Euler a" << "euler-a" << "model";
    QTest::newRow("automatic") << "Sampler: Euler, Schedule type: Automatic" << "euler" << "model";
    QTest::newRow("uniform") << "Sampler: Heun, Schedule type: SGM Uniform" << "heun" << "sgm-uniform";
    QTest::newRow("schedule of theirs") << "Sampler: Euler, Schedule type: KL Optimal" << "euler" << "model";
    QTest::newRow("sampler of theirs") << "Sampler: Restart, Schedule type: Karras" << "-" << "-";
  }
  void samplersAndSchedules() {
    QFETCH(const QString, line);
    const auto recipe = read("Steps: 20, Seed: 1, " + line.toStdString());
    QTEST(QString::fromStdString(settingOf(recipe, "sampler")), "sampler");
    QTEST(QString::fromStdString(settingOf(recipe, "schedule")), "schedule");
    QCOMPARE(recipe.notes.size(), std::size_t(line.contains("KL") || line.contains("Restart") ? 1 : 0));
  }

  void settingsBecomeOurs() {
    const auto recipe = recipeFromParameters(parseParameters(
        "a <lora:style:0.7> dog\nNegative prompt: ugly\nSteps: 30, Sampler: Euler, CFG scale: 5.5, Seed: 12, "
        "Size: 512x768, Model hash: 1234abcd56, Model: my model, VAE hash: 99, VAE: kl.safetensors, "
        "Denoising strength: 0.4, Clip skip: 2, Hires upscale: 1.5, Hires steps: 10, Hires upscaler: Latent, "
        "Lora hashes: \"style: 0011223344ff\", ADetailer model: face, Version: 1"));
    const SettingList expected = {{"prompt", "a  dog"},     {"negative", "ugly"},     {"sampler", "euler"},
                                  {"schedule", "model"},    {"size", "512x768"},      {"steps", "30"},
                                  {"guidance", "5.5"},      {"seed", "12"},           {"clip_skip", "2"},
                                  {"hires_scale", "1.5"},   {"hires_strength", "0.4"}, {"hires_steps", "10"},
                                  {"hires_upscale", "latent"}};
    QCOMPARE(recipe.settings, expected);
    QCOMPARE(recipe.model, std::string("my model"));
    QCOMPARE(recipe.modelHash, std::string("1234abcd56"));
    QCOMPARE(recipe.vae.name, std::string("kl.safetensors"));
    QCOMPARE(recipe.loras.size(), std::size_t(1));
    QCOMPARE(recipe.loras[0].hash, std::string("0011223344ff"));
    QCOMPARE(recipe.notes.size(), std::size_t(1));
    QVERIFY(recipe.notes[0].find("ADetailer model") != std::string::npos);
  }

  void secondPasses() {
    QCOMPARE(settingOf(read("Steps: 20, Sampler: Euler, Size: 512x512, Denoising strength: 0.6"), "strength"),
             std::string("0.6"));
    const auto resized = read("Steps: 20, Sampler: Euler, Size: 512x768, Hires resize: 1024x1536, Hires upscaler: R-ESRGAN 4x+");
    QCOMPARE(settingOf(resized, "hires_scale"), std::string("2.0"));
    QCOMPARE(settingOf(resized, "hires_upscale"), std::string("lanczos"));
    QCOMPARE(resized.notes.size(), std::size_t(1));
    const auto otherShape = read("Steps: 20, Sampler: Euler, Size: 512x768, Hires resize: 1024x1024");
    QCOMPARE(settingOf(otherShape, "hires_scale"), std::string("-"));
  }

  // What we write, AUTOMATIC1111's rules read back.
  void ownTextComesBack() {
    PictureRecipe recipe;
    recipe.prompt = "a (sks:1.2) dog, \"quoted\": дом\nsecond line";
    recipe.negative = "blurry, Steps: 3";
    recipe.sampler = "dpmpp-2m";
    recipe.schedule = "karras";
    recipe.steps = 25;
    recipe.guidance = 4.1;
    recipe.seed = 18'446'744'073'709'551'615ull;
    recipe.width = 64;
    recipe.height = 32;
    recipe.model = "fido, run: 3";
    recipe.clipSkip = 2;
    recipe.strength = 0.55;
    recipe.hiresScale = 1.5;
    recipe.loras = {{"style.v2", "00aa", 0.5}};
    const auto parsed = parseParameters(parametersText(recipe));
    QCOMPARE(parsed.prompt, recipe.prompt + " <lora:style.v2:0.5>");
    QCOMPARE(parsed.negative, recipe.negative);
    const auto back = recipeFromParameters(parsed);
    QCOMPARE(settingOf(back, "prompt"), recipe.prompt);
    QCOMPARE(settingOf(back, "sampler"), recipe.sampler);
    QCOMPARE(settingOf(back, "schedule"), recipe.schedule);
    QCOMPARE(settingOf(back, "guidance"), std::string("4.1"));
    QCOMPARE(settingOf(back, "seed"), std::to_string(recipe.seed));
    QCOMPARE(settingOf(back, "size"), std::string("64x32"));
    QCOMPARE(settingOf(back, "hires_strength"), std::string("0.55"));
    QCOMPARE(back.model, std::string("fido run 3"));
    QCOMPARE(back.loras.at(0).hash, std::string("00aa"));
    QVERIFY(back.notes.empty());
  }
};

QTEST_APPLESS_MAIN(TestParametersText)
#include "test_parameters_text.moc"
