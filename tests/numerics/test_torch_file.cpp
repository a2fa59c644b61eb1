#include <QElapsedTimer>
#include <QTemporaryDir>
#include <QTest>
#include <cstdlib>
#include <cstring>
#include <fstream>

#include "core/base/json.h"
#include "core/weights/diffusers_folder.h"
#include "core/weights/open_weights.h"
#include "core/weights/safetensors.h"
#include "core/weights/torch_file.h"
#include "tests/support/torch_maker.h"

namespace likeness {
namespace fs = std::filesystem;
namespace {

fs::path fixture(const std::string& name) {
  const char* given = std::getenv("LIKENESS_FIXTURES");
  return fs::path(given != nullptr && *given != '\0' ? given : LIKENESS_SOURCE_DIR "/tests/numerics/fixtures") / "torch" /
         name;
}

bool sameBits(const torch::Tensor& a, const torch::Tensor& b) {
  if (a.scalar_type() != b.scalar_type() || a.sizes() != b.sizes()) return false;
  const auto left = a.contiguous(), right = b.contiguous();
  return a.numel() == 0 || std::memcmp(left.data_ptr(), right.data_ptr(), left.nbytes()) == 0;
}

// Empty if both hold the same tensors, bit for bit.
std::string difference(const TensorSource& read, const TensorSource& expected) {
  for (const auto& [name, info] : expected.tensors()) {
    if (!read.has(name)) return "lacks " + name;
    if (!sameBits(read.tensor(name), expected.tensor(name))) return "differs in " + name;
  }
  return read.tensors().size() == expected.tensors().size() ? "" : "holds more than it should";
}

// Resident memory of this process, bytes.
std::size_t resident() {
  std::size_t pages = 0, size = 0;
  std::ifstream("/proc/self/statm") >> size >> pages;
  return pages * 4096;
}

// A checkpoint of so many float32 storages of four megabytes each, its data a hole in the file.
void writeSparseCheckpoint(const fs::path& path, int storages) {
  constexpr std::int64_t kCount = 1'000'000;
  std::vector<std::pair<std::string, std::string>> entries;
  for (int i = 0; i < storages; ++i) {
    const auto where = pickle::storage("FloatStorage", std::to_string(i), kCount);
    entries.emplace_back("model.diffusion_model.layer." + std::to_string(i) + ".weight",
                         pickle::tensor(where, 0, {1000, 1000}, {1000, 1}));
  }
  const auto object = pickle::whole(pickle::dict({{"state_dict", pickle::dict(entries)}}));
  std::ofstream file(path, std::ios::binary);
  std::string directory;
  std::uint64_t position = 0;
  for (const auto& part : torchZipParts(object, {})) {
    directory += zipCentralHeader(part, position, part.data.size(), true);
    file << zipLocalHeader(part) << part.data;
    position = static_cast<std::uint64_t>(file.tellp());
  }
  for (int i = 0; i < storages; ++i) {
    const ZipPart part{.name = "m/data/" + std::to_string(i), .data = {}};
    const auto header = zipLocalHeader(part);
    // Sixty-four byte alignment of the data, as PyTorch gives it.
    position = (position + header.size() + 63) / 64 * 64 - header.size();
    directory += zipCentralHeader(part, position, kCount * 4, true);
    file.seekp(static_cast<std::streamoff>(position));
    file << header;
    position += header.size() + kCount * 4;
  }
  file.seekp(static_cast<std::streamoff>(position));
  file << directory << zipEnd(position, directory.size(), static_cast<std::uint64_t>(storages) + 3, true);
}

}  // namespace

class TestTorchFile : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void readsWhatPyTorchWrote_data() {
    QTest::addColumn<QString>("name");
    for (const auto* name :
         {"zip.pt", "zip_protocol_4.pt", "zip_protocol_5.pt", "legacy.pt", "legacy_protocol_4.pt", "nested.pt", "module.pth",
          "module_legacy.pth", "lightning.ckpt", "lightning_legacy.ckpt", "embedding_a1111.pt",
          "embedding_parameter_dict.pt"}) {
      QTest::newRow(name) << QString(name);
    }
  }
  void readsWhatPyTorchWrote() {
    QFETCH(QString, name);
    const auto path = fixture(name.toStdString());
    const auto file = openWeightsFile(path);
    QVERIFY2(file.ok(), file.ok() ? "" : file.error().message.c_str());
    const auto expected = SafetensorsFile::open(fs::path(path).replace_extension(".safetensors")).value();
    const auto differs = difference(**file, expected);
    QVERIFY2(differs.empty(), differs.c_str());
    const auto metadata = readJsonFile(fs::path(path).replace_extension(".json")).value();
    for (const auto& [key, value] : metadata.items()) {
      const auto found = (*file)->metadata().find(key);
      QVERIFY2(found != (*file)->metadata().end() && found->second == value.get<std::string>(), key.c_str());
    }
    QCOMPARE((*file)->metadata().size(), metadata.size());
  }

  void readsBinFoldersOfDiffusers_data() {
    QTest::addColumn<QString>("folder");
    QTest::newRow("whole") << "vae_bin";
    QTest::newRow("sharded") << "vae_bin_sharded";
  }
  void readsBinFoldersOfDiffusers() {
    QFETCH(QString, folder);
    const auto files = openComponentWeights(fixture(folder.toStdString()));
    QVERIFY2(files.ok(), files.ok() ? "" : files.error().message.c_str());
    QCOMPARE(files->size() > 1, folder == "vae_bin_sharded");
    const auto expected = SafetensorsFile::open(fixture("vae.safetensors")).value();
    std::size_t count = 0;
    for (const auto& file : *files) {
      for (const auto& [name, info] : file->tensors()) {
        QVERIFY2(expected.has(name) && sameBits(file->tensor(name), expected.tensor(name)), name.c_str());
        ++count;
      }
    }
    QCOMPARE(count, expected.tensors().size());
  }

  void viewsKeepTheMappingAndTheStrides() {
    torch::Tensor kept;
    {
      const auto file = TorchFile::open(fixture("zip.pt")).value();
      QCOMPARE(file.tensor("float32").data_ptr(), file.tensor("float32").data_ptr());
      QCOMPARE(file.tensor("transposed").strides().vec(), (std::vector<std::int64_t>{1, 7}));
      kept = file.tensor("float32");
    }
    const auto sum = kept.sum().item<float>();
    kept.fill_(7);  // the file's object is gone, the mapping is not, and the file stays as it was
    QCOMPARE(TorchFile::open(fixture("zip.pt")).value().tensor("float32").sum().item<float>(), sum);
  }

  void tensorsOfOneStorageDoNotShareMemory() {
    const auto file = TorchFile::open(fixture("zip.pt")).value();
    const auto whole = file.tensor("shared.whole"), row = file.tensor("shared.row");
    QVERIFY(torch::equal(whole[2], row));
    whole.fill_(1);
    QVERIFY(!torch::equal(whole[2], row) && torch::equal(row, file.tensor("shared.row")));
    auto repeated = file.tensor("repeated");
    repeated[0].fill_(1);  // would throw if its rows were one
    QVERIFY(!torch::equal(repeated[0], repeated[1]));
  }

  void unalignedDataIsCopied() {
    const auto file = TorchFile::open(fixture("legacy.pt")).value();
    for (const auto& [name, info] : file.tensors()) {
      const auto tensor = file.tensor(name);
      QCOMPARE(reinterpret_cast<std::uintptr_t>(tensor.data_ptr()) % torch::elementSize(info.dtype), std::uintptr_t{0});
    }
  }

  void unknownNamesThrow() {
    const auto file = TorchFile::open(fixture("zip.pt")).value();
    QVERIFY_THROWS_EXCEPTION(ErrorException, (void)file.tensor("nowhere"));
  }

  // Beyond 4 GB sizes and offsets are in zip64 fields.
  void largeFilesOpenAtOnce() {
    QTemporaryDir folder;
    const auto path = fs::path(folder.path().toStdString()) / "large.ckpt";
    writeSparseCheckpoint(path, 1200);
    QVERIFY(fs::file_size(path) > 4'800'000'000);
    QElapsedTimer timer;
    timer.start();
    const auto before = resident();
    const auto file = openWeightsFile(path);
    const auto milliseconds = timer.elapsed();
    const auto grown = resident() - std::min(before, resident());
    QVERIFY2(file.ok(), file.ok() ? "" : file.error().message.c_str());
    QCOMPARE((*file)->tensors().size(), std::size_t{1200});
    QCOMPARE((*file)->tensor("model.diffusion_model.layer.1199.weight")[999][999].item<float>(), 0.0F);
    qInfo("%.1f GB opened in %lld ms with %.1f MB", static_cast<double>(fs::file_size(path)) / 1e9,
          static_cast<long long>(milliseconds), static_cast<double>(grown) / 1e6);
    QVERIFY(milliseconds < 1000 && grown < 100'000'000);
  }
};

}  // namespace likeness

QTEST_APPLESS_MAIN(likeness::TestTorchFile)
#include "test_torch_file.moc"
