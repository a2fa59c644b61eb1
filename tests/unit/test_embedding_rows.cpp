#include <QTemporaryDir>
#include <QTest>

#include "core/train/embedding_rows.h"

using namespace likeness;

namespace {

constexpr AdamWOptions kOptions{.weightDecay = 0.05};

torch::Tensor lossOf(const torch::Tensor& weight, const torch::Tensor& ids, const torch::Tensor& probe, bool sparse) {
  return (at::embedding(weight, ids, -1, false, sparse) * probe).pow(2).sum();
}

}  // namespace

class TestEmbeddingRows : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void init() {
    torch::manual_seed(4);
    m_start = torch::randn({50, 6});
    m_ids = torch::tensor({{3, 7, 7, 49}, {3, 9, 49, 49}}, torch::kInt64);
    m_probe = torch::randn({2, 4, 6});
  }

  void equalsTheDenseUpdate() {
    const auto dense = m_start.clone().set_requires_grad(true), rows = m_start.clone().set_requires_grad(true);
    AdamW reference({{"w", dense}}, kOptions);
    EmbeddingRows embedding("w", rows, m_ids, kOptions);
    for (int step = 1; step <= 30; ++step) {
      const double rate = 1e-2 / step;
      lossOf(dense, m_ids, m_probe, false).backward();
      lossOf(rows, m_ids, m_probe, true).backward();
      embedding.takeGradient();
      QVERIFY(std::abs(embedding.gradient().norm().item<double>() - dense.grad().norm().item<double>()) < 1e-4);
      reference.step(step, rate);
      embedding.step(step, rate);
      reference.clearGradients();
      embedding.clearGradient();
    }
    embedding.catchUp();
    const auto difference = (dense.detach() - rows.detach()).abs().max().item<double>();
    qInfo("differs by at most %.1e", difference);
    QVERIFY(difference < 2e-6);
    QVERIFY(!rows.detach()[0].equal(m_start[0]));  // decay reached the rows that no prompt uses
  }

  void resultDoesNotDependOnWhenItCatchesUp() {
    const auto often = m_start.clone().set_requires_grad(true), once = m_start.clone().set_requires_grad(true);
    EmbeddingRows a("w", often, m_ids, kOptions), b("w", once, m_ids, kOptions);
    for (int step = 1; step <= 20; ++step) {
      a.step(step, 1e-3 * step);
      b.step(step, 1e-3 * step);
      if (step % 3 == 0) a.catchUp();
    }
    a.catchUp();
    b.catchUp();
    QVERIFY(often.equal(once));
  }

  void sumsMicroBatches() {
    const auto weight = m_start.clone().set_requires_grad(true);
    EmbeddingRows rows("w", weight, m_ids, kOptions);
    lossOf(weight, m_ids, m_probe, true).backward();
    rows.takeGradient();
    const auto once = rows.gradient().clone();
    lossOf(weight, m_ids, m_probe, true).backward();
    rows.takeGradient();
    QVERIFY(rows.gradient().allclose(once * 2));
    QVERIFY(!weight.grad().defined());
  }

  void stateGoesToDiskAndBack() {
    QTemporaryDir folder;
    const std::filesystem::path path = folder.filePath("state.safetensors").toStdString();
    const auto weight = m_start.clone().set_requires_grad(true);
    EmbeddingRows rows("w", weight, m_ids, kOptions);
    lossOf(weight, m_ids, m_probe, true).backward();
    rows.takeGradient();
    rows.step(1, 1e-2);
    NamedTensors saved, again;
    rows.saveState(saved, "text_encoder.");
    QVERIFY(writeSafetensors(path, saved).ok());
    EmbeddingRows other("w", weight, m_ids, kOptions);
    QVERIFY(other.loadState(SafetensorsFile::open(path).value(), "text_encoder.").ok());
    other.saveState(again, "text_encoder.");
    for (std::size_t i = 0; i < saved.size(); ++i) QVERIFY(saved[i].second.equal(again[i].second));
    EmbeddingRows stranger("w", weight, torch::tensor({1, 2, 3, 4}, torch::kInt64), kOptions);
    QVERIFY(!stranger.loadState(SafetensorsFile::open(path).value(), "text_encoder.").ok());
  }

 private:
  torch::Tensor m_start, m_ids, m_probe;
};

int runEmbeddingRowTests(int argc, char** argv) {
  TestEmbeddingRows test;
  return QTest::qExec(&test, argc, argv);
}
#include "test_embedding_rows.moc"
