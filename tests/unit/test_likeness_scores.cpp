// What previews are scored by, and parts of the model that leave memory while nobody needs them.
#include <QTemporaryDir>
#include <QTest>
#include <cmath>
#include <fstream>
#include <sstream>

#include "core/api/options.h"
#include "core/base/atomic_file.h"
#include "core/data/image_tensor.h"
#include "core/metrics/jsonl_log.h"
#include "core/sample/offloaded_part.h"
#include "core/train/early_stop.h"
#include "core/tensor/random.h"
#include "core/train/likeness_scores.h"
#include "core/train/run_recorder.h"
#include "core/weights/diffusers_folder.h"
#include "tests/numerics/recorded_draws.h"

using namespace likeness;
namespace fs = std::filesystem;

namespace {

fs::path pathOf(const QTemporaryDir& folder) { return folder.path().toStdString(); }

ImagePtr shared(const Image& image) { return std::make_shared<const Image>(image); }

// The tiny CLIP of the fixtures with as many words as the tiny Stable Diffusion's tokenizer has.
fs::path clipFor(const QTemporaryDir& folder, const ClipTokenizer& tokenizer) {
  const auto from = trainFixtures().parent_path() / "score" / "clip", to = pathOf(folder) / "clip";
  fs::copy(from, to);
  auto config = readJsonFile(from / "config.json").value();
  const auto words = static_cast<std::int64_t>(tokenizer.vocabularySize());
  config["text_config"]["vocab_size"] = words;
  config["text_config"]["eos_token_id"] = tokenizer.endToken();
  writeFileAtomically(to / "config.json", config.dump()).value();
  const auto weights = SafetensorsFile::open(from / "model.safetensors").value();
  NamedTensors tensors;
  for (const auto& [name, info] : weights.tensors()) {
    const bool table = name == "text_model.embeddings.token_embedding.weight";
    const RandomKey key{3, 0, 0, RandomStream::SampleNoise};
    tensors.emplace_back(name, table ? normal({words, info.shape[1]}, key) : weights.tensor(name).clone());
  }
  writeSafetensors(to / "model.safetensors", tensors).value();
  return to;
}

struct Run {
  RecordingObserver seen;
  Result<TrainOutcome> outcome = Error{};
};

Run runIn(const fs::path& folder, TrainConfig config, const std::map<std::string, std::string>& options,
          const std::string& name = "model") {
  for (const auto& [option, value] : options) setTrainOption(config, option, value).value();
  auto model = tinyModel(name);
  TrainJob job;
  job.config = config;
  job.set = tinyTrainingSet();
  job.runFolder = folder;
  JobControl control;
  Run run;
  RecordingObserver& seen = run.seen;
  RunRecorder recorder(folder, config, seen);
  run.outcome = train(model, job, control, recorder);
  return run;
}

TrainConfig previewed() {
  auto config = quietConfig(2);
  config.previewEvery = 2;
  config.previewPrompts = {"a photo of [V] dog", "a [V] dog on the beach"};
  return config;
}

// A model, a run's pictures encoded by it, and their scorer.
struct Scored {
  explicit Scored(const std::string& name, const std::string& scoreModel = {}) : model(tinyModel(name)) {
    config = quietConfig(1);
    config.scoreModel = scoreModel;
    LatentCache cache({}, {});
    SubjectMaterial one;
    one.instances.latents = encodeLatents(model, subject().instances, false, cache, control, {});
    one.priors.latents = encodeLatents(model, subject().priors, false, cache, control, {});
    material.emplace(TrainingMaterial{{one}, TextConditions(model, {subject().instancePrompt})});
  }
  std::vector<Scores> of(const std::vector<Image>& images, const std::string& prompt = "a photo of a dog") {
    std::vector<ImagePtr> previews;
    for (const auto& image : images) previews.push_back(shared(image));
    LikenessScorer scorer(model, config, set);
    return scorer.score(previews, std::vector(images.size(), prompt), 0, *material, control);
  }
  TrainingSubject& subject() { return set.subjects.front(); }
  std::vector<torch::Tensor>& photos() { return material->subjects.front().instances.latents.mean; }
  StableDiffusion model;
  TrainConfig config;
  TrainingSet set = tinyTrainingSet();
  JobControl control;
  std::optional<TrainingMaterial> material;
};

std::string contentOf(const fs::path& folder, const std::string& prefix) {
  std::ostringstream all;
  for (const auto& entry : fs::directory_iterator(folder)) {
    if (!entry.path().filename().string().starts_with(prefix)) continue;
    all << std::ifstream(entry.path(), std::ios::binary).rdbuf();
  }
  return all.str();
}

}  // namespace

class TestLikenessScores : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void anImageIsLikeItself_data() {
    QTest::addColumn<bool>("given");
    QTest::newRow("model") << true;
    QTest::newRow("xl") << false;
    QTest::newRow("inpaint") << false;
  }

  void anImageIsLikeItself() {
    QFETCH(const bool, given);
    const QTemporaryDir folder;
    const auto clip = given ? clipFor(folder, tinyModel().tokenizer).string() : std::string();
    Scored scored(QTest::currentDataTag(), clip);
    scored.subject().instances.resize(1);
    scored.photos().resize(1);
    auto other = scored.subject().instances.front();
    for (auto& value : other.rgb) value = static_cast<std::uint8_t>(255 - value);
    const auto scores = scored.of({scored.subject().instances.front(), other});
    for (const std::string name : {"vae_photos", "unet_photos", "clip_i"}) {
      if (!given && name == "clip_i") continue;
      QVERIFY2(std::abs(scores[0].at(name) - 1) < 1e-5, name.c_str());
      QVERIFY2(scores[1].at(name) < 0.9999, name.c_str());
    }
    for (const auto& [name, score] : scores[0]) QVERIFY2(std::abs(score) <= 1, name.c_str());
    QCOMPARE(scores[0].size(), given ? 7u : 4u);
    // The class images are others, and the text is another than the picture.
    QVERIFY(scores[0].at("vae_class") < 0.9999);
  }

  void scoresAreMeansOverPairs() {
    Scored scored("model");
    const auto together = scored.of(scored.subject().instances);
    const auto means = at::stack(scored.photos()).flatten(1);
    const auto rows = means / means.norm(2, {1}, true);
    for (std::size_t i = 0; i < together.size(); ++i) {
      const auto expected = at::matmul(rows, rows[static_cast<std::int64_t>(i)]).mean().item<double>();
      QVERIFY(std::abs(together[i].at("vae_photos") - expected) < 1e-5);
    }
    const auto mean = meanScores(together);
    QVERIFY(std::abs(mean.at("vae_photos") - at::matmul(rows, rows.t()).mean().item<double>()) < 1e-5);
  }

  // clip_t is the cosine of the two, and another text has another one.
  void clipReadsThePrompt() {
    const QTemporaryDir folder;
    const auto clip = clipFor(folder, tinyModel().tokenizer);
    Scored scored("model", clip.string());
    const auto image = scored.subject().instances.front();
    const auto model = ScoreModel::open(clip).value();
    const auto text = model.texts({"a photo of a dog"}, scored.model.tokenizer);
    const auto expected = at::matmul(model.pictures({&image, 1}), text.t()).item<double>();
    const auto one = scored.of({image}).front().at("clip_t"), two = scored.of({image}, "snow").front().at("clip_t");
    QVERIFY(std::abs(one - expected) < 1e-6);
    QVERIFY(std::abs(one - two) > 1e-4);
  }

  // Scores change nothing of what is learnt; they are in the record, beside the losses.
  void aRunScoresItsPreviews() {
    const QTemporaryDir folder;
    const auto clip = clipFor(folder, tinyModel().tokenizer);
    const auto with = runIn(pathOf(folder) / "with", previewed(), {{"score_model", clip.string()}});
    const auto without = runIn(pathOf(folder) / "without", previewed(), {{"preview_scores", "false"}});
    QVERIFY(with.outcome.ok() && without.outcome.ok());
    QCOMPARE(checkpointHash(with.outcome->checkpoint.folder), checkpointHash(without.outcome->checkpoint.folder));
    QCOMPARE(with.seen.previews.size(), 4u);  // two before the first step, two after the last
    for (const auto& preview : without.seen.previews) QVERIFY(preview.scores.empty());
    for (std::size_t i = 0; i < with.seen.previews.size(); ++i) {
      QCOMPARE(with.seen.previews[i].scores.size(), 7u);
      QVERIFY(*with.seen.previews[i].image == *without.seen.previews[i].image);
    }
    const auto scored = readMetrics(scoresFile(pathOf(folder) / "with")).value();
    QVERIFY(!fs::exists(scoresFile(pathOf(folder) / "without")));
    QCOMPARE(scored.size(), 2u);
    QCOMPARE(scored[1].step, 2);
    const auto& last = with.seen.previews;
    const auto mean = (last[2].scores.at("clip_t") + last[3].scores.at("clip_t")) / 2;
    QVERIFY(std::abs(scored[1].scores.at("clip_t") - mean) < 1e-9);
    QVERIFY(contentOf(pathOf(folder) / "with", "events.out").find("score/unet_photos") != std::string::npos);
    QVERIFY(contentOf(pathOf(folder) / "without", "events.out").find("score/") == std::string::npos);
  }

  void aMissingScoreModelIsSaidAtOnce() {
    const QTemporaryDir folder;
    const auto run = runIn(pathOf(folder), previewed(), {{"score_model", "/nothing/here"}});
    QVERIFY(!run.outcome.ok() && run.seen.previews.empty());
    QVERIFY(run.outcome.error().message.find("/nothing/here") != std::string::npos);
  }

  void overfittingIsSaidOnceInOneSentence() {
    std::vector<ValidatedStep> validations;
    std::vector<std::string> said;
    CheckpointInfo best;
    best.step = 30, best.best = true;
    const double losses[] = {1.0, 0.9, 0.5, 0.52, 0.55, 0.6, 0.7, 0.9};
    for (std::size_t i = 0; i < std::size(losses); ++i) {
      validations.push_back({static_cast<std::int64_t>(10 * (i + 1)), losses[i]});
      said.push_back(overfittingSentence(validations, {best}));
    }
    for (std::size_t i = 0; i < said.size(); ++i) QCOMPARE(said[i].empty(), i != 5);
    const auto sentence = QString::fromStdString(said[5]);
    QVERIFY(sentence.contains("since step 30") && sentence.contains("20 %") && sentence.count('.') == 1);
    QVERIFY(sentence.endsWith("use the checkpoint of step 30."));
  }

  // Away, a part takes no memory; back, it is the same to the bit, in its dtypes and layouts.
  void aPartLeavesAndComesBack() {
    auto model = tinyModel();
    const auto image = imagesToTensor(fixturePictures("instances")).narrow(0, 0, 1);
    const auto before = model.vae->encode(image).mean;
    std::vector<torch::Tensor> weights;
    for (const auto& [name, tensor] : stateDict(*model.vae)) weights.push_back(tensor.clone());
    std::vector<std::vector<std::int64_t>> strides;
    for (const auto& parameter : model.vae->parameters()) strides.push_back(parameter.strides().vec());
    OffloadedPart part(model.path, "vae", model.vae.ptr());
    part.leave();
    QVERIFY(part.isAway());
    for (const auto& parameter : model.vae->parameters()) QCOMPARE(parameter.storage().nbytes(), sizeof(float));
    part.comeBack();
    const auto parameters = model.vae->parameters();
    for (std::size_t i = 0; i < parameters.size(); ++i) {
      QVERIFY(at::equal(parameters[i], weights[i]));
      QVERIFY(parameters[i].strides().vec() == strides[i]);
    }
    QVERIFY(at::equal(model.vae->encode(image).mean, before));
  }

  void offloadChangesNoNumber_data() {
    QTest::addColumn<QString>("model");
    QTest::addColumn<QString>("method");
    QTest::addColumn<QString>("frozen");
    QTest::newRow("full") << "model" << "full" << "fp32";
    QTest::newRow("lora of XL with frozen weights in bf16") << "xl" << "lora" << "bf16";
  }

  void offloadChangesNoNumber() {
    QFETCH(const QString, model);
    QFETCH(const QString, method);
    QFETCH(const QString, frozen);
    const QTemporaryDir folder;
    auto config = previewed();
    config.previewPrompts.resize(1);
    config.validateEvery = 1;
    const auto run = [&](const char* offload) {
      return runIn(pathOf(folder) / offload, config,
                   {{"offload", offload}, {"text_encoder_learning_rate", "0"}, {"method", method.toStdString()},
                    {"frozen_dtype", frozen.toStdString()}},
                   model.toStdString());
    };
    const auto with = run("true"), without = run("false");
    QVERIFY(with.outcome.ok() && without.outcome.ok());
    QCOMPARE(checkpointHash(with.outcome->checkpoint.folder), checkpointHash(without.outcome->checkpoint.folder));
    QCOMPARE(with.seen.previews.size(), 2u);
    for (std::size_t i = 0; i < with.seen.previews.size(); ++i) {
      QVERIFY(*with.seen.previews[i].image == *without.seen.previews[i].image);
      QVERIFY(with.seen.previews[i].scores == without.seen.previews[i].scores);
    }
  }
};

int runLikenessScoreTests(int argc, char** argv) {
  TestLikenessScores test;
  return QTest::qExec(&test, argc, argv);
}

#include "test_likeness_scores.moc"
