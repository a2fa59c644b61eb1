#include <QTest>
#include <cmath>
#include <limits>
#include <set>

#include "core/batch/sweep_plan.h"

using namespace likeness;

namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

std::vector<SweepTrial> plan(const std::string& yaml, const TrainConfig& project = {}) {
  return planSweep(parseSweepFile(yaml, "/s/sweep.yaml").value(), project).value();
}

// The sentence that refuses it.
std::string refusal(const std::string& yaml) {
  const auto file = parseSweepFile(yaml, "/s/sweep.yaml");
  if (!file.ok()) return file.error().message;
  const auto planned = planSweep(*file, {});
  return planned.ok() ? "accepted" : planned.error().message;
}

std::string valueOf(const OptionList& options, const std::string& name) {
  for (const auto& [key, value] : options) {
    if (key == name) return value;
  }
  return {};
}

}  // namespace

class TestSweepFile : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void gridTriesEveryCombination() {
    const auto trials = plan(
        "project: p\nbase: {steps: 7}\noptions:\n  learning_rate: [1e-4, 2e-4]\n"
        "  batch_size: {min: 1, max: 3, count: 3}\n");
    QCOMPARE(trials.size(), 6u);
    std::set<std::string> seen;
    for (const auto& trial : trials) {
      seen.insert(describeTrial(trial));
      QCOMPARE(valueOf(trial.options, "steps"), std::string("7"));
      QCOMPARE(valueOf(trial.options, "batch_size"), valueOf(trial.tried, "batch_size"));
      QCOMPARE(trial.steps, 7);
    }
    QCOMPARE(seen.size(), 6u);
    QCOMPARE(describeTrial(trials[0]), std::string("learning_rate=1e-4, batch_size=1"));
    QCOMPARE(describeTrial(trials[1]), std::string("learning_rate=1e-4, batch_size=2"));
  }

  void logarithmicGridHasEvenRatios() {
    const auto trials =
        plan("project: p\noptions:\n  learning_rate: {min: 1e-6, max: 1e-2, scale: log, count: 3}\n");
    QCOMPARE(valueOf(trials[0].tried, "learning_rate"), std::string("1e-06"));
    QCOMPARE(valueOf(trials[1].tried, "learning_rate"), std::string("0.0001"));
    QCOMPARE(valueOf(trials[2].tried, "learning_rate"), std::string("0.01"));
  }

  void randomIsAFunctionOfItsSeed() {
    const std::string yaml =
        "project: p\nmethod: random\nruns: 40\nseed: 3\noptions:\n"
        "  learning_rate: {min: 1e-6, max: 1e-2, scale: log}\n  batch_size: {min: 1, max: 4}\n  flip: [true, false]\n";
    const auto first = plan(yaml), again = plan(yaml);
    auto otherYaml = yaml;
    otherYaml.replace(otherYaml.find("seed: 3"), 7, "seed: 4");
    const auto other = plan(otherYaml);
    std::set<std::string> batches;
    int small = 0, differing = 0, flips = 0;
    for (std::size_t i = 0; i < first.size(); ++i) {
      QCOMPARE(describeTrial(first[i]), describeTrial(again[i]));
      differing += describeTrial(first[i]) != describeTrial(other[i]) ? 1 : 0;
      const auto rate = std::stod(valueOf(first[i].tried, "learning_rate"));
      QVERIFY(rate >= 1e-6 && rate <= 1e-2);
      small += rate < 1e-4 ? 1 : 0;
      batches.insert(valueOf(first[i].tried, "batch_size"));
      flips += valueOf(first[i].tried, "flip") == "true" ? 1 : 0;
    }
    QVERIFY(flips > 10 && flips < 30);
    QVERIFY(differing > 35);
    QVERIFY2(small > 10 && small < 30, "half of a logarithmic range lies below its geometric middle");
    QCOMPARE(batches, (std::set<std::string>{"1", "2", "3", "4"}));
  }

  void moreRunsKeepTheFirst() {
    const std::string head =
        "project: p\nmethod: random\nseed: 3\noptions:\n  learning_rate: {min: 0.1, max: 0.9}\nruns: ";
    QCOMPARE(describeTrial(plan(head + "2\n")[1]), describeTrial(plan(head + "5\n")[1]));
  }

  void rungsGrowToTheEnd() {
    SweepFile sweep;
    sweep.halving = SweepHalving{10, 3};
    QCOMPARE(rungsOf(sweep, 100), (std::vector<std::int64_t>{10, 30, 90, 100}));
    sweep.halving.reset();
    QCOMPARE(rungsOf(sweep, 100), (std::vector<std::int64_t>{100}));
  }

  void theBetterPartSurvives() {
    const std::vector<RungResult> results = {{1, 0.5}, {2, 0.1}, {3, kNaN}, {4, 0.3}, {5, 0.1}, {6, 0.9}};
    QCOMPARE(survivors(results, 2), (std::vector<int>{2, 4, 5}));  // 5 alive: 3 go on
    QCOMPARE(survivors(results, 5), (std::vector<int>{2}));        // equal losses: the earlier
    QVERIFY(survivors(std::vector<RungResult>{{1, kNaN}}, 2).empty());
  }

  void refusesWithOneSentence_data() {
    QTest::addColumn<QString>("yaml");
    QTest::addColumn<QString>("part");
    const auto row = [](const char* name, const QString& yaml, const char* part) {
      QTest::newRow(name) << yaml << part;
    };
    row("unknown option", "project: p\noptions: {learning_rat: [1]}\n", "Did you mean learning_rate?");
    row("unknown base option", "project: p\nbase: {stepz: 1}\noptions: {batch_size: [1]}\n", "Did you mean steps?");
    row("unknown key", "project: p\noption: {batch_size: [1]}\n", "Did you mean options?");
    row("unknown method", "project: p\nmethod: rnadom\nruns: 2\noptions: {batch_size: [1]}\n", "Did you mean random?");
    row("bad value", "project: p\noptions: {batch_size: [1, 0]}\n", "\"0\" is not a value for batch_size");
    row("twice", "project: p\noptions: {batch_size: [1, 1]}\n", "twice");
    row("empty range", "project: p\noptions: {batch_size: {min: 3, max: 3, count: 2}}\n", "min must be below its max");
    row("range outside", "project: p\noptions: {batch_size: {min: 0, max: 3, count: 2}}\n", "a number from 1 to 256");
    row("range without end", "project: p\noptions: {batch_size: {min: 1, count: 2}}\n", "lacks min or max");
    row("log of 0", "project: p\nmethod: random\nruns: 2\noptions: {learning_rate: {min: 0, max: 1, scale: log}}\n",
        "not above 0");
    row("grid without count", "project: p\noptions: {batch_size: {min: 1, max: 3}}\n", "needs a count");
    row("random with count", "project: p\nmethod: random\nruns: 2\noptions: {batch_size: {min: 1, max: 3, count: 2}}\n",
        "Leave it out");
    row("random without runs", "project: p\nmethod: random\noptions: {batch_size: [1]}\n", "needs runs");
    row("grid with runs", "project: p\nruns: 3\noptions: {batch_size: [1]}\n", "method: random");
    row("base and options", "project: p\nbase: {batch_size: 1}\noptions: {batch_size: [1]}\n",
        "under base and under options");
    row("nothing to try", "project: p\n", "nothing to try");
    row("no values", "project: p\noptions: {batch_size: []}\n", "has no values");
    row("no project", "options: {batch_size: [1]}\n", "names no project");
    row("too many",
        "project: p\noptions:\n  learning_rate: {min: 0.1, max: 1, count: 100}\n"
        "  weight_decay: {min: 0.1, max: 1, count: 11}\n",
        "100 × 11 combinations, more than 1000");
    row("overflow",
        "project: p\noptions:\n  learning_rate: {min: 0.1, max: 1, count: 100}\n"
        "  weight_decay: {min: 0.1, max: 1, count: 100}\n"
        "  prior_weight: {min: 0.1, max: 1, count: 100}\n  max_grad_norm: {min: 0.1, max: 1, count: 100}\n"
        "  text_encoder_learning_rate: {min: 0.1, max: 1, count: 100}\n  seed: {min: 1, max: 100, count: 100}\n"
        "  lr_warmup_steps: {min: 1, max: 100, count: 100}\n  text_encoder_stop_step: {min: 1, max: 100, count: 100}\n"
        "  checkpoint_every: {min: 1, max: 100, count: 100}\n  validate_every: {min: 1, max: 100, count: 100}\n",
        "combinations, more than 1000");
    row("halving steps", "project: p\nhalving: {first: 2}\noptions: {steps: [10, 20]}\n", "Give it under base");
    row("halving without first", "project: p\nhalving: {factor: 2}\noptions: {batch_size: [1, 2]}\n", "lacks first");
    row("halving too late", "project: p\nbase: {steps: 5}\nhalving: {first: 5}\noptions: {batch_size: [1, 2]}\n",
        "Lower first or raise steps");
    row("halving blind", "project: p\nbase: {validate_every: 0}\nhalving: {first: 5}\noptions: {batch_size: [1, 2]}\n",
        "validate_every is 0");
    row("no prompts", "project: p\noptions: {batch_size: [1]}\nsamples: {seed: 1}\n", "has no prompts");
    row("too many pictures", "project: p\noptions: {batch_size: [1]}\nsamples: {prompts: [a, b], count: 17}\n",
        "more than 32 pictures");
    row("bad picture setting", "project: p\noptions: {batch_size: [1]}\nsamples: {prompts: [a], settings: {stepz: 2}}\n",
        "Did you mean steps?");
    row("newer", "version: 2\nproject: p\noptions: {batch_size: [1]}\n", "newer version");
    row("anchors", "project: &a p\noptions: {batch_size: [1]}\n", "anchors");
  }

  void refusesWithOneSentence() {
    QFETCH(QString, yaml);
    QFETCH(QString, part);
    const auto sentence = QString::fromStdString(refusal(yaml.toStdString()));
    QVERIFY2(sentence.contains(part), qPrintable(sentence));
  }

  void warnsWhereTheLossIsAnotherOne() {
    const auto advice = [](const std::string& options) {
      return comparisonAdvice(parseSweepFile("project: p\noptions: " + options + "\n", "/s/s.yaml").value());
    };
    QVERIFY(advice("{learning_rate: [1, 0.5]}").empty());
    QVERIFY(advice("{prior_weight: [1, 0.5]}").find("prior_weight") != std::string::npos);
  }

  void projectLiesBesideTheFile() {
    const auto file = parseSweepFile("project: ../fido\noptions: {batch_size: [1]}\n", "/s/t/sweep.yaml").value();
    QCOMPARE(file.project.string(), std::string("/s/fido"));
  }
};

int runSweepFileTests(int argc, char** argv) {
  TestSweepFile test;
  return QTest::qExec(&test, argc, argv);
}
#include "test_sweep_file.moc"
