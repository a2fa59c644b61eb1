#include <QTest>
#include <optional>

#include "core/sample/autocast.h"
#include "core/tensor/random.h"
#include "core/tensor/recompute.h"
#include "core/train/text_conditions.h"
#include "tests/numerics/recorded_draws.h"

using namespace likeness;

namespace {

// A pass through a whole model: text, then UNet; the gradients of all parameters.
std::map<std::string, torch::Tensor> gradientsOf(const std::string& name, bool recompute, bool bf16, bool unetLearns =
                                                 true) {
  auto model = tinyModel(name);
  torch::manual_seed(5);
  model.unet->setRecompute(recompute);
  auto encoders = model.textEncoders();
  for (auto& encoder : encoders) {
    encoder.model->setRecompute(recompute);
    for (auto& parameter : encoder.model->parameters()) parameter.set_requires_grad(true);
  }
  for (auto& entry : model.unet->named_parameters()) {
    // With the rest frozen nothing that enters the last block requires a gradient.
    entry.value().set_requires_grad(unetLearns || entry.key().find("mid_block") != std::string::npos);
  }
  const auto sample = torch::randn({2, 4, 8, 8}), timesteps = torch::tensor({3, 700}, torch::kInt64);
  TextConditions conditions(model, {"a photo of sks dog", "a photo of a dog"});
  torch::Tensor loss;
  {
    const AutocastScope autocast(torch::kCPU, bf16);
    const auto text = conditions.rows(torch::tensor({0, 1}, torch::kInt64), unetLearns);
    const AddedConditions added{text.pooled, torch::ones({2, 6}) * 16};
    const auto answer = model.unet->forward(sample, timesteps, text.hidden, text.pooled.defined() ? &added : nullptr);
    loss = answer.to(torch::kFloat32).square().mean();
  }
  loss.backward();
  std::map<std::string, torch::Tensor> gradients{{"loss", loss.detach()}};
  const auto take = [&](const std::string& prefix, const torch::nn::Module& module) {
    for (const auto& entry : module.named_parameters()) {
      if (entry.value().grad().defined()) gradients[prefix + entry.key()] = entry.value().grad();
    }
  };
  take("unet.", *model.unet);
  for (std::size_t i = 0; i < encoders.size(); ++i) take("text" + std::to_string(i) + ".", *encoders[i].model);
  return gradients;
}

}  // namespace

class TestRecompute : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void gradientsAreEqualToTheBit_data() {
    QTest::addColumn<QString>("model");
    QTest::addColumn<bool>("bf16");
    for (const char* name : {"model", "xl"}) {
      QTest::newRow(qPrintable(QString("%1 fp32").arg(name))) << name << false;
      QTest::newRow(qPrintable(QString("%1 bf16").arg(name))) << name << true;
    }
  }
  void gradientsAreEqualToTheBit() {
    QFETCH(QString, model);
    QFETCH(bool, bf16);
    const auto kept = gradientsOf(model.toStdString(), false, bf16), again = gradientsOf(model.toStdString(), true,
                                                                                         bf16);
    QCOMPARE(kept.size(), again.size());
    QVERIFY(kept.size() > 100);
    for (const auto& [name, gradient] : kept) QVERIFY2(gradient.equal(again.at(name)), name.c_str());
  }

  void parametersLearnWhereNoInputDoes() {
    const auto kept = gradientsOf("model", false, false, false), again = gradientsOf("model", true, false, false);
    QCOMPARE(kept.size(), again.size());
    QVERIFY(kept.contains("unet.mid_block.resnets.0.conv1.weight"));
    for (const auto& [name, gradient] : kept) QVERIFY2(gradient.equal(again.at(name)), name.c_str());
  }

  void randomnessReplays() {
    // Dropout whose mask is a function of a key, as all randomness here is.
    const auto x = torch::randn({4, 8}, torch::requires_grad()), w = torch::randn({8, 8}, torch::requires_grad());
    const auto gradient = [&](bool recompute) {
      x.mutable_grad().reset();
      int calls = 0;
      const auto y = runPart(
          recompute,
          [&](const std::vector<torch::Tensor>& in) {
            ++calls;
            const auto mask = normal({4, 8}, {7, 3, 0, RandomStream::Dropout}).gt(0).to(torch::kFloat32);
            return at::matmul(in[0] * mask, w);
          },
          {x});
      y.square().sum().backward();
      return std::pair{x.grad().clone(), calls};
    };
    const auto kept = gradient(false), again = gradient(true);
    QVERIFY(kept.first.equal(again.first));
    QCOMPARE(kept.second, 1);
    QCOMPARE(again.second, 2);
    QVERIFY(kept.first.eq(0).any().item<bool>());
  }

  void nothingInsideIsKept() {
    // The storage of an inner result lives on after the forward pass only where it is kept for the backward pass.
    const auto w = torch::randn({16, 16}, torch::requires_grad());
    const auto x = torch::randn({16, 16}, torch::requires_grad());
    for (const bool recompute : {false, true}) {
      std::optional<c10::weak_intrusive_ptr<c10::StorageImpl>> inner;
      const auto y = runPart(
          recompute,
          [&](const std::vector<torch::Tensor>& in) {
            const auto hidden = at::matmul(in[0], w).sigmoid();
            if (!inner) inner.emplace(hidden.storage().getWeakStorageImpl());
            return at::matmul(hidden, w);
          },
          {x});
      QCOMPARE(inner->expired(), recompute);
      y.sum().backward();
    }
  }

  void withoutGradModeItIsJustRun() {
    const torch::NoGradGuard noGrad;
    const auto x = torch::ones({2}, torch::requires_grad());
    const auto y = runPart(true, [](const std::vector<torch::Tensor>& in) { return in[0] * 2; }, {x});
    QVERIFY(!y.requires_grad());
    QVERIFY(y.equal(torch::full({2}, 2.0f)));
  }

  void trainingEndsWithTheSameBits() {
    auto config = quietConfig(5);
    config.gradientAccumulation = 2;
    auto kept = tinyModel(), again = tinyModel();
    static_cast<void>(runTiny(config, kept));
    config.gradientCheckpointing = true;
    static_cast<void>(runTiny(config, again));
    const auto a = kept.unet->named_parameters(), b = again.unet->named_parameters();
    for (const auto& entry : a) QVERIFY2(entry.value().equal(b[entry.key()]), entry.key().c_str());
    const auto c = kept.textEncoder->named_parameters(), d = again.textEncoder->named_parameters();
    for (const auto& entry : c) QVERIFY2(entry.value().equal(d[entry.key()]), entry.key().c_str());
  }
};

int runRecomputeTests(int argc, char** argv) {
  TestRecompute test;
  return QTest::qExec(&test, argc, argv);
}
#include "test_recompute.moc"
