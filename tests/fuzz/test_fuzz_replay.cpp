#include <QTest>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>

#include "core/tensor/torch.h"
#include "tests/fuzz/targets.h"
#include "tests/support/allocation_peak.h"

namespace likeness {
namespace fs = std::filesystem;
namespace {

// Inputs that once found something, kept for ever: tests/fuzz/corpus/<target>/*.
std::vector<std::string> corpus(const char* target) {
  std::vector<std::string> inputs;
  const fs::path folder = fs::path(LIKENESS_SOURCE_DIR) / "tests/fuzz/corpus" / target;
  if (!fs::is_directory(folder)) return inputs;
  for (const auto& entry : fs::directory_iterator(folder)) {
    std::ifstream file(entry.path(), std::ios::binary);
    inputs.emplace_back(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>());
  }
  return inputs;
}

// A few changes of the kinds that damage and attackers make. The same seed gives the same changes everywhere.
std::string mutated(std::string bytes, std::mt19937_64& random) {
  const auto below = [&](std::size_t bound) { return static_cast<std::size_t>(random() % std::max<std::size_t>(bound, 1)); };
  constexpr unsigned char kEdges[] = {0x00, 0x01, 0x7f, 0x80, 0xff, '(', '.', 'R', 'c', '}'};
  for (auto changes = 1 + below(4); changes-- > 0;) {
    const auto at = below(bytes.size() + 1);
    const auto length = std::min(below(9), bytes.size() - at);
    switch (below(6)) {
      case 0:
        if (at < bytes.size()) bytes[at] = static_cast<char>(bytes[at] ^ (1 << below(8)));
        break;
      case 1:
        if (at < bytes.size()) bytes[at] = static_cast<char>(kEdges[below(std::size(kEdges))]);
        break;
      case 2: bytes.replace(at, length, length, '\xff'); break;
      case 3: bytes.erase(at, length); break;
      case 4: bytes.insert(at, bytes.substr(below(bytes.size() + 1), below(65))); break;
      default: bytes.resize(at); break;
    }
  }
  return bytes;
}

}  // namespace

class TestFuzzReplay : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void everyTarget_data() {
    QTest::addColumn<int>("target");
    const auto targets = fuzzTargets();
    for (std::size_t i = 0; i < targets.size(); ++i) QTest::newRow(targets[i].name) << static_cast<int>(i);
  }
  void everyTarget() {
    QFETCH(int, target);
    const auto& fuzzed = fuzzTargets()[static_cast<std::size_t>(target)];
    auto inputs = fuzzed.seeds();
    const auto kept = corpus(fuzzed.name);
    inputs.insert(inputs.end(), kept.begin(), kept.end());
    QVERIFY(!inputs.empty());
    const auto run = [&](const std::string& bytes) {
      // A block of its own, so that the address sanitizer sees a read behind its end.
      const std::vector<std::byte> file(reinterpret_cast<const std::byte*>(bytes.data()),
                                        reinterpret_cast<const std::byte*>(bytes.data()) + bytes.size());
      const AllocationPeak peak;
      fuzzed.run(file);
      return peak.bytes() <= file.size() + 64'000'000;
    };
    for (const auto& input : inputs) QVERIFY(run(input));
    std::mt19937_64 random(20250713);
    for (int i = 0; i < 20'000; ++i) QVERIFY(run(mutated(inputs[random() % inputs.size()], random)));
  }
};

}  // namespace likeness

int main(int argc, char** argv) {
  at::set_num_threads(1);  // the tensors are tiny; a second thread would mostly wait
  likeness::TestFuzzReplay test;
  return QTest::qExec(&test, argc, argv);
}
#include "test_fuzz_replay.moc"
