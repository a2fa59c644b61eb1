#include <QtTest>

#include "core/model/layers.h"

using namespace likeness;

namespace {

enum class Kind { Plain, Dora, DoraPerInput, Tucker };

// A change of the layer that shows in its output.
std::shared_ptr<LowRankChange> randomChange(const AdaptableLayerImpl& layer, std::int64_t rank, Kind kind) {
  const auto shape = layer.weight.sizes();
  const bool convolution = shape.size() == 4;
  const std::vector<std::int64_t> kernel = convolution ? shape.slice(2).vec() : std::vector<std::int64_t>();
  const std::vector<std::int64_t> point(kernel.size(), 1);
  const auto matrix = [](std::int64_t rows, std::int64_t columns, const std::vector<std::int64_t>& rest) {
    std::vector<std::int64_t> sizes{rows, columns};
    sizes.insert(sizes.end(), rest.begin(), rest.end());
    return torch::randn(sizes) * 0.3;
  };
  auto change = std::make_shared<LowRankChange>();
  change->down = matrix(rank, shape[1], kind == Kind::Tucker ? point : kernel);
  change->up = matrix(shape[0], rank, point);
  change->scale = 0.7;
  if (kind == Kind::Tucker) change->mid = matrix(rank, rank, kernel);
  if (kind == Kind::Dora) change->magnitude = torch::rand({shape[0]}) + 0.5;
  if (kind == Kind::DoraPerInput) {
    change->axis = MagnitudeAxis::Inputs;
    change->magnitude = torch::rand({shape[1]}) + 0.5;
  }
  return change;
}

template <typename Layer>
Layer filled(Layer layer) {
  const torch::NoGradGuard noGrad;
  for (auto& parameter : layer->parameters()) parameter.copy_(torch::randn_like(parameter) * 0.3);
  return layer;
}

// The layer's output once with the changes beside the weight and once with them in it, and what it was before.
template <typename Layer>
void compareLiveWithMerged(Layer layer, const torch::Tensor& x, const LowRankChanges& changes, double bound) {
  const torch::NoGradGuard noGrad;
  const torch::Tensor before = layer->forward(x), weight = layer->weight.clone();
  for (const auto& change : changes) layer->attach(change);
  const torch::Tensor live = layer->forward(x);
  const torch::Tensor effective = layer->effectiveWeight();
  for (const auto& change : changes) layer->detach(*change);
  QVERIFY(!layer->isAdapted() && layer->forward(x).equal(before) && layer->weight.equal(weight));
  QVERIFY(!live.allclose(before, 1e-2, 1e-2));
  // A layer works with its changes in the dtype of its weight, so these are what must be equal.
  LowRankChanges own;
  for (const auto& change : changes) {
    own.push_back(std::make_shared<const LowRankChange>(change->to(weight.device(), weight.scalar_type())));
  }
  layer->weight.copy_(changedWeight(layer->weight, own));
  QVERIFY(layer->weight.equal(effective));
  const torch::Tensor merged = layer->forward(x);
  QVERIFY(live.scalar_type() == merged.scalar_type());
  const double difference = (live - merged).abs().max().template item<double>();
  QVERIFY2(difference <= bound * merged.abs().max().template item<double>(), qPrintable(QString::number(difference)));
}

}  // namespace

class TestLowRank : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void init() { torch::manual_seed(7); }

  void liveEqualsMerged_data() {
    QTest::addColumn<int>("kind");
    QTest::newRow("plain") << static_cast<int>(Kind::Plain);
    QTest::newRow("DoRA") << static_cast<int>(Kind::Dora);
    QTest::newRow("DoRA per input") << static_cast<int>(Kind::DoraPerInput);
    QTest::newRow("Tucker") << static_cast<int>(Kind::Tucker);
  }

  void liveEqualsMerged() {
    QFETCH(const int, kind);
    const auto which = static_cast<Kind>(kind);
    if (which != Kind::Tucker) {
      for (const bool bias : {true, false}) {
        auto linear = filled(Linear(12, 20, bias));
        compareLiveWithMerged(linear, torch::randn({2, 5, 12}),
                              {randomChange(*linear, 3, which), randomChange(*linear, 8, Kind::Plain)}, 1e-5);
      }
    }
    for (const auto& [kernel, stride, padding] : {std::tuple{1, 1, 0}, std::tuple{3, 1, 1}, std::tuple{3, 2, 0}}) {
      auto convolution = filled(Conv2d(6, 10, kernel, stride, padding));
      compareLiveWithMerged(convolution, torch::randn({2, 6, 9, 7}),
                            {randomChange(*convolution, 2, which), randomChange(*convolution, 4, Kind::Plain)}, 1e-5);
    }
  }

  void halfPrecisionToo() {
    auto linear = filled(Linear(16, 16));
    const auto change = randomChange(*linear, 4, Kind::Dora);
    linear->to(torch::kBFloat16);
    compareLiveWithMerged(linear, torch::randn({3, 16}).to(torch::kBFloat16), {change}, 0.03);
  }

  // What a trainer needs: the branch's tensors learn, the weight does not, and the norm of a DoRA is a constant.
  void gradientsAreThoseOfTheMergedWeight_data() { liveEqualsMerged_data(); }
  void gradientsAreThoseOfTheMergedWeight() {
    QFETCH(const int, kind);
    auto layer = filled(Conv2d(6, 10, 3, 1, 1));
    layer->weight.requires_grad_(false);
    const auto change = randomChange(*layer, 3, static_cast<Kind>(kind));
    std::vector<torch::Tensor> learnt{change->down, change->up};
    for (const auto& tensor : {change->mid, change->magnitude}) {
      if (tensor.defined()) learnt.push_back(tensor);
    }
    for (auto& tensor : learnt) tensor.requires_grad_(true);
    const torch::Tensor x = torch::randn({1, 6, 5, 5}), pull = torch::randn({1, 10, 5, 5});
    layer->attach(change);
    (layer->forward(x) * pull).sum().backward();
    std::vector<torch::Tensor> live;
    for (auto& tensor : learnt) {
      live.push_back(tensor.grad().clone());
      tensor.mutable_grad().reset();
    }
    QVERIFY(!layer->weight.grad().defined());
    (at::conv2d(x, layer->effectiveWeight(), layer->bias, 1, 1) * pull).sum().backward();
    for (std::size_t i = 0; i < learnt.size(); ++i) {
      QVERIFY(live[i].allclose(learnt[i].grad(), 1e-4, 1e-4));
      QVERIFY(live[i].abs().max().item<double>() > 0);
    }
  }

  // A trained change is used as it stands, at each step.
  void aTrainedChangeIsSeenAtOnce() {
    auto layer = filled(Linear(8, 8));
    const auto change = randomChange(*layer, 2, Kind::Dora);
    change->up.requires_grad_(true);
    layer->attach(change);
    const torch::NoGradGuard noGrad;
    const torch::Tensor x = torch::randn({2, 8}), before = layer->forward(x);
    change->up.mul_(2);
    QVERIFY(!layer->forward(x).allclose(before));
    QVERIFY(layer->forward(x).allclose(at::linear(x, layer->effectiveWeight(), layer->bias), 1e-4, 1e-5));
  }

  void autocastToo() {
    auto layer = filled(Linear(16, 16));
    const auto change = randomChange(*layer, 4, Kind::Dora);
    const torch::Tensor x = torch::randn({4, 16});
    const torch::NoGradGuard noGrad;
    layer->attach(change);
    const torch::Tensor expected = layer->forward(x);
    at::autocast::set_autocast_dtype(at::kCPU, torch::kBFloat16);
    at::autocast::set_autocast_enabled(at::kCPU, true);
    const torch::Tensor got = layer->forward(x);
    const torch::Tensor effective = layer->effectiveWeight();
    at::autocast::set_autocast_enabled(at::kCPU, false);
    at::autocast::clear_cache();
    QVERIFY(got.scalar_type() == torch::kBFloat16);
    QVERIFY(got.to(torch::kFloat32).allclose(expected, 0.05, 0.05));
    QVERIFY(effective.equal(layer->effectiveWeight()));  // in fp32 whatever autocast says
  }

  void misfitsAreRefused() {
    auto linear = filled(Linear(12, 20));
    const auto refused = [&](const std::function<void(LowRankChange&)>& spoil) {
      auto change = randomChange(*linear, 3, Kind::Dora);
      spoil(*change);
      try {
        linear->attach(change);
        return false;
      } catch (const c10::Error&) {
        return !linear->isAdapted();
      }
    };
    QVERIFY(refused([](LowRankChange& c) { c.down = torch::randn({3, 11}); }));
    QVERIFY(refused([](LowRankChange& c) { c.down = torch::randn({0, 12}); }));
    QVERIFY(refused([](LowRankChange& c) { c.up = torch::randn({20, 4}); }));
    QVERIFY(refused([](LowRankChange& c) { c.up = torch::Tensor(); }));
    QVERIFY(refused([](LowRankChange& c) { c.mid = torch::randn({3, 3, 3, 3}); }));
    QVERIFY(refused([](LowRankChange& c) { c.magnitude = torch::randn({12}); }));
    QVERIFY(!refused([](LowRankChange& c) {
      c.magnitude = torch::randn({12});
      c.axis = MagnitudeAxis::Inputs;
    }));
  }

  void zeroRowsStayFinite() {
    auto linear = filled(Linear(4, 4));
    const torch::NoGradGuard noGrad;
    linear->weight[1].zero_();
    auto change = randomChange(*linear, 2, Kind::Dora);
    change->up[1].zero_();
    linear->attach(change);
    QVERIFY(torch::isfinite(linear->forward(torch::randn({2, 4}))).all().item<bool>());
    QVERIFY(torch::isfinite(linear->effectiveWeight()).all().item<bool>());
  }
};

int runLowRankTests(int argc, char** argv) {
  TestLowRank test;
  return QTest::qExec(&test, argc, argv);
}

#include "test_low_rank.moc"
