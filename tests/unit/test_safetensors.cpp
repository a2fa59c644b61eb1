#include <QTemporaryDir>
#include <QTest>
#include <cstring>
#include <fstream>

#include "core/base/atomic_file.h"
#include "core/weights/safetensors.h"
#include "core/weights/safetensors_header.h"

namespace likeness {
namespace fs = std::filesystem;

// A file of this header and so many bytes of data.
std::string safetensorsBytes(const std::string& header, std::size_t dataBytes) {
  const std::uint64_t length = header.size();
  std::string bytes(reinterpret_cast<const char*>(&length), sizeof length);
  bytes += header;
  for (std::size_t i = 0; i < dataBytes; ++i) bytes += static_cast<char>(i);
  return bytes;
}

class TestSafetensors : public QObject {
  Q_OBJECT

 private:
  QTemporaryDir m_folder;
  fs::path path(const char* name) const { return fs::path(m_folder.path().toStdString()) / name; }

  Result<SafetensorsFile> openBytes(const std::string& bytes) {
    const auto file = path("x.safetensors");
    std::ofstream(file, std::ios::binary | std::ios::trunc) << bytes;
    return SafetensorsFile::open(file);
  }

 private Q_SLOTS:
  void roundTripIsBitIdentical_data() {
    QTest::addColumn<int>("dtype");
    for (const auto dtype : {torch::kFloat64, torch::kFloat32, torch::kFloat16, torch::kBFloat16, torch::kInt64,
                             torch::kInt32, torch::kInt16, torch::kInt8, torch::kUInt8, torch::kBool}) {
      QTest::newRow(torch::toString(dtype)) << static_cast<int>(dtype);
    }
  }
  void roundTripIsBitIdentical() {
    QFETCH(int, dtype);
    const auto type = static_cast<torch::ScalarType>(dtype);
    auto bytes = torch::arange(3 * 5 * 8, torch::kUInt8).mul(37).add(11);
    auto values = type == torch::kBool ? bytes.remainder(2).to(type).view({-1, 5}) : bytes.view(type).view({3, -1});
    const NamedTensors written{{"a", values},
                               {"scalar", values.flatten()[0]},
                               {"empty", torch::empty({0, 4}, type)},
                               {"transposed", values.t()},
                               {"ünïcode \"name\"\n", values.flatten()}};
    const Metadata metadata{{"format", "pt"}, {"überschrift", "\"\\\n\t"}};
    QVERIFY(writeSafetensors(path("r.safetensors"), written, metadata).ok());
    const auto file = SafetensorsFile::open(path("r.safetensors"));
    QVERIFY2(file.ok(), file.ok() ? "" : file.error().message.c_str());
    QCOMPARE(file->tensors().size(), written.size());
    QVERIFY(file->metadata() == metadata);
    for (const auto& [name, tensor] : written) {
      const auto read = file->tensor(name);
      QVERIFY(read.scalar_type() == type && read.sizes() == tensor.sizes());
      const auto expected = tensor.contiguous();
      QVERIFY(expected.numel() == 0 || std::memcmp(read.data_ptr(), expected.data_ptr(), expected.nbytes()) == 0);
    }
  }

  void sameContentSameBytes() {
    const auto a = torch::arange(6, torch::kFloat32), b = torch::arange(3, torch::kInt64);
    QVERIFY(writeSafetensors(path("1"), {{"a", a}, {"b", b}}, {{"k", "v"}}).ok());
    QVERIFY(writeSafetensors(path("2"), {{"b", b}, {"a", a}}, {{"k", "v"}}).ok());
    const auto first = readFile(path("1"), 4096), second = readFile(path("2"), 4096);
    QVERIFY(first.value() == second.value());
    // What safetensors 0.8 for Python writes for the same, byte for byte.
    const std::string header =
        R"({"__metadata__":{"k":"v"},"b":{"dtype":"I64","shape":[3],"data_offsets":[0,24]},)"
        R"("a":{"dtype":"F32","shape":[6],"data_offsets":[24,48]}})";
    QVERIFY(first.value().substr(8, header.size()) == header);
    QCOMPARE(static_cast<int>(first.value()[0]) % 8, 0);
  }

  void viewsShareTheMappingAndNeverTheFile() {
    QVERIFY(writeSafetensors(path("v"), {{"a", torch::ones({4})}}).ok());
    torch::Tensor kept;
    {
      const auto file = SafetensorsFile::open(path("v")).value();
      const auto copy = file;
      QCOMPARE(file.tensor("a").data_ptr(), copy.tensor("a").data_ptr());
      kept = file.tensor("a");
    }
    kept.fill_(7);  // the file's object is gone, the mapping is not
    QCOMPARE(kept.sum().item<float>(), 28.0F);
    QCOMPARE(SafetensorsFile::open(path("v")).value().tensor("a").sum().item<float>(), 4.0F);
  }

  void misalignedDataIsCopied() {
    // Nine bytes of U8 before a F32: allowed by the format, unusable in place.
    const auto file = openBytes(safetensorsBytes(
        R"({"a":{"dtype":"U8","shape":[9],"data_offsets":[0,9]},)"
        R"("b":{"dtype":"F32","shape":[2],"data_offsets":[9,17]}})",
        17));
    const auto b = file.value().tensor("b");
    QCOMPARE(reinterpret_cast<std::uintptr_t>(b.data_ptr()) % 4, std::uintptr_t{0});
    const unsigned char expected[] = {9, 10, 11, 12, 13, 14, 15, 16};
    QCOMPARE(std::memcmp(b.data_ptr(), expected, 8), 0);
  }

  void unknownNamesThrow() {
    QVERIFY(writeSafetensors(path("n"), {{"a", torch::ones({1})}}).ok());
    const auto file = SafetensorsFile::open(path("n")).value();
    QVERIFY(file.has("a") && !file.has("b"));
    QVERIFY_THROWS_EXCEPTION(ErrorException, (void)file.tensor("b"));
  }

  void lyingLengths_data() {
    QTest::addColumn<QByteArray>("bytes");
    const auto withLength = [](std::uint64_t length, const std::string& rest) {
      return QByteArray(reinterpret_cast<const char*>(&length), 8) + QByteArray::fromStdString(rest);
    };
    QTest::newRow("no bytes") << QByteArray();
    QTest::newRow("seven bytes") << QByteArray(7, '\0');
    QTest::newRow("only zeros") << QByteArray(64, '\0');
    QTest::newRow("only 0xff") << QByteArray(64, '\xff');
    QTest::newRow("one too long") << withLength(3, "{}");
    QTest::newRow("limit and more") << withLength(100'000'001, "{}");
    QTest::newRow("2^64-1") << withLength(~std::uint64_t{0}, "{}");
    QTest::newRow("2^64-8") << withLength(~std::uint64_t{0} - 7, "{}");
    QTest::newRow("JPEG") << QByteArray("\xff\xd8\xff\xe0\0\x10JFIF\0\1\1\0\0\1\0\1\0\0", 20);
    QTest::newRow("pickle") << QByteArray("\x80\x02}q\0X\3\0\0\0abcq\1K\1s.", 20);
  }
  void lyingLengths() {
    QFETCH(QByteArray, bytes);
    const auto file = openBytes(bytes.toStdString());
    QVERIFY(!file.ok());
    QVERIFY(file.error().code == ErrorCode::Corrupt);
  }

  void everyTruncationIsRefused() {
    QVERIFY(writeSafetensors(path("t"), {{"a", torch::ones({3})}, {"b", torch::ones({2, 2})}}).ok());
    const auto whole = readFile(path("t"), 4096).value();
    for (std::size_t length = 0; length < whole.size(); ++length) QVERIFY(!openBytes(whole.substr(0, length)).ok());
    QVERIFY(openBytes(whole).ok());
  }

  void flippedBytesNeverReadOutside() {
    const auto whole = [&] {
      (void)writeSafetensors(path("f"), {{"a", torch::ones({3})}, {"b", torch::ones({2, 2}, torch::kBool)}});
      return readFile(path("f"), 4096).value();
    }();
    for (std::size_t at = 0; at < whole.size(); ++at) {
      for (int bit = 0; bit < 8; ++bit) {
        auto bytes = whole;
        bytes[at] = static_cast<char>(bytes[at] ^ (1 << bit));
        const auto file = openBytes(bytes);
        if (!file.ok()) continue;
        for (const auto& [name, info] : file->tensors()) QVERIFY(file->tensor(name).nbytes() <= whole.size());
      }
    }
  }

  void unwritableTensorsAreRefused() {
    const auto bad = [&](const NamedTensors& tensors, const Metadata& metadata = {}) {
      const auto written = writeSafetensors(path("bad"), tensors, metadata);
      return !written.ok() && written.error().code == ErrorCode::InvalidArgument && !fs::exists(path("bad"));
    };
    const auto a = torch::ones({1});
    QVERIFY(bad({{"a", a}, {"a", a}}));
    QVERIFY(bad({{"__metadata__", a}}));
    QVERIFY(bad({{"a", torch::ones({1}, torch::kComplexFloat)}}));
    QVERIFY(bad({{"a", torch::Tensor()}}));
    QVERIFY(bad({{"\xff", a}}));
    QVERIFY(bad({{"a", a}}, {{"k", "\xff"}}));
    QVERIFY(!writeSafetensors(path("no/folder/x"), {{"a", a}}).ok());
  }
};

}  // namespace likeness

QObject* makeTestSafetensors() { return new likeness::TestSafetensors; }
#include "test_safetensors.moc"
