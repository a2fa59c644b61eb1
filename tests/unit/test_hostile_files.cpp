#include <sys/stat.h>

#include <QDir>
#include <QElapsedTimer>
#include <QTemporaryDir>
#include <QTest>
#include <fstream>

#include "core/base/atomic_file.h"
#include "core/weights/diffusers_folder.h"
#include "core/weights/open_weights.h"
#include "core/weights/safetensors.h"
#include "tests/support/allocation_peak.h"
#include "tests/support/torch_maker.h"
#include "tests/unit/hostile_files.h"
#include "tests/unit/hostile_models.h"
#include "tests/unit/safetensors_lies.h"

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

// The table of docs/hostile-files.md: what every row of this test is called, and what people read of it.
class Document {
 public:
  void add(const std::string& name, std::string sentence, const fs::path& folder) {
    for (auto at = sentence.find(folder.string()); at != std::string::npos; at = sentence.find(folder.string())) {
      sentence.erase(at, folder.string().size() + 1);
    }
    for (auto at = sentence.find('|'); at != std::string::npos; at = sentence.find('|', at + 2)) sentence.insert(at, "\\");
    m_rows += "| " + name + " | " + sentence + " |\n";
    ++m_count;
  }
  [[nodiscard]] int count() const { return m_count; }
  [[nodiscard]] std::string text() const {
    return "# Damaged and hostile files\n\nWhat is made by `tests/unit/test_hostile_files.cpp` and refused, and the words "
           "that people read then: " +
           std::to_string(m_count) +
           " rows. Nothing in these files is run, and reading weights takes no more than the file's size and 64 MB. The test compares "
           "this page with what it was told; `LIKENESS_WRITE_TABLE=1` in its environment writes the page anew.\n\n"
           "| file | what is said |\n|---|---|\n" +
           m_rows;
  }

 private:
  int m_count = 0;
  std::string m_rows;
};

}  // namespace

class TestHostileFiles : public QObject {
  Q_OBJECT

 private:
  QTemporaryDir m_folder;
  const std::vector<HostileFile> m_files = hostileFiles();
  const std::vector<SafetensorsLie> m_lies = safetensorsLies();
  std::vector<HostileModel> m_models;
  Document m_document;
  std::size_t m_rows = 0;
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

  void initTestCase() {
    for (const auto& part : {hostileModels(), hostileModelFolders(), hostileLoras(), hostileEmbeddings(), hostilePictures()}) {
      m_models.insert(m_models.end(), part.begin(), part.end());
    }
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
    ++m_rows;
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
    m_document.add(file.name, opened.error().message, folder());
    QVERIFY2(bytes <= size + 64'000'000, std::to_string(bytes).c_str());
    QVERIFY(timer.elapsed() < 5000);
    // Nothing was written beside it, the file itself is as it was, and no shell ran.
    QCOMPARE(QDir(m_folder.path()).entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot),
             QStringList{"model.ckpt"});
    QVERIFY(fs::file_size(path) == size && !fs::exists("/tmp/likeness-was-here"));
  }

  void everyHeaderIsRefused_data() {
    QTest::addColumn<int>("row");
    for (std::size_t i = 0; i < m_lies.size(); ++i) QTest::newRow(m_lies[i].name) << static_cast<int>(i);
  }
  void everyHeaderIsRefused() {
    QFETCH(int, row);
    const auto& lie = m_lies[static_cast<std::size_t>(row)];
    const std::uint64_t length = lie.header.size();
    std::string bytes(reinterpret_cast<const char*>(&length), sizeof length);
    const auto path = write("model.safetensors", bytes + lie.header + std::string(static_cast<std::size_t>(lie.dataBytes), '\0'));
    ++m_rows;
    const auto opened = SafetensorsFile::open(path);
    QVERIFY(!opened.ok());
    const auto bad = badMessage(opened.error(), path);
    QVERIFY2(bad.empty(), bad.c_str());
    QVERIFY2(opened.error().message.find(lie.says) != std::string::npos, opened.error().message.c_str());
    m_document.add(std::string("header: ") + lie.name, opened.error().message, folder());
  }

  // Of the right format, but not what it is given as.
  void everyModelIsRefused_data() {
    QTest::addColumn<int>("row");
    for (std::size_t i = 0; i < m_models.size(); ++i) QTest::newRow(m_models[i].name.c_str()) << static_cast<int>(i);
  }
  void everyModelIsRefused() {
    QFETCH(int, row);
    const auto& model = m_models[static_cast<std::size_t>(row)];
    ++m_rows;
    const auto error = model.refused(folder());
    QVERIFY2(error.code != ErrorCode::Internal, error.message.c_str());
    const auto bad = badMessage(error, folder());
    QVERIFY2(bad.empty(), bad.c_str());
    QVERIFY2(error.message.find(model.says) != std::string::npos, error.message.c_str());
    m_document.add(model.name, error.message, folder());
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
    ++m_rows;
    const AllocationPeak peak;
    const auto opened = openComponentWeights(folder() / "unet");
    const auto taken = peak.bytes();
    QVERIFY(!opened.ok());
    const auto bad = badMessage(opened.error(), folder() / "unet");
    QVERIFY2(bad.empty(), bad.c_str());
    QVERIFY2(opened.error().message.find(says.toStdString()) != std::string::npos, opened.error().message.c_str());
    m_document.add(std::string("part of a folder: ") + QTest::currentDataTag(), opened.error().message, folder());
    QVERIFY2(taken <= static_cast<std::size_t>(bytes.size()) + 64'000'000, std::to_string(taken).c_str());
    QCOMPARE(QDir(m_folder.path() + "/unet").entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot),
             QStringList{file});
  }

  // Last, because it needs what the others were told.
  void theDocumentIsTrue() {
    const auto all = m_files.size() + m_lies.size() + m_models.size();
    if (m_rows < all) QSKIP("only with all rows: run the whole program");
    QCOMPARE(static_cast<std::size_t>(m_document.count()), m_rows);
    const fs::path page = LIKENESS_SOURCE_DIR "/docs/hostile-files.md";
    if (qEnvironmentVariableIsSet("LIKENESS_WRITE_TABLE")) writeFileAtomically(page, m_document.text()).value();
    QCOMPARE(QString::fromStdString(readFile(page, 1 << 20).value()), QString::fromStdString(m_document.text()));
  }
};

}  // namespace likeness

int main(int argc, char** argv) {
  at::set_num_threads(1);  // the models are tiny; a second thread would mostly wait
  likeness::TestHostileFiles test;
  return QTest::qExec(&test, argc, argv);
}
#include "test_hostile_files.moc"
