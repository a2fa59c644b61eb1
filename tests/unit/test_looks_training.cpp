// What training does with several looks of a photo, pictures of several sizes, and masks.
#include <QTest>
#include <algorithm>

#include "core/api/options.h"
#include "core/train/latent_bank.h"
#include "core/train/losses.h"
#include "tests/numerics/recorded_draws.h"

using namespace likeness;

namespace {

// Item i of a step shows photo i + `first`, with noise that is the photo's own.
class PhotoByPhoto : public TrainingDraws {
 public:
  explicit PhotoByPhoto(std::int64_t first) : m_first(first) {}
  TrainingDraw draw(std::int64_t, std::int64_t item, bool, const DrawSpace& space) override {
    const auto photo = item + m_first;
    const auto size = space.sizes.empty() ? LatentSize{space.height, space.width}
                                          : space.sizes[static_cast<std::size_t>(item)];
    TrainingDraw draw;
    draw.picture = item;
    draw.timestep = 300 + 200 * photo;
    draw.noise = normal({space.channels, size.height, size.width},
                        {1, 0, static_cast<std::uint32_t>(photo), RandomStream::TrainNoise});
    draw.posteriorNoise = torch::zeros_like(draw.noise);
    return draw;
  }
  SubjectTurn turn(std::int64_t sample, std::span<const std::int64_t>) override { return {0, sample}; }

 private:
  std::int64_t m_first;
};

// Two photos side by side, as one wide one.
Image sideBySide(const Image& left, const Image& right) {
  Image wide{left.width + right.width, left.height, {}};
  for (int y = 0; y < left.height; ++y) {
    for (const auto* half : {&left, &right}) {
      const auto row = half->rgb.begin() + 3 * y * half->width;
      wide.rgb.insert(wide.rgb.end(), row, row + 3 * half->width);
    }
  }
  return wide;
}

TrainConfig plainDescent() {
  auto config = quietConfig(1);
  for (const auto& [name, value] : {std::pair{"optimizer", "sgd"}, {"weight_decay", "0"}, {"prior_weight", "0"},
                                    {"max_grad_norm", "0"}, {"learning_rate", "1e-2"}, {"batch_size", "1"}}) {
    setTrainOption(config, name, value).value();
  }
  return config;
}

Image grey(const Image& like, std::uint8_t value) {
  return {like.width, like.height, std::vector<std::uint8_t>(like.rgb.size(), value)};
}

}  // namespace

class TestLooksTraining : public QObject {
  Q_OBJECT

  // A step's loss, and where it led the UNet.
  struct Trained {
    double loss = 0;
    torch::Tensor moved;
  };
  static Trained step(const std::vector<Image>& photos, std::int64_t first) {
    auto model = tinyModel(), before = tinyModel();
    PhotoByPhoto draws(first);
    auto config = plainDescent();
    config.batchSize = std::ssize(photos);
    const auto point = runTiny(config, model, &draws, [&](TrainingSet& set) {
      set.subjects.front().instances = photos;
      set.subjects.front().instanceOrigins.clear();
    }).front();
    const auto after = model.unet->parameters(), start = before.unet->parameters();
    std::vector<torch::Tensor> moved;
    for (std::size_t i = 0; i < after.size(); ++i) moved.push_back((after[i].detach() - start[i].detach()).flatten());
    return {point.instanceLoss, at::cat(moved)};
  }

 private Q_SLOTS:
  void picturesOfTwoSizesAreLearntTogether() {
    const auto photos = fixturePictures("instances");
    const auto wide = sideBySide(photos[0], photos[1]);
    const auto both = step({photos[0], wide}, 0), square = step({photos[0]}, 0), other = step({wide}, 1);
    QVERIFY(relative(both.loss, (square.loss + other.loss) / 2) < 1e-6);
    const auto mean = (square.moved + other.moved) / 2;
    QVERIFY((both.moved - mean).norm().item<double>() < 1e-4 * mean.norm().item<double>());
    QVERIFY((both.moved - square.moved).norm().item<double>() > 0.1 * mean.norm().item<double>());
  }

  void eachLookIsShown() {
    CounterDraws draws(5);
    const std::vector<LatentSize> sizes{{2, 2}, {2, 4}, {4, 2}, {2, 2}, {2, 4}, {4, 2}};
    const DrawSpace space{.pictures = 2, .samplesPerStep = 1, .channels = 1, .looks = 3, .sizes = sizes};
    std::map<std::int64_t, int> shown;
    for (std::int64_t step = 0; step < 600; ++step) {
      const auto draw = draws.draw(step, 0, false, space);
      ++shown[draw.look];
      const auto size = sizes[static_cast<std::size_t>(3 * draw.picture + draw.look)];
      QVERIFY(draw.noise.size(1) == size.height && draw.noise.size(2) == size.width);
      QVERIFY(draw.posteriorNoise.sizes() == draw.noise.sizes());
    }
    QCOMPARE(shown.size(), std::size_t{3});
    for (const auto& [look, times] : shown) QVERIFY2(times > 150 && times < 250, qPrintable(QString::number(times)));
  }

  void eachDrawIsAnotherSample() {
    // What is kept of a photo is a distribution, not one sample of it.
    const auto model = tinyModel();
    LatentCache cache({}, "");
    JobControl control;
    const auto bank = encodeLatents(model, fixturePictures("instances"), true, cache, control, {});
    const auto first = torch::randn_like(bank.mean[0]), second = torch::randn_like(bank.mean[0]);
    const auto a = bank.sample(0, false, first), b = bank.sample(0, false, second);
    QVERIFY(!a.equal(b) && bank.deviation[0].min().item<double>() > 0);
    QVERIFY(at::allclose(a - b, bank.deviation[0] * (first - second), 1e-4, 1e-6));
    QVERIFY(!bank.sample(0, true, first).equal(a));
  }

  void aStopComesBetweenTwoPictures() {
    const auto model = tinyModel();
    LatentCache cache({}, "");
    JobControl control;
    const auto photos = fixturePictures("instances");
    std::int64_t encoded = 0;
    const auto stopAfterOne = [&](std::int64_t done) {
      encoded = done;
      control.requestStop();
    };
    QVERIFY_THROWS_EXCEPTION(ErrorException,
                             static_cast<void>(encodeLatents(model, photos, false, cache, control, stopAfterOne)));
    QCOMPARE(encoded, std::int64_t{1});
    QVERIFY(!cache.find(cache.keyOf(photos[1])));  // the next one wasn't begun
  }

  void aMaskWeighsEachPart() {
    auto config = quietConfig(1);
    config.maskedLoss = true;
    const auto lossOf = [&](std::optional<std::uint8_t> white, double outside, bool normalize) {
      auto model = tinyModel();
      config.unmaskedWeight = outside;
      config.maskNormalize = normalize;
      return runTiny(config, model, nullptr, [&](TrainingSet& set) {
        auto& subject = set.subjects.front();
        for (const auto& photo : subject.instances) {
          if (white) subject.masks.push_back(grey(photo, *white));
        }
      }).front();
    };
    const auto usual = lossOf({}, 0.1, false);
    QCOMPARE(lossOf(255, 0.1, false).instanceLoss, usual.instanceLoss);
    QVERIFY(relative(lossOf(0, 0.25, false).instanceLoss, 0.25 * usual.instanceLoss) < 1e-5);
    QCOMPARE(lossOf(0, 0, false).instanceLoss, 0.0);
    QVERIFY(relative(lossOf(51, 0.1, false).instanceLoss, 0.2 * usual.instanceLoss) < 1e-5);
    QVERIFY(relative(lossOf(0, 0.25, true).instanceLoss, usual.instanceLoss) < 1e-5);
    QCOMPARE(lossOf(0, 0.25, false).priorLoss, usual.priorLoss);  // class images have no masks
    config.maskedLoss = false;
    QCOMPARE(lossOf(0, 0, false).instanceLoss, usual.instanceLoss);  // unless it is asked for
  }

  void validationCanBeOfOtherPictures() {
    const auto photos = fixturePictures("instances");
    const auto validated = [&](const std::function<void(TrainingSubject&)>& change) {
      auto config = quietConfig(1);
      config.validateEvery = 1;
      auto model = tinyModel();
      return runTiny(config, model, nullptr, [&](TrainingSet& set) {
        set.subjects.front().instanceOrigins.clear();
        change(set.subjects.front());
      });
    };
    const auto usual = validated([](TrainingSubject&) {});
    // The photos themselves, held out, are what is validated without; others aren't, and training doesn't see them.
    const auto same = validated([&](TrainingSubject& one) { one.heldOut = photos; });
    QCOMPARE(same.front().validationLoss, usual.front().validationLoss);
    const auto wide = sideBySide(photos[0], photos[1]);
    const auto other = validated([&](TrainingSubject& one) { one.heldOut = {wide, grey(photos[0], 90)}; });
    QVERIFY(other.front().validationLoss != usual.front().validationLoss);
    QCOMPARE(other.back().instanceLoss, usual.back().instanceLoss);
    QCOMPARE(other.back().gradNorm, usual.back().gradNorm);
    // Under their own captions.
    const auto named = validated([&](TrainingSubject& one) {
      one.heldOut = photos;
      one.heldOutCaptions.assign(photos.size(), "a red house by the sea");
    });
    QVERIFY(named.front().validationLoss != usual.front().validationLoss);
  }

  void theLossOfAMaskIsThatOfItsPart() {
    const auto prediction = torch::randn({2, 3, 4, 4}), target = torch::randn({2, 3, 4, 4});
    auto weights = torch::zeros({2, 1, 4, 4});
    weights[0].slice(1, 0, 2).fill_(1);
    weights[1].fill_(1);
    const auto steps = torch::tensor({10, 700}, torch::kInt64);
    for (const auto kind : {LossKind::Mse, LossKind::Huber, LossKind::SmoothL1}) {
      TrainConfig config;
      config.loss = kind;
      const NoiseSchedule schedule(NoiseScheduleConfig{});
      const auto masked = LossFunction(config, schedule)(prediction, target, steps, weights);
      const auto whole = LossFunction(config, schedule)(prediction, target, steps);
      const auto half = LossFunction(config, schedule)(prediction.slice(2, 0, 2), target.slice(2, 0, 2), steps);
      QVERIFY(at::allclose(masked[0], half[0] / 2) && at::allclose(masked[1], whole[1]));
      config.maskNormalize = true;
      const auto normal = LossFunction(config, schedule)(prediction, target, steps, weights);
      QVERIFY(at::allclose(normal[0], half[0]) && at::allclose(normal[1], whole[1]));
    }
  }

  void whatDoesNotFitIsRefused() {
    const auto refused = [](const std::function<void(TrainingSubject&)>& change) {
      auto model = tinyModel();
      TrainJob job;
      job.config = quietConfig(1);
      job.set = tinyTrainingSet();
      change(job.set.subjects.front());
      return !checkTrainJob(model, job).ok();
    };
    QVERIFY(!refused([](TrainingSubject&) {}));
    QVERIFY(refused([](TrainingSubject& one) { one.looks = 1000; }));
    QVERIFY(refused([](TrainingSubject& one) { one.masks.resize(1); }));
    QVERIFY(refused([](TrainingSubject& one) { one.instances.front() = {3, 3, std::vector<std::uint8_t>(27)}; }));
    QVERIFY(refused([](TrainingSubject& one) {
      one.priors.front() = sideBySide(one.priors.front(), one.priors.front());
      one.priorOrigins.clear();
    }));
  }
};

int runLooksTrainingTests(int argc, char** argv) {
  TestLooksTraining test;
  return QTest::qExec(&test, argc, argv);
}
#include "test_looks_training.moc"
