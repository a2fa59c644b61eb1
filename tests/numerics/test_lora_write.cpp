#include <QProcess>
#include <QTemporaryDir>
#include <QtTest>

#include "core/base/atomic_file.h"
#include "core/weights/lora_write.h"
#include "tests/numerics/lora_fixture.h"

using namespace likeness;

namespace {

struct Written {
  const char *fixture, *family;
  LoraLayout layout;
  torch::ScalarType dtype;
  bool uniform = false;  ///< one rank and one alpha, as most LoRAs have
};
// diffusers leaves out the DoRA of sd-scripts' layout, so only its own is asked about that.
constexpr std::array<Written, 11> kWritten{{{"sd1_kohya", "sd1", LoraLayout::Kohya, torch::kFloat32},
                                           {"sd1_kohya", "sd1", LoraLayout::Diffusers, torch::kFloat32},
                                           {"sd1_peft", "sd1", LoraLayout::Kohya, torch::kFloat16},
                                           {"sd1_dora", "sd1", LoraLayout::Diffusers, torch::kFloat16},
                                           {"sd2_kohya", "sd2", LoraLayout::Kohya, torch::kFloat16},
                                           {"sd2_peft", "sd2", LoraLayout::Diffusers, torch::kFloat16},
                                           {"xl_kohya", "xl", LoraLayout::Kohya, torch::kFloat16},
                                           {"xl_kohya", "xl", LoraLayout::Diffusers, torch::kFloat16},
                                           {"xl_peft", "xl", LoraLayout::Kohya, torch::kFloat32},
                                           {"sd1_kohya", "sd1", LoraLayout::Kohya, torch::kFloat16, true},
                                           {"xl_kohya", "xl", LoraLayout::Kohya, torch::kFloat16, true}}};

// All modules cut to rank 1, with one alpha that is not the rank.
LoraUse madeUniform(const LoraUse& use) {
  Lora lora = *use.lora;
  for (auto& module : lora.modules) {
    module.change.down = module.change.down.narrow(0, 0, 1);
    module.change.up = module.change.up.narrow(1, 0, 1);
    module.change.scale = 0.75;
  }
  return {std::make_shared<const Lora>(std::move(lora)), use.weight};
}

}  // namespace

class TestLoraWrite : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  // What we write does in diffusers and PEFT what it does here, and its hashes are sd-scripts'.
  void diffusersLoadsWhatIsWritten() {
    const QString python = LIKENESS_REFERENCE_PYTHON;
    if (python.isEmpty()) QSKIP("no Python with diffusers: configure with -DLIKENESS_REFERENCE_PYTHON=…");
    const QTemporaryDir folder;
    const std::filesystem::path root = folder.path().toStdString();
    NamedTensors expected;
    Json jobs = Json::array();
    for (const auto& [fixture, familyName, layout, dtype, uniform] : kWritten) {
      LoraFamily family(familyName);
      const LoraNames names = family.names();
      auto uses = openLoras(names, {{fixture, 1.0}});
      if (uniform) uses[0] = madeUniform(uses[0]);
      const std::string name = "lora-" + std::to_string(jobs.size());
      const LoraWriteOptions options{layout, dtype, {{"ss_output_name", "größer"}, {"other", "1"}}};
      QVERIFY(writeLora(root / (name + ".safetensors"), uses[0].lora->modules, names, options).ok());
      const LiveLoras attached(family, uses);
      for (const auto& [part, value] : family.outputs()) expected.emplace_back(name + "." + part, value);
      jobs.push_back({{"name", name}, {"family", familyName}, {"kohya", layout == LoraLayout::Kohya}, {"uniform", uniform}});
    }
    QVERIFY(writeSafetensors(root / "expected.safetensors", expected).ok());
    QVERIFY(writeFileAtomically(root / "jobs.json", jobs.dump()).ok());
    QProcess process;
    process.setProcessChannelMode(QProcess::MergedChannels);
    process.start(python, {LIKENESS_SOURCE_DIR "/tests/numerics/check_lora.py", folder.path(),
                           QString::fromStdString(loraFixture("").parent_path().parent_path().string())});
    QVERIFY(process.waitForFinished(240000));
    const QByteArray said = process.readAll();
    qInfo("%s", said.right(1500).constData());
    QVERIFY2(process.exitCode() == 0, said.right(3000).constData());
  }
};

int runLoraWriteTests(int argc, char** argv) {
  TestLoraWrite test;
  return QTest::qExec(&test, argc, argv);
}

#include "test_lora_write.moc"
