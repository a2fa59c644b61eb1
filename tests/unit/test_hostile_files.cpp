#include <sys/stat.h>

#include <QDir>
#include <QElapsedTimer>
#include <QTemporaryDir>
#include <QTest>
#include <fstream>

#include "core/weights/diffusers_folder.h"
#include "core/weights/open_weights.h"
#include "tests/support/allocation_peak.h"
#include "tests/support/torch_maker.h"
#include "tests/unit/hostile_files.h"

namespace likeness {
namespace fs = std::filesystem;
namespace {

// What a message to a person must be: one line, not long, that names the file and ends with what to do.
std::string badMessage(const Error& error, const fs::path& path) {
  const auto& message = error.message;
  if (message.find(path.string()) == std::string::npos) return "does not name the file: " + message;
  if (!message.ends_with('.') || message.find(". ") == std::string::npos) return "has no next step: " + message;
  if (message.find('\n') != std::string::npos || message.size() > 500) return "is not one sentence: " + message;
  if (std::any_of(message.begin(), message.end(), [](unsigned char c) { return c < 0x20; })) return "holds control letters";
  if (error.path.empty()) return "has no path";
  return {};
}

}  // namespace

class TestHostileFiles : public QObject {
  Q_OBJECT

 private:
  QTemporaryDir m_folder;
  const std::vector<HostileFile> m_files = hostileFiles();
  fs::path folder() const { return m_folder.path().toStdString(); }
  fs::path write(const std::string& name, const std::string& bytes) const {
    const auto path = folder() / name;
    fs::create_directories(path.parent_path());
    std::ofstream(path, std::ios::binary | std::ios::trunc) << bytes;
    return path;
  }

 private Q_SLOTS:
  void init() {
    for (const auto& entry : fs::directory_iterator(folder())) fs::remove_all(entry.path());
  }

  void honestFilesOpen() {
    QVERIFY(openWeightsFile(write("a", torchZip(pickle::simple(), simpleStorage()))).ok());
    QVERIFY(openWeightsFile(write("b", zipArchive(torchZipParts(pickle::simple(), simpleStorage()), true))).ok());
    const auto legacy = openWeightsFile(write("c", torchLegacy(pickle::simple(true), simpleStorage())));
    QVERIFY(legacy.ok());
    QCOMPARE((*legacy)->tensor("b").sum().item<float>(), 7.0F);
  }

  void everyFileIsRefused_data() {
    QTest::addColumn<int>("row");
    for (std::size_t i = 0; i < m_files.size(); ++i) QTest::newRow(m_files[i].name.c_str()) << static_cast<int>(i);
  }
  void everyFileIsRefused() {
    QFETCH(int, row);
    const auto& file = m_files[static_cast<std::size_t>(row)];
    const auto path = write("model.ckpt", file.bytes());
    const auto size = fs::file_size(path);
    const AllocationPeak peak;
    QElapsedTimer timer;
    timer.start();
    const auto opened = openWeightsFile(path);
    const auto bytes = peak.bytes();
    QVERIFY(!opened.ok());
    const auto bad = badMessage(opened.error(), path);
    QVERIFY2(bad.empty(), bad.c_str());
    QVERIFY2(opened.error().message.find(file.says) != std::string::npos, opened.error().message.c_str());
    QVERIFY2(bytes <= size + 64'000'000, std::to_string(bytes).c_str());
    QVERIFY(timer.elapsed() < 5000);
    // Nothing was written beside it, the file itself is as it was, and no shell ran.
    QCOMPARE(QDir(m_folder.path()).entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot),
             QStringList{"model.ckpt"});
    QVERIFY(fs::file_size(path) == size && !fs::exists("/tmp/likeness-was-here"));
  }

  void thingsThatAreNoFiles() {
    const auto refused = [&](const fs::path& path) {
      const auto opened = openWeightsFile(path);
      return opened.ok() ? std::string("opened") : badMessage(opened.error(), path);
    };
    QCOMPARE(refused(folder() / "nowhere.ckpt"), std::string());
    fs::create_directory(folder() / "folder.ckpt");
    QCOMPARE(refused(folder() / "folder.ckpt"), std::string());
    QCOMPARE(::mkfifo((folder() / "pipe.ckpt").c_str(), 0600), 0);
    QCOMPARE(refused(folder() / "pipe.ckpt"), std::string());
    fs::create_symlink("loop.ckpt", folder() / "loop.ckpt");
    QCOMPARE(refused(folder() / "loop.ckpt"), std::string());
  }

  void everyFolderIsRefused_data() {
    QTest::addColumn<QString>("file");
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("says");
    const auto row = [](const char* name, const char* file, const std::string& bytes, const char* says) {
      QTest::newRow(name) << QString(file) << QByteArray::fromStdString(bytes) << QString(says);
    };
    const std::string shell = torchZip(pickle::whole(pickle::call(pickle::global("os", "system"), {pickle::text("id")})), {});
    row("no weights", "config.json", "{}", "holds no weights");
    row(".bin that calls os.system", "diffusion_pytorch_model.bin", shell, "os.system");
    row("fp16 .bin that calls os.system", "pytorch_model.fp16.bin", shell, "os.system");
    row("safetensors that is a pickle", "model.non_ema.safetensors", shell, "os.system");
    row("cut safetensors", "model.safetensors", std::string("\x40\0\0\0\0\0\0\0{", 9), "before that");
    row("index of nothing", "model.safetensors.index.json", "", "not a JSON object");
    row("index that leaves the folder", "pytorch_model.bin.index.json", "{\"weight_map\":{\"a\":\"../x.bin\"}}", "outside");
    row("index of a missing shard", "diffusion_pytorch_model.bin.index.json", "{\"weight_map\":{\"a\":\"x.bin\"}}", "missing");
    row("index of itself", "model.safetensors.index.fp16.json",
        "{\"weight_map\":{\"a\":\"model.safetensors.index.fp16.json\"}}", "another kind");
    row("index nested for ever", "model.safetensors.index.json", "{\"weight_map\":" + std::string(9'000'000, '['),
        "more values");
    row("index of a million names", "model.safetensors.index.json",
        "{\"weight_map\":[" + [] {
          std::string all;
          for (int i = 0; i < 1'000'000; ++i) all += "0,";
          return all;
        }() + "0]}", "more values");
  }
  void everyFolderIsRefused() {
    QFETCH(QString, file);
    QFETCH(QByteArray, bytes);
    QFETCH(QString, says);
    write("unet/" + file.toStdString(), bytes.toStdString());
    const AllocationPeak peak;
    const auto opened = openComponentWeights(folder() / "unet");
    const auto taken = peak.bytes();
    QVERIFY(!opened.ok());
    const auto bad = badMessage(opened.error(), folder() / "unet");
    QVERIFY2(bad.empty(), bad.c_str());
    QVERIFY2(opened.error().message.find(says.toStdString()) != std::string::npos, opened.error().message.c_str());
    QVERIFY2(taken <= static_cast<std::size_t>(bytes.size()) + 64'000'000, std::to_string(taken).c_str());
    QCOMPARE(QDir(m_folder.path() + "/unet").entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot),
             QStringList{file});
  }
};

}  // namespace likeness

QTEST_APPLESS_MAIN(likeness::TestHostileFiles)
#include "test_hostile_files.moc"
