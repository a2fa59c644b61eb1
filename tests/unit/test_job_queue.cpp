#include <QTemporaryDir>
#include <QTest>
#include <fstream>
#include <thread>

#include "core/base/json.h"
#include "core/batch/job_queue.h"

using namespace likeness;
namespace fs = std::filesystem;

class TestJobQueue : public QObject {
  Q_OBJECT

  std::unique_ptr<QTemporaryDir> m_folder;
  fs::path m_file;

  static std::vector<std::int64_t> ids(const JobQueue& queue) {
    std::vector<std::int64_t> all;
    const auto jobs = queue.jobs().value();
    for (const auto& job : jobs) all.push_back(job.id);
    return all;
  }

 private Q_SLOTS:
  void init() {
    m_folder = std::make_unique<QTemporaryDir>();
    m_file = fs::path(m_folder->path().toStdString()) / "new" / "queue.json";
  }

  void keepsJobsInOrder() {
    JobQueue queue(m_file);
    QVERIFY(queue.jobs().value().empty());
    for (const char* project : {"a", "b", "c", "d"}) {
      QVERIFY(queue.add({"train", project, "--steps", "1 2"}, "/tmp").ok());
    }
    QCOMPARE(ids(queue), (std::vector<std::int64_t>{1, 2, 3, 4}));
    queue.move(4, 1).value();
    queue.move(1, 99).value();
    QCOMPARE(ids(queue), (std::vector<std::int64_t>{4, 2, 3, 1}));
    queue.remove(2).value();
    QVERIFY(queue.add({"priors", "e"}, "/tmp").value() == 5);  // numbers are not used again
    QCOMPARE(ids(queue), (std::vector<std::int64_t>{4, 3, 1, 5}));
    QVERIFY(queue.remove(2).error().code == ErrorCode::NotFound);
    const auto jobs = JobQueue(m_file).jobs().value();
    QCOMPARE(jobs[0].arguments, (std::vector<std::string>{"train", "d", "--steps", "1 2"}));
    QCOMPARE(jobs[0].folder, fs::path("/tmp"));
  }

  void interruptedJobsComeFirst() {
    JobQueue queue(m_file);
    for (const char* project : {"a", "b"}) QVERIFY(queue.add({"train", project}, "/tmp").ok());
    const auto first = queue.begin().value();
    QVERIFY(first && first->id == 1 && first->state == QueuedState::Waiting);
    queue.noteRunFolder(1, "/runs/7").value();
    queue.move(2, 1).value();
    const auto again = JobQueue(m_file).begin().value();  // as after a kill
    QVERIFY(again && again->id == 1 && again->state == QueuedState::Started);
    QCOMPARE(again->runFolder, fs::path("/runs/7"));
    QVERIFY(queue.move(1, 2).error().code == ErrorCode::InvalidArgument);
    queue.finish(1, QueuedState::Failed, "Because.").value();
    QCOMPARE(queue.begin().value()->id, 2);
    queue.finish(2, QueuedState::Done, "").value();
    QVERIFY(!queue.begin().value());
    QVERIFY(queue.add({"train", "c"}, "/tmp").ok());
    QCOMPARE(queue.clear(false).value(), 2);
    QCOMPARE(queue.clear(true).value(), 1);
  }

  void oneRunsAtATime() {
    JobQueue queue(m_file), other(m_file);
    QVERIFY(queue.add({"train", "a"}, "/tmp").ok());
    {
      const auto lock = queue.lockToRun().value();
      QVERIFY(lock.has_value());
      QVERIFY(!other.lockToRun().value());
      QVERIFY(other.runs());
      QVERIFY(queue.begin().value().has_value());
      QVERIFY(other.remove(1).error().code == ErrorCode::InvalidArgument);
      QVERIFY(other.add({"train", "b"}, "/tmp").ok());  // while it runs
    }
    QVERIFY(!other.runs());
    other.remove(1).value();
    QCOMPARE(ids(queue), (std::vector<std::int64_t>{2}));
  }

  void loseNothingToEachOther() {
    std::vector<std::jthread> writers;
    for (int writer = 0; writer < 4; ++writer) {
      writers.emplace_back([this] {
        JobQueue queue(m_file);
        for (int i = 0; i < 10; ++i) static_cast<void>(queue.add({"train", "a"}, "/tmp").value());
      });
    }
    writers.clear();
    QCOMPARE(JobQueue(m_file).jobs().value().size(), 40u);
  }

  void damagedFilesAreToldAndKept() {
    fs::create_directories(m_file.parent_path());
    const auto odd = R"({"version": 1, "jobs": [{"id": 1, "arguments": ["x"], "folder": "/", "state": "odd"}]})";
    for (const char* bad : {"", "[", "{\"version\": 1, \"jobs\": [3]}", "{\"version\": 9}", odd}) {
      std::ofstream(m_file) << bad;
      JobQueue queue(m_file);
      QVERIFY2(!queue.jobs().ok(), bad);
      const auto added = queue.add({"train", "a"}, "/tmp");
      QVERIFY2(!added.ok() && added.error().message.find("queue.json") != std::string::npos, bad);
      std::ifstream stream(m_file);
      QCOMPARE(std::string(std::istreambuf_iterator<char>(stream), {}), std::string(bad));
    }
  }
};

int runJobQueueTests(int argc, char** argv) {
  TestJobQueue test;
  return QTest::qExec(&test, argc, argv);
}
#include "test_job_queue.moc"
