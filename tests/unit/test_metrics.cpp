#include <QProcess>
#include <QTemporaryDir>
#include <QTest>
#include <cmath>
#include <fstream>
#include <limits>

#include "core/base/atomic_file.h"
#include "core/metrics/jsonl_log.h"
#include "core/metrics/tensorboard_writer.h"

using namespace likeness;

namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

MetricPoint pointAt(std::int64_t step) {
  MetricPoint point;
  point.step = step;
  point.instanceLoss = 0.1 / static_cast<double>(step + 1);
  point.priorLoss = kNaN;
  point.validationLoss = step % 2 ? kNaN : 0.5;
  point.learningRate = 1e-4;
  point.textEncoderLearningRate = 2e-5;
  point.gradNorm = 0.75;
  point.stepsPerSecond = 3.5;
  return point;
}

Image gradient(int width, int height) {
  Image image{width, height, {}};
  for (int i = 0; i < width * height * 3; ++i) image.rgb.push_back(static_cast<std::uint8_t>(i * 7));
  return image;
}

}  // namespace

class TestMetrics : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void crcKnownAnswers() {
    // RFC 3720, appendix B.4.
    QCOMPARE(crc32c(std::string(32, '\0')), 0x8A9136AAu);
    QCOMPARE(crc32c(std::string(32, '\xff')), 0x62A8AB43u);
    QCOMPARE(crc32c("123456789"), 0xE3069283u);
  }

  void jsonlKeepsValuesAndLeavesOutNaN() {
    QTemporaryDir folder;
    const auto path = std::filesystem::path(folder.path().toStdString()) / "metrics.jsonl";
    auto log = JsonlLog::open(path);
    QVERIFY(log.ok());
    for (int step = 1; step <= 3; ++step) QVERIFY(log->append(pointAt(step)).ok());
    const auto text = readFile(path, 1 << 20).value();  // flushed while the log is open
    QVERIFY(text.find("prior_loss") == std::string::npos);
    const auto points = readMetrics(path).value();
    QCOMPARE(points.size(), std::size_t{3});
    QCOMPARE(points[1].step, std::int64_t{2});
    QCOMPARE(points[1].instanceLoss, pointAt(2).instanceLoss);  // exactly: shortest round-trip decimal
    QVERIFY(std::isnan(points[1].priorLoss));
    QCOMPARE(points[1].validationLoss, 0.5);
    QVERIFY(std::isnan(points[2].validationLoss));
  }

  void jsonlReadsARecordWithACutLastLine() {
    QTemporaryDir folder;
    const auto path = std::filesystem::path(folder.path().toStdString()) / "metrics.jsonl";
    std::ofstream(path) << "{\"step\":1,\"instance_loss\":0.5}\nnot json\n[1]\n{\"step\":2}\n{\"step\":3,\"inst";
    const auto points = readMetrics(path).value();
    QCOMPARE(points.size(), std::size_t{2});
    QCOMPARE(points.back().step, std::int64_t{2});
    QVERIFY(readMetrics(path.string() + ".missing").value().empty());
  }

  void jsonlResumeDropsLaterSteps() {
    QTemporaryDir folder;
    const auto path = std::filesystem::path(folder.path().toStdString()) / "metrics.jsonl";
    {
      auto log = JsonlLog::open(path).value();
      for (int step = 0; step <= 9; ++step) QVERIFY(log.append(pointAt(step)).ok());
    }
    std::ofstream(path, std::ios::app) << "{\"step\":10,\"ins";
    {
      auto log = JsonlLog::resume(path, 4).value();
      QVERIFY(log.append(pointAt(5)).ok());
    }
    const auto points = readMetrics(path).value();
    QCOMPARE(points.size(), std::size_t{6});
    for (std::size_t i = 0; i < points.size(); ++i) QCOMPARE(points[i].step, static_cast<std::int64_t>(i));
  }

  void jsonlTellsWhyItCannotOpen() {
    const auto log = JsonlLog::open("/nonexistent-folder/metrics.jsonl");
    QVERIFY(!log.ok());
    QVERIFY(QString::fromStdString(log.error().message).contains("metrics.jsonl"));
  }

  // What TensorBoard's own reader says of our files (tests/integration/read_events.py checks the values).
  void tensorBoardReadsOurEvents() {
    QTemporaryDir folder;
    const std::filesystem::path path = folder.path().toStdString();
    {
      auto board = TensorBoardWriter::open(path).value();
      QVERIFY(board.text("config", 0, "| option | value |\n|---|---|\n| steps | 400 |").ok());
      for (int step = 1; step <= 9; ++step) QVERIFY(board.metrics(pointAt(step)).ok());
      QVERIFY(board.image("preview/0", 4, gradient(20, 10)).ok());
      QVERIFY(board.scalar("memory/peak_bytes", 4, 3e9).ok());
      QVERIFY(board.histogram("lora_norm/unet", 0, std::vector<double>(8, 0.0)).ok());
      QVERIFY(board.histogram("lora_norm/unet", 4, {0.5, 1.0, 1.25, 4.0}).ok());
    }
    {
      auto board = TensorBoardWriter::open(path, 5).value();  // goes on after a checkpoint of step 4
      for (int step = 5; step <= 6; ++step) QVERIFY(board.metrics(pointAt(step)).ok());
    }
    const auto python = qEnvironmentVariable("LIKENESS_REFERENCE_PYTHON", LIKENESS_REFERENCE_PYTHON);
    if (python.isEmpty()) QSKIP("no Python with TensorBoard: set LIKENESS_REFERENCE_PYTHON when configuring or here");
    QProcess reader;
    reader.setProcessChannelMode(QProcess::MergedChannels);
    reader.start(python, {LIKENESS_SOURCE_DIR "/tests/integration/read_events.py", folder.path()});
    QVERIFY(reader.waitForFinished(120'000));
    const auto output = reader.readAll();
    QVERIFY2(reader.exitCode() == 0, output.constData());
  }
};

QTEST_APPLESS_MAIN(TestMetrics)
#include "test_metrics.moc"
