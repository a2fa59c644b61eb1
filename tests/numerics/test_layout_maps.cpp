// Names, shapes and bytes of single files against those that diffusers' conversion scripts make.
#include <QTest>
#include <set>

#include "core/weights/layouts/part_views.h"
#include "core/weights/mapped_source.h"
#include "tests/support/filled_model.h"

QObject* makeTestSingleFile();
QObject* makeTestModelRoundTrips();

namespace likeness {
namespace {

using test::filledModel;
using test::layoutFixture;

std::vector<std::int64_t> shapeIn(const Json& row) { return row[0].get<std::vector<std::int64_t>>(); }

// How many parts, of which names, formats.md gives the released models.
const std::map<std::string, std::map<std::string, std::size_t>> kReleased = {
    {"sd1_full", {{kUNet, 686}, {kVae, 248}, {kTextEncoder, 196}}},
    {"sd2_full", {{kUNet, 686}, {kVae, 248}, {kTextEncoder, 372}}},
    {"xl_full", {{kUNet, 1680}, {kVae, 248}, {kTextEncoder, 196}, {kTextEncoder2, 517}}}};

}  // namespace

class TestLayoutMaps : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void ourSingleFileIsDiffusers_data() {
    QTest::addColumn<QString>("name");
    for (const auto* name : {"sd1", "sd1_inpaint", "sd2", "xl", "xl_inpaint", "sd1_full", "sd2_full", "xl_full"}) {
      QTest::newRow(name) << name;
    }
  }
  void ourSingleFileIsDiffusers() {
    QFETCH(QString, name);
    const auto fixture = layoutFixture(name.toStdString());
    const auto whole = compvisView(filledModel(fixture));
    QVERIFY2(whole.ok(), whole.ok() ? "" : whole.error().message.c_str());
    const auto& expected = fixture["single_file"];
    QCOMPARE((*whole)->tensors().size(), expected.size());
    for (const auto& [key, row] : expected.items()) {
      const auto found = (*whole)->tensors().find(key);
      QVERIFY2(found != (*whole)->tensors().end(), key.c_str());
      QVERIFY2(found->second.shape == shapeIn(row), key.c_str());
      if (row.size() < 2) continue;  // names and shapes only
      const auto tensor = (*whole)->tensor(key);
      QVERIFY2(tensor.sizes().equals(found->second.shape), key.c_str());
      QVERIFY2(test::shortHash(tensor) == row[1].get<std::string>(), key.c_str());
    }
  }

  void diffusersSingleFileIsReadBack_data() { ourSingleFileIsDiffusers_data(); }
  // The file as the script writes it, without any metadata of ours: the same tensors come back under diffusers' names.
  void diffusersSingleFileIsReadBack() {
    QFETCH(QString, name);
    const auto fixture = layoutFixture(name.toStdString());
    const auto original = filledModel(fixture);
    const auto read = openSingleFile(compvisView(original).value());
    QVERIFY2(read.ok(), read.ok() ? "" : read.error().message.c_str());
    QVERIFY(read->family == original.family && read->missing().empty() && read->metadata.empty());
    QCOMPARE(read->parts.size(), original.parts.size());
    const bool tiny = fixture["single_file"].begin()->size() == 2;
    for (const auto& [part, own] : original.parts) {
      const auto& weights = read->parts.at(part).weights;
      QCOMPARE(weights->tensors().size(), own.weights->tensors().size());
      QCOMPARE(weights->tensors().size(), fixture["counts"][part].get<std::size_t>());
      for (const auto& [key, info] : own.weights->tensors()) {
        QVERIFY2(weights->has(key) && weights->tensors().at(key).shape == info.shape, key.c_str());
      }
      if (tiny) QCOMPARE(test::firstDifference(*weights, *own.weights), std::string());
    }
    if (const auto released = kReleased.find(name.toStdString()); released != kReleased.end()) {
      for (const auto& [part, count] : released->second) {
        QCOMPARE(read->parts.at(part).weights->tensors().size(), count);
      }
    }
  }

  void namesMapOneToOne_data() { ourSingleFileIsDiffusers_data(); }
  void namesMapOneToOne() {
    QFETCH(QString, name);
    const auto model = filledModel(layoutFixture(name.toStdString()));
    std::set<std::string> seen;
    std::size_t thirds = 0, count = 0;
    for (const auto& [part, own] : model.parts) {
      const auto alone = ModelFiles{.path = "x", .family = model.family, .parts = {{part, own}}};
      const auto names = compvisView(alone).value();
      for (const auto& [key, info] : names->tensors()) {
        QVERIFY2(seen.insert(key).second, key.c_str());
        if (key.find(".in_proj_") != std::string::npos) ++thirds;
      }
      count += own.weights->tensors().size();
    }
    QCOMPARE(seen.size() + 2 * thirds, count);
  }

  void deducedConfigsAreTheOriginals_data() { ourSingleFileIsDiffusers_data(); }
  // Nothing but the tensors is known; heads and scaling are the family's.
  void deducedConfigsAreTheOriginals() {
    QFETCH(QString, name);
    const auto fixture = layoutFixture(name.toStdString());
    const auto read = openSingleFile(compvisView(filledModel(fixture)).value()).value();
    for (const auto& [part, own] : read.parts) {
      for (const auto& [key, value] : fixture["configs"][part].items()) {
        // The sizes that pictures have are a habit of the family's, and only released configs follow it.
        if (key == "sample_size" && read.family == ModelFamily::Sd2) continue;
        const auto text = part + "." + key + " is " + own.config.value(key, Json()).dump();
        QVERIFY2(own.config.contains(key) && own.config[key] == value, text.c_str());
      }
    }
  }
};

}  // namespace likeness

int main(int argc, char** argv) {
  at::set_num_threads(1);  // the models are tiny; a second thread would mostly wait
  likeness::TestLayoutMaps maps;
  const std::unique_ptr<QObject> single(makeTestSingleFile()), trips(makeTestModelRoundTrips());
  int failed = QTest::qExec(&maps, argc, argv);
  failed += QTest::qExec(single.get(), argc, argv);
  failed += QTest::qExec(trips.get(), argc, argv);
  return failed;
}
#include "test_layout_maps.moc"
