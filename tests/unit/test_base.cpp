#include <QTest>
#include <QTemporaryDir>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <filesystem>
#include <fstream>
#include <thread>

#include "core/base/atomic_file.h"
#include "core/base/hash.h"
#include "core/base/job_control.h"
#include "core/base/json.h"
#include "core/base/mapped_file.h"
#include "core/base/text.h"

using namespace likeness;
namespace fs = std::filesystem;

class TestBase : public QObject {
  Q_OBJECT
  QTemporaryDir m_dir;
  fs::path dir() const { return m_dir.path().toStdString(); }
  static std::size_t entries(const fs::path& folder) {
    return static_cast<std::size_t>(std::distance(fs::directory_iterator(folder), fs::directory_iterator()));
  }

 private Q_SLOTS:
  void resultCarriesValueOrError() {
    const Result<int> good = 3;
    QCOMPARE(*good, 3);
    const Result<int> bad = Error{ErrorCode::NotFound, "gone"};
    QVERIFY(!bad.ok());
    QVERIFY_THROWS_EXCEPTION(ErrorException, (void)bad.value());
  }

  void tryReturnsTheFirstError() {
    const auto f = [](Result<int> in) -> Result<int> {
      LK_TRY(const int x, in);
      return x + 1;
    };
    QCOMPARE(*f(1), 2);
    QCOMPARE(f(Error{ErrorCode::Corrupt, "m"}).error().code, ErrorCode::Corrupt);
  }

  void writesReplaceWholeFiles() {
    const auto path = dir() / "a.txt";
    QVERIFY(writeFileAtomically(path, "one").ok());
    QVERIFY(writeFileAtomically(path, "two").ok());
    QCOMPARE(*readFile(path, 10), std::string("two"));
    QVERIFY(!readFile(path, 2).ok());
    fs::remove(path);
  }

  void abandonedWritesLeaveNothing() {
    const auto folder = dir() / "abandoned";
    fs::create_directory(folder);
    {
      auto file = AtomicFile::create(folder / "x");
      QVERIFY(file.ok() && file->write("half").ok());
      auto directory = AtomicDirectory::create(folder / "d");
      QVERIFY(directory.ok());
      std::ofstream(directory->path() / "y") << "half";
      QCOMPARE(entries(folder), 2u);
    }
    QCOMPARE(entries(folder), 0u);
  }

  void directoriesAppearWholeAndNeverOverwrite() {
    const auto target = dir() / "whole";
    auto first = AtomicDirectory::create(target);
    std::ofstream(first->path() / "f") << "1";
    QVERIFY(!fs::exists(target));
    QVERIFY(first->commit().ok());
    QVERIFY(fs::exists(target / "f"));
    auto second = AtomicDirectory::create(target);
    QCOMPARE(second->commit().error().code, ErrorCode::InvalidArgument);
  }

  void aFullDiskIsSaid() {
    std::error_code failure;
    if (!fs::exists("/dev/full", failure)) QSKIP("this system has no /dev/full");
    QCOMPARE(systemError(ENOSPC, "write", "x").code, ErrorCode::DiskFull);
    QVERIFY(systemError(ENOSPC, "write", "x").message.find("disk is full") != std::string::npos);
  }

  void staleTemporariesGoAndLiveOnesStay() {
    const auto folder = dir() / "stale";
    fs::create_directory(folder);
    const pid_t child = fork();
    if (child == 0) _exit(0);
    waitpid(child, nullptr, 0);
    const auto dead = folder / (".x." + std::to_string(child) + "-0.tmp");
    const auto live = folder / (".x." + std::to_string(getppid()) + "-0.tmp");
    const auto other = folder / ".hidden.tmp";
    for (const auto& path : {dead, live, other}) std::ofstream(path) << "x";
    removeStaleTemporaries(folder);
    QVERIFY(!fs::exists(dead));
    QVERIFY(fs::exists(live) && fs::exists(other));
  }

  void missingAndForbiddenFilesNameThePath() {
    const auto missing = readFile(dir() / "nothing", 10);
    QCOMPARE(missing.error().code, ErrorCode::NotFound);
    QVERIFY(missing.error().message.find("nothing") != std::string::npos);
    QCOMPARE(AtomicFile::create(dir() / "no" / "where").error().code, ErrorCode::NotFound);
  }

  void mappedFilesAreCopyOnWrite() {
    const auto path = dir() / "mapped";
    std::ofstream(path) << "abc";
    auto mapped = MappedFile::open(path);
    QVERIFY(mapped.ok());
    (*mapped)->bytes()[0] = std::byte{'X'};
    QCOMPARE(*readFile(path, 10), std::string("abc"));
    std::ofstream(dir() / "empty");
    QCOMPARE(MappedFile::open(dir() / "empty").error().code, ErrorCode::Corrupt);
    QVERIFY(!MappedFile::open(dir()).ok());
  }

  void hashMatchesThePublishedVector() {
    QCOMPARE(sha256Hex("abc"), std::string("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"));
    std::ofstream(dir() / "abc") << "abc";
    QCOMPARE(*sha256OfFile(dir() / "abc"), sha256Hex("abc"));
  }

  void jsonMustBeAnObject() {
    std::ofstream(dir() / "list.json") << "[1]";
    std::ofstream(dir() / "cut.json") << "{\"a\":";
    std::ofstream(dir() / "good.json") << "{\"a\": 1, \"b\": \"x\"}";
    QCOMPARE(readJsonFile(dir() / "list.json").error().code, ErrorCode::Corrupt);
    QCOMPARE(readJsonFile(dir() / "cut.json").error().code, ErrorCode::Corrupt);
    const auto good = readJsonFile(dir() / "good.json");
    QCOMPARE(jsonOr(*good, "a", 0), 1);
    QCOMPARE(jsonOr(*good, "b", 7), 7);
  }

  void textHelpers() {
    QVERIFY(isValidUtf8("héllo 🐩"));
    QVERIFY(!isValidUtf8("\xc3("));
    QCOMPARE(nearestWord("learing_rate", {"steps", "learning_rate"}), std::string("learning_rate"));
    QCOMPARE(nearestWord("zzzzzz", {"steps", "learning_rate"}), std::string());
    QCOMPARE(formatDuration(200), std::string("3 min 20 s"));
    QCOMPARE(formatBytes(1'400'000'000), std::string("1.4 GB"));
  }

  void stopWakesAPausedWorker() {
    JobControl control;
    control.pause();
    std::atomic<bool> done{false};
    std::thread worker([&] {
      QVERIFY(!control.proceed());
      done = true;
    });
    QTest::qWait(30);
    QVERIFY(!done);
    control.requestStop();
    worker.join();
    QVERIFY(done);
    QVERIFY_THROWS_EXCEPTION(ErrorException, control.proceedOrThrow());
  }

  void requestsAreTakenOnce() {
    JobControl control;
    control.ask(JobRequest::Preview);
    control.ask(JobRequest::Preview);
    QVERIFY(!control.take(JobRequest::Checkpoint));
    QVERIFY(control.take(JobRequest::Preview));
    QVERIFY(!control.take(JobRequest::Preview));
  }
};

QTEST_APPLESS_MAIN(TestBase)
#include "test_base.moc"
