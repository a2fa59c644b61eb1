#include <QtTest>

#include "core/model/memory_layout.h"
#include "tests/numerics/lora_fixture.h"

using namespace likeness;

namespace {

struct LoraCase {
  std::string name, model;
  std::vector<std::pair<std::string, double>> files;
  bool fused = false;
};

std::vector<LoraCase> loraCases() {
  std::vector<LoraCase> cases;
  const Json json = readJsonFile(loraFixture("cases.json")).value();
  for (const auto& each : json.at("cases")) {
    cases.push_back({each.at("name"), each.at("model"), each.at("files"), each.at("fused")});
  }
  return cases;
}

bool equal(const PartOutputs& a, const PartOutputs& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](const auto& x, const auto& y) { return x.first == y.first && x.second.equal(y.second); });
}

}  // namespace

/// LoRA files in every spelling against diffusers and PEFT: live, merged, and merged while loading.
class TestLoraParity : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void matchesReference_data() {
    QTest::addColumn<int>("index");
    const auto cases = loraCases();
    QVERIFY(cases.size() >= 15);
    for (std::size_t i = 0; i < cases.size(); ++i) QTest::newRow(cases[i].name.c_str()) << static_cast<int>(i);
  }

  void matchesReference() {
    QFETCH(const int, index);
    const LoraCase lora = loraCases()[static_cast<std::size_t>(index)];
    LoraFamily family(lora.model);
    const PartOutputs before = family.outputs();
    const LoraNames names = family.names();
    const auto uses = openLoras(names, lora.files);
    for (const auto& use : uses) {
      QVERIFY2(use.lora->unknown.empty(), use.lora->report(names).c_str());
    }
    double live = 0, merged = 0, loaded = 0;
    {
      const LiveLoras attached(family, uses);
      live = family.differenceFrom(lora.name);
    }
    QVERIFY(equal(family.outputs(), before));
    {
      std::vector<MergedLoras> merges;
      for (const auto& [component, module] : family.parts()) merges.emplace_back(*module, component, uses);
      merged = family.differenceFrom(lora.name);
    }
    QVERIFY(equal(family.outputs(), before));
    for (const auto& [component, module] : family.parts()) {
      QVERIFY(loadModule(*module, mergeLoras(family.sources(component), component, uses, torch::kFloat32)).ok());
    }
    loaded = family.differenceFrom(lora.name);
    qInfo("%s: live %.1e, merged %.1e, loaded merged %.1e", lora.name.c_str(), live, merged, loaded);
    QVERIFY(live <= 1e-4 && merged <= 1e-4 && loaded <= 1e-4);
  }

  // The fast paths of weights that lie channels last must not pass the LoRAs by.
  void channelsLastToo() {
    for (const char* name : {"sd1_kohya", "sd1_dora", "sd1_tucker", "sd1_dora_inputs"}) {
      LoraFamily family("sd1");
      useChannelsLast(*family.unet);
      const auto uses = openLoras(family.names(), {{name, 1.0}});
      const LiveLoras attached(family, uses);
      const double difference = family.differenceFrom(name);
      QVERIFY2(difference <= 1e-4, qPrintable(QString("%1: %2").arg(name).arg(difference)));
    }
  }

  void weightZeroIsNothing() {
    LoraFamily family("sd1");
    const PartOutputs before = family.outputs();
    const LiveLoras attached(family, openLoras(family.names(), {{"sd1_dora", 0.0}, {"sd1_kohya", 0.0}}));
    QVERIFY(equal(family.outputs(), before));
  }

  void orderDoesNotMatter() {
    LoraFamily family("sd1");
    const auto uses = openLoras(family.names(), {{"sd1_dora", 1.0}, {"sd1_kohya", 0.5}});
    PartOutputs first, second;
    {
      const LiveLoras attached(family, uses);
      first = family.outputs();
    }
    const LiveLoras attached(family, {uses[1], uses[0]});
    second = family.outputs();
    QVERIFY(maxDifference(first["unet"], second["unet"]) <= 1e-4);
    QVERIFY(maxDifference(first["text_encoder"], second["text_encoder"]) <= 1e-4);
  }
};

int runLoraParityTests(int argc, char** argv) {
  TestLoraParity test;
  return QTest::qExec(&test, argc, argv);
}

#include "test_lora_parity.moc"
