#include <QTemporaryDir>
#include <QTest>

#include "core/train/embedding_rows.h"
#include "core/train/optimizer.h"

using namespace likeness;

namespace {

TrainConfig configOf(OptimizerKind kind) {
  TrainConfig config;
  config.optimizer = kind;
  config.weightDecay = 0.05;
  return config;
}

// The rows with an optimizer of their own.
struct Rows {
  Rows(const torch::Tensor& weight, const torch::Tensor& ids, OptimizerKind kind = OptimizerKind::AdamW)
      : rows("w", weight, ids), optimizer(makeOptimizer(configOf(kind), {rows.parameter()})) {}
  void step(int number, double rate) {
    optimizer->step(number, rate);
    rows.afterStep(optimizer->lastDecay(0));
  }
  [[nodiscard]] torch::Tensor gradient() const { return rows.parameter().second.grad(); }

  EmbeddingRows rows;
  std::unique_ptr<Optimizer> optimizer;
};

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

  void equalsTheDenseUpdate_data() {
    QTest::addColumn<int>("kind");
    QTest::newRow("adamw") << int(OptimizerKind::AdamW);
    QTest::newRow("sgd") << int(OptimizerKind::Sgd);
    QTest::newRow("lion") << int(OptimizerKind::Lion);
    QTest::newRow("prodigy") << int(OptimizerKind::Prodigy);
  }
  void equalsTheDenseUpdate() {
    QFETCH(int, kind);
    const auto which = static_cast<OptimizerKind>(kind);
    const auto dense = m_start.clone().set_requires_grad(true), weight = m_start.clone().set_requires_grad(true);
    const auto reference = makeOptimizer(configOf(which), {{"w", dense}});
    Rows sparse(weight, m_ids, which);
    for (int step = 1; step <= 30; ++step) {
      const double rate = (which == OptimizerKind::Prodigy ? 1.0 : 1e-2) / step;
      lossOf(dense, m_ids, m_probe, false).backward();
      lossOf(weight, m_ids, m_probe, true).backward();
      sparse.rows.takeGradient();
      QVERIFY(std::abs(sparse.gradient().norm().item<double>() - dense.grad().norm().item<double>()) < 1e-4);
      reference->step(step, rate);
      sparse.step(step, rate);
      reference->clearGradients();
      sparse.optimizer->clearGradients();
    }
    sparse.rows.catchUp();
    const auto difference = (dense.detach() - weight.detach()).abs().max().item<double>();
    qInfo("differs by at most %.1e", difference);
    QVERIFY(difference < 2e-6);
    QVERIFY(!weight.detach()[0].equal(m_start[0]));  // decay reached the rows that no prompt uses
    QVERIFY(!weight.detach()[3].equal(m_start[3]));
  }

  void eightBitRowsThatAreWholeBlocksEqualTheDenseUpdate() {
    const auto start = torch::randn({40, 512}), probe = torch::randn({2, 4, 512});
    const auto ids = torch::tensor({{3, 7, 7, 39}, {3, 9, 12, 21}}, torch::kInt64).repeat({1, 2});
    const auto dense = start.clone().set_requires_grad(true), weight = start.clone().set_requires_grad(true);
    const auto reference = makeOptimizer(configOf(OptimizerKind::AdamW8bit), {{"w", dense}});
    const auto wide = probe.repeat({1, 2, 1});
    const auto all = at::arange(8, torch::kInt64);  // with them the rows are enough to be quantised
    Rows sparse(weight, at::cat({ids.flatten(), all}), OptimizerKind::AdamW8bit);
    for (int step = 1; step <= 10; ++step) {
      lossOf(dense, ids, wide, false).backward();
      lossOf(weight, ids, wide, true).backward();
      sparse.rows.takeGradient();
      reference->step(step, 1e-2);
      sparse.step(step, 1e-2);
      reference->clearGradients();
      sparse.optimizer->clearGradients();
    }
    sparse.rows.catchUp();
    QVERIFY((dense.detach() - weight.detach()).abs().max().item<double>() < 2e-6);
  }

  void resultDoesNotDependOnWhenItCatchesUp() {
    const auto often = m_start.clone().set_requires_grad(true), once = m_start.clone().set_requires_grad(true);
    Rows a(often, m_ids), b(once, m_ids);
    for (int step = 1; step <= 20; ++step) {
      a.step(step, 1e-3 * step);
      b.step(step, 1e-3 * step);
      if (step % 3 == 0) a.rows.catchUp();
    }
    a.rows.catchUp();
    b.rows.catchUp();
    QVERIFY(often.equal(once));
  }

  void sumsMicroBatches() {
    const auto weight = m_start.clone().set_requires_grad(true);
    Rows sparse(weight, m_ids);
    lossOf(weight, m_ids, m_probe, true).backward();
    sparse.rows.takeGradient();
    const auto once = sparse.gradient().clone();
    lossOf(weight, m_ids, m_probe, true).backward();
    sparse.rows.takeGradient();
    QVERIFY(sparse.gradient().allclose(once * 2));
    QVERIFY(!weight.grad().defined());
  }

  void refusesTheStateOfOtherRows() {
    QTemporaryDir folder;
    const std::filesystem::path path = folder.filePath("state.safetensors").toStdString();
    const auto weight = m_start.clone().set_requires_grad(true);
    EmbeddingRows rows("w", weight, m_ids);
    NamedTensors saved;
    rows.saveState(saved, "text_encoder.");
    QVERIFY(writeSafetensors(path, saved).ok());
    const auto file = SafetensorsFile::open(path).value();
    QVERIFY(rows.checkState(file, "text_encoder.").ok());
    const EmbeddingRows stranger("w", weight, torch::tensor({1, 2, 3, 4}, torch::kInt64));
    QVERIFY(!stranger.checkState(file, "text_encoder.").ok());
  }

 private:
  torch::Tensor m_start, m_ids, m_probe;
};

int runEmbeddingRowTests(int argc, char** argv) {
  TestEmbeddingRows test;
  return QTest::qExec(&test, argc, argv);
}
#include "test_embedding_rows.moc"
