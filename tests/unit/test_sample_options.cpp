#include <QTest>

#include "core/api/recipe_json.h"
#include "core/api/sample_grid.h"
#include "core/api/sample_options.h"

using namespace likeness;

namespace {

Sample changedSample() {
  Sample sample;
  sample.prompt = "a [V] dog, é";
  sample.negative = "blurry";
  sample.sampler = "dpmpp-2m";
  sample.schedule = "karras";
  sample.steps = 31;
  sample.guidance = 6.1;
  sample.guidanceRescale = 0.7;
  sample.eta = 0.3;
  sample.seed = 18'446'744'073'709'551'615ull;
  sample.width = 96;
  sample.height = 64;
  sample.clipSkip = 2;
  sample.weights = WhichWeights::Step;
  sample.checkpointStep = 300;
  sample.checkpoint = "/p/runs/r/checkpoints/step-300";
  sample.loras = {{"/l/a:b.safetensors", 0.1}, {"/l/c.safetensors", 1}};
  sample.embeddings = {"/e/x.pt"};
  sample.vae = "/v.safetensors";
  sample.dtype = "bf16";
  sample.from = "/from.png";
  sample.strength = 0.35;
  sample.mask = "/mask.png";
  sample.maskBlur = 0;
  sample.hiresScale = 1.5;
  sample.hiresSteps = 9;
  sample.hiresStrength = 0.45;
  sample.hiresUpscale = "lanczos";
  sample.vaeTiles = "always";
  sample.initNoise = "/noise.safetensors";
  return sample;
}

std::string messageOf(const SettingList& settings) {
  Sample sample;
  const auto applied = applySampleOptions(sample, settings);
  return applied.ok() ? std::string() : applied.error().message;
}

std::string gridMessage(const std::string& text) {
  const auto grid = parseGrid(text);
  return grid.ok() ? std::string() : grid.error().message;
}

}  // namespace

class TestSampleOptions : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  // Every setting that differs from its default is in the recipe, and comes back from it.
  void recipesHoldEverySetting() {
    const auto sample = changedSample();
    const Sample standard;
    for (const auto& option : sampleOptions()) {
      QVERIFY2(option.get(sample) != option.get(standard), option.name.c_str());
    }
    const auto json = Json::parse(recipeJson(sample, {"/p", "/m", "sks", {{"model", "/m", "00"}}}).dump());
    const auto recipe = readRecipeJson(json);
    Sample back;
    QVERIFY(applySampleOptions(back, recipe.settings).ok());
    for (const auto& option : sampleOptions()) {
      QVERIFY2(option.get(back) == option.get(sample), option.name.c_str());
    }
    QCOMPARE(back.loras, sample.loras);
    QCOMPARE(recipe.facts.token, std::string("sks"));
    QCOMPARE(recipe.facts.project, std::filesystem::path("/p"));
    QCOMPARE(recipe.facts.files.at(0).sha256, std::string("00"));
  }

  void recipesOfAFirstVersion() {
    const auto sample = sampleFromRecipe(
        R"({"version":1,"prompt":"a [V] dog","sampler":"plms","steps":20,"guidance":4.0,"seed":7,"width":64,)"
        R"("height":32,"eta":0.0,"precision":"fp32","checkpoint":null})");
    QVERIFY(sample.has_value());
    QCOMPARE(sample->width, 64);
    QCOMPARE(sample->height, 32);
    QCOMPARE(sample->seed, std::uint64_t(7));
    QCOMPARE(sample->weights, WhichWeights::Base);
    QVERIFY(!sampleFromRecipe("no json").has_value());
    QVERIFY(!sampleFromRecipe("[1]").has_value());
  }

  void hostileRecipes() {
    for (const char* text :
         {R"({})", R"({"steps":"many","seed":-1,"size":"1x","lora":"x","embedding":[1,null],"files":[1,{"role":2}]})",
          R"({"grid":{"a":1},"batch":[1],"checkpoint":5,"prompt":{"a":1}})",
          R"({"grid":[{"setting":3,"values":[[1],null]}],"batch":{"seed":-3,"count":"x"},"width":"a","height":[]})"}) {
      const auto sample = sampleFromRecipe(text);
      QVERIFY2(sample.has_value(), text);
      QCOMPARE(sample->steps, Sample().steps);
    }
  }

  void listsAreReplacedThenAddedTo() {
    Sample sample;
    sample.loras = {{"old", 1}};
    QVERIFY(applySampleOptions(sample, {{"lora", "a.safetensors:0.5"}, {"steps", "3"}, {"lora", "b.safetensors"}}).ok());
    QCOMPARE(sample.loras, (std::vector<LoraChoice>{{"a.safetensors", 0.5}, {"b.safetensors", 1}}));
    QCOMPARE(sample.steps, 3);
  }

  void badValuesAreExplained_data() {
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("value");
    QTest::addColumn<QString>("told");
    QTest::newRow("name") << "guidence" << "3" << "Did you mean guidance?";
    QTest::newRow("strength") << "strength" << "1.5" << "from 0 to 1";
    QTest::newRow("sampler") << "sampler" << "eulr" << "Did you mean euler?";
    QTest::newRow("schedule") << "schedule" << "karas" << "Did you mean karras?";
    QTest::newRow("dtype") << "dtype" << "fp8" << "fp32, bf16 or fp16";
    QTest::newRow("size") << "size" << "big" << "128x128";
    QTest::newRow("half a size") << "size" << "512x-3" << "128x128";
    QTest::newRow("negative step") << "checkpoint" << "-5" << "a step, best, last or base";
    QTest::newRow("checkpoint") << "checkpoint" << "beste" << "a step, best, last or base";
    QTest::newRow("steps") << "steps" << "0" << "from 1 to 1000";
    QTest::newRow("seed") << "seed" << "-1" << "seed";
    QTest::newRow("lora") << "lora" << "a:1e9" << "between -100 and 100";
    QTest::newRow("nan") << "guidance" << "nan" << "from 0 to 100";
  }
  void badValuesAreExplained() {
    QFETCH(const QString, name);
    QFETCH(const QString, value);
    QFETCH(const QString, told);
    const auto message = QString::fromStdString(messageOf({{name.toStdString(), value.toStdString()}}));
    QVERIFY2(message.contains(told), qPrintable(message));
    // Nothing of a bad value stays.
    Sample sample;
    QVERIFY(!applySampleOptions(sample, {{name.toStdString(), value.toStdString()}}).ok());
    QCOMPARE(recipeJson(sample, {}).dump(), recipeJson(Sample(), {}).dump());
  }

  void dashesAndUnderscoresAreOne() {
    QCOMPARE(messageOf({{"guidance-rescale", "0.5"}, {"clip_skip", "2"}}), std::string());
  }

  void contradictions() {
    const auto message = [](const std::function<void(Sample&)>& change) {
      Sample sample;
      change(sample);
      const auto checked = checkSample(sample);
      return checked.ok() ? std::string() : checked.error().message;
    };
    QCOMPARE(message([](Sample&) {}), std::string());
    QVERIFY(message([](Sample& s) { s.mask = "m.png"; }).find("--from") != std::string::npos);
    QVERIFY(message([](Sample& s) { s.from = "f.png", s.initNoise = "n"; }).find("Leave one out") != std::string::npos);
    QVERIFY(message([](Sample& s) { s.from = "f.png", s.strength = 0; }).find("stays as it is") != std::string::npos);
    QVERIFY(message([](Sample& s) { s.hiresScale = 2, s.hiresStrength = 0; }).find("refined") != std::string::npos);
    QVERIFY(message([](Sample& s) { s.grid = {{"seed", {"1"}}}, s.count = 2; }).find("--count") != std::string::npos);
  }

  void grids() {
    const auto axes = parseGrid("seed=1-3; guidance = 3, 7.5").value();
    QCOMPARE(axes, (std::vector<GridAxis>{{"seed", {"1", "2", "3"}}, {"guidance", {"3", "7.5"}}}));
    QCOMPARE(parseGrid("steps=10-50 (+20)").value()[0].values, (std::vector<std::string>{"10", "30", "50"}));
    QCOMPARE(parseGrid("replace=snow,\"sand, sea; \"\"x\"\"\"").value()[0].values,
             (std::vector<std::string>{"snow", "sand, sea; \"x\""}));
    Sample sample;
    sample.prompt = "a dog in snow";
    sample.negative = "snow storm";
    sample.loras = {{"a", 1}, {"b", 1}};
    sample.grid = parseGrid("replace=snow,sand; lora-weight=0.5,1").value();
    const auto cells = gridCells(sample).value();
    QCOMPARE(cells.size(), std::size_t(4));
    QCOMPARE(cells[1].sample.prompt, std::string("a dog in sand"));
    QCOMPARE(cells[1].sample.negative, std::string("sand storm"));
    QCOMPARE(cells[1].sample.loras[1].weight, 0.5);
    QCOMPARE(cells[2].sample.prompt, std::string("a dog in snow"));
    QCOMPARE(cells[3].row, std::string("lora weight 1"));
    QCOMPARE(cells[3].column, std::string("sand"));
    QVERIFY(cells[3].sample.grid.empty());
  }

  void badGridsAreExplained() {
    QVERIFY(gridMessage("sed=1").find("Did you mean seed?") != std::string::npos);
    QVERIFY(gridMessage("").find("no axis") != std::string::npos);
    QVERIFY(gridMessage("seed").find("seed=1,2,3") != std::string::npos);
    QVERIFY(gridMessage("seed=").find("no values") != std::string::npos);
    QVERIFY(gridMessage("seed=1;steps=2;eta=0").find("two axes") != std::string::npos);
    QVERIFY(gridMessage("seed=1;seed=2").find("Both axes") != std::string::npos);
    QVERIFY(gridMessage("seed=0-18446744073709551615").find("too many") != std::string::npos);
    QVERIFY(gridMessage("seed=1-100;steps=1-100").find("too many") != std::string::npos);
    Sample sample;
    sample.prompt = "a dog";
    for (const auto* text : {"replace=cat,owl", "lora_weight=1", "sampler=eulr", "steps=1-3,x"}) {
      sample.grid = parseGrid(text).value();
      QVERIFY2(!gridCells(sample).ok(), text);
    }
    sample.grid = {{"seed", {}}};
    QVERIFY(!gridCells(sample).ok());
  }
};

QTEST_APPLESS_MAIN(TestSampleOptions)
#include "test_sample_options.moc"
