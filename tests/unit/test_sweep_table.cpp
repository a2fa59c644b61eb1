#include <QTemporaryDir>
#include <QTest>
#include <cmath>
#include <fstream>

#include "core/base/json.h"
#include "core/batch/sweep_table.h"
#include "core/project/project.h"
#include "core/project/run_folder.h"

using namespace likeness;
namespace fs = std::filesystem;

// The records of runs are written by hand here, so that what the table says of them is known.
class TestSweepTable : public QObject {
  Q_OBJECT

  std::unique_ptr<QTemporaryDir> m_folder;
  fs::path m_root;

  Sweep make(const std::string& yaml) {
    ProjectFile content;
    content.classNoun = "dog";
    if (!fs::exists(m_root / "p")) static_cast<void>(Project::create(m_root / "p", content, {}).value());
    std::ofstream(m_root / "sweep.yaml") << yaml;
    return createSweep(m_root / "sweep.yaml").value();
  }

  static void record(const Sweep& sweep, int run, const std::vector<std::string>& lines) {
    const auto folder = sweep.runFolder(sweep.trials[static_cast<std::size_t>(run - 1)]);
    fs::create_directories(folder);
    std::ofstream log(folder / "metrics.jsonl");
    for (const auto& line : lines) log << line << '\n';
  }

 private Q_SLOTS:
  void init() {
    m_folder = std::make_unique<QTemporaryDir>();
    m_root = m_folder->path().toStdString();
  }

  void ordersByValidation() {
    const auto sweep = make("project: p\nbase: {steps: 2}\noptions: {batch_size: [1, 2, 3, 4]}\n");
    record(sweep, 1, {R"({"step": 1, "instance_loss": 0.5, "steps_per_second": 4})",
                      R"({"step": 2, "instance_loss": 0.3, "prior_loss": 0.1, "validation_loss": 0.9,)"
                      R"( "steps_per_second": 2})"});
    record(sweep, 2, {R"({"step": 1, "validation_loss": 0.2})", R"({"step": 2, "validation_loss": 0.4})"});
    record(sweep, 3, {R"({"step": 2, "validation_loss": 0.1})"});
    writeTrialFailure(sweep, sweep.trials[2], "Its loss, a \"NaN\".").value();
    const auto rows = sweepRows(sweep).value();
    std::vector<int> order;
    for (const auto& row : rows) order.push_back(row.trial.number);
    QCOMPARE(order, (std::vector<int>{2, 1, 4, 3}));  // 4 has no record, 3 failed
    QCOMPARE(rows[0].bestStep, 1);
    QCOMPARE(rows[0].validationLoss, 0.4);
    QCOMPARE(rows[1].instanceLoss, 0.4);  // the mean of both steps
    QCOMPARE(rows[1].priorLoss, 0.1);     // of the one that has it
    QCOMPARE(rows[1].seconds, 0.75);
    QCOMPARE(rows[2].state, std::string("left"));
    QVERIFY(std::isnan(rows[2].validationLoss));
    QVERIFY(isRanked(rows));
    const auto json = parseJson(sweepJson(sweep, rows));
    QCOMPARE(json["runs"].size(), 4u);
    QVERIFY(json["runs"][2]["validation_loss"].is_null());
    QCOMPARE(json["runs"][3]["failure"].get<std::string>(), std::string("Its loss, a \"NaN\"."));
    QVERIFY(sweepMarkdown(sweep, rows).find("| 2 | 2 | finished | 2 |") != std::string::npos);
    const auto csv = sweepCsv(rows);
    QVERIFY(csv.starts_with("run,batch_size,state,"));
    QCOMPARE(std::count(csv.begin(), csv.end(), '\n'), 5);
  }

  void aRunThatEndedEarlyIsFinished() {
    const auto sweep = make("project: p\nbase: {steps: 9}\noptions: {batch_size: [1, 2]}\n");
    for (const int run : {1, 2}) record(sweep, run, {R"({"step": 4, "validation_loss": 0.1})"});
    writeRunRecord(sweep.runFolder(sweep.trials[0]), {RunState::Finished, 4, 9, "Ended early."}).value();
    writeRunRecord(sweep.runFolder(sweep.trials[1]), {RunState::Stopped, 4, 9, "Rests."}).value();
    const auto rows = sweepRows(sweep).value();
    QCOMPARE(rows[0].state, std::string("finished"));
    QCOMPARE(rows[1].state, std::string("left"));
  }

  void rungsComeBeforeLosses() {
    const auto sweep = make("project: p\nbase: {steps: 4}\nhalving: {first: 2}\noptions: {batch_size: [1, 2]}\n");
    record(sweep, 1, {R"({"step": 2, "validation_loss": 0.1})"});
    record(sweep, 2, {R"({"step": 4, "validation_loss": 0.2})"});
    const auto rows = sweepRows(sweep).value();
    QCOMPARE(rows.front().trial.number, 2);
    QCOMPARE(rows.back().state, std::string("left"));
  }

  void withoutValidationNobodyIsBest() {
    const auto sweep = make("project: p\nbase: {steps: 1}\noptions: {batch_size: [1]}\n");
    record(sweep, 1, {R"({"step": 1, "instance_loss": 0.5})"});
    const auto rows = sweepRows(sweep).value();
    QVERIFY(!isRanked(rows));
    QVERIFY(sweepMarkdown(sweep, rows).find("no validation loss says which is best") != std::string::npos);
  }

  void foldersAreNeverShared() {
    const std::string yaml = "project: p\noptions: {batch_size: [1, 2]}\n";
    const auto first = make(yaml), second = make(yaml);
    QVERIFY(first.folder != second.folder);
    QCOMPARE(findSweep(m_root / "sweep.yaml").value().folder, second.folder);
    std::ofstream(m_root / "sweep.yaml") << yaml << "# another\n";
    QVERIFY(findSweep(m_root / "sweep.yaml").error().code == ErrorCode::NotFound);
  }

  // What a sweep trains is settled when it begins: later edits of the project don't reach it, and it may move.
  void keepsItsOptions() {
    const auto sweep = make("project: p\nbase: {steps: 5}\noptions: {batch_size: [1, 2]}\n");
    Project::open(m_root / "p")
        .value()
        .edit([](ProjectFile& content) -> Result<void> { return content.train.seed = 99, Result<void>(); })
        .value();
    fs::rename(m_root / "p", m_root / "q");
    const auto again = openSweep(m_root / "q" / "sweeps" / sweep.id()).value();
    QCOMPARE(again.file.project, m_root / "q");
    QCOMPARE(again.trials.size(), 2u);
    QCOMPARE(again.trials[1].options, sweep.trials[1].options);
    QCOMPARE(again.trials[1].steps, 5);
  }

  void damagedPlansAreTold() {
    const auto sweep = make("project: p\noptions: {batch_size: [1, 2]}\n");
    for (const char* bad : {"", "[]", "{\"version\": 1}", "{\"version\": 1, \"runs\": [1]}",
                            "{\"version\": 1, \"runs\": [{}]}",
                            R"({"version": 1, "runs": [{"options": [["stepz", "1"]]}]})"}) {
      std::ofstream(sweep.folder / "plan.json") << bad;
      const auto opened = openSweep(sweep.folder);
      QVERIFY2(!opened.ok() && opened.error().message.find("plan.json") != std::string::npos, bad);
    }
  }
};

int runSweepTableTests(int argc, char** argv) {
  TestSweepTable test;
  return QTest::qExec(&test, argc, argv);
}
#include "test_sweep_table.moc"
