// The computing jobs of FakeBackend, one step at a time.
#include <cmath>

#include "core/api/options.h"
#include "core/api/sample_grid.h"
#include "tests/support/fake_backend.h"
#include "tests/support/fake_pictures.h"
#include "ui/widgets/qimage.h"

namespace likeness {
namespace {

constexpr std::uint64_t kMemory = 812ULL << 20U;

Progress progressOf(std::string stage, std::int64_t done, std::int64_t total, double perSecond) {
  return {std::move(stage), done, total, static_cast<double>(total - done) / perSecond, perSecond, kMemory};
}

std::string recipeOf(const Sample& spec, std::uint64_t seed) {
  return R"({"prompt":")" + spec.prompt + R"(","negative":")" + spec.negative + R"(","sampler":")" + spec.sampler +
         R"(","steps":)" + std::to_string(spec.steps) + R"(,"guidance":)" + std::to_string(spec.guidance) +
         R"(,"seed":)" + std::to_string(seed) + R"(,"width":)" + std::to_string(spec.width) + R"(,"height":)" +
         std::to_string(spec.height) + "}";
}

}  // namespace

void FakeBackend::begin(Run& run) {
  if (const auto* priors = std::get_if<MakePriors>(&run.spec)) {
    if (priors->count) m_project.train.priorCount = *priors->count;
    run.total = m_project.train.priorCount;
  } else if (const auto* train = std::get_if<Train>(&run.spec)) {
    run.train = m_project.train;
    for (const auto& [name, value] : train->overrides) (void)setTrainOption(run.train, name, value);
    run.total = run.train.steps;
    if (train->resume && !m_project.runs.empty()) {
      run.run = m_project.runs.back().id;
      run.done = m_project.runs.back().step;
      send(run.id, Notice{false, "resuming", "Going on from step " + std::to_string(run.done) + "."});
    } else {
      run.run = "run-" + std::to_string(m_project.runs.size() + 1);
      m_project.runs.push_back({run.run, m_project.folder / "runs" / run.run, RunState::Running, 0, run.total, {}});
    }
    runInfo(run.run)->state = RunState::Running;
    sendProject(run.id);
    if (run.done == 0) sendPreview(run, 0);
  } else if (const auto* sample = std::get_if<Sample>(&run.spec)) {
    const auto cells = gridCells(*sample);
    const auto pictures = sample->grid.empty() ? sample->count : cells.ok() ? int(cells->size()) : 1;
    run.total = static_cast<std::int64_t>(sample->steps) * pictures;
  } else {
    run.total = 10;
  }
}

bool FakeBackend::step(Run& run) {
  if (std::holds_alternative<MakePriors>(run.spec)) return stepPriors(run);
  if (std::holds_alternative<Train>(run.spec)) return stepTrain(run);
  if (std::holds_alternative<Sample>(run.spec)) return stepSample(run);
  if (const auto* about = std::get_if<Inspect>(&run.spec)) {
    send(run.id, Inspected{"A picture with a recipe: " + about->path.string(), R"({"kind":"picture"})"});
    return true;
  }
  ++run.done;
  send(run.id, progressOf("Writing the model", run.done, run.total, 20));
  return run.done >= run.total;
}

bool FakeBackend::stepPriors(Run& run) {
  auto& priors = m_project.priors;
  if (run.done == 0) {
    const auto& spec = std::get<MakePriors>(run.spec);
    if (spec.replaceRejected) std::erase_if(priors, [](const PriorInfo& prior) { return !prior.kept; });
    run.done = static_cast<std::int64_t>(priors.size());
    const std::int64_t making = std::max<std::int64_t>(0, run.total - run.done);
    if (run.done > 0) {
      const std::string counts = "reused " + std::to_string(run.done) + ", making " + std::to_string(making);
      send(run.id, Notice{false, "priors", counts});
    }
    if (making == 0) return true;
  }
  addPrior(run.id, static_cast<int>(run.done), static_cast<int>(run.total), false);
  ++run.done;
  send(run.id, progressOf("Making prior images", run.done, run.total, 1.6));
  if (run.done >= run.total) sendProject(run.id);
  return run.done >= run.total;
}

void FakeBackend::addPrior(JobId job, int index, int total, bool reused) {
  const QImage image = priorImage(index);
  PriorInfo prior{writePicture(QStringLiteral("prior-%1-%2.png").arg(job).arg(index), image),
                  static_cast<std::uint64_t>(index), true};
  m_project.priors.push_back(prior);
  send(job, PriorReady{prior, index, total, reused, toImagePtr(image)});
}

bool FakeBackend::stepTrain(Run& run) {
  if (m_trainLimit > 0 && run.done >= m_trainLimit) return false;
  MetricBatch batch{run.run, {}};
  for (int k = 0; k < m_stepsPerTick && run.done < run.total; ++k) {
    ++run.done;
    batch.points.push_back(metricAt(run.done, run.train));
    if (run.train.previewEvery > 0 && run.done % run.train.previewEvery == 0) sendPreview(run, run.done);
    if (run.train.checkpointEvery > 0 && run.done % run.train.checkpointEvery == 0) saveCheckpoint(run);
    if (run.done == run.total * 9 / 10) {
      send(run.id, Notice{true, "overfitting",
                          "Since step " + std::to_string(run.total * 3 / 4) +
                              " it is learning the photos by heart. The best checkpoint is kept."});
    }
  }
  if (RunInfo* info = runInfo(run.run)) info->step = run.done;
  send(run.id, batch);
  send(run.id, progressOf("Training", run.done, run.total, 6.1));
  return run.done >= run.total;
}

void FakeBackend::saveCheckpoint(const Run& run) {
  RunInfo* info = runInfo(run.run);
  if (info == nullptr || (!info->checkpoints.empty() && info->checkpoints.back().step == run.done)) return;
  CheckpointInfo checkpoint{run.done, info->folder / "checkpoints" / ("step-" + std::to_string(run.done)),
                            metricAt(run.done, run.train).validationLoss, true};
  for (CheckpointInfo& other : info->checkpoints) {
    if (!(checkpoint.validationLoss < other.validationLoss)) checkpoint.best = false;
  }
  if (checkpoint.best) {
    for (CheckpointInfo& other : info->checkpoints) other.best = false;
  }
  info->checkpoints.push_back(checkpoint);
  send(run.id, CheckpointSaved{run.run, checkpoint});
  sendProject(run.id);
}

void FakeBackend::sendPreview(const Run& run, std::int64_t step) {
  const double blend = std::min(1.0, static_cast<double>(step) / 250.0);
  const std::string prompt = "a photo of a [V] " + m_project.classNoun;
  send(run.id, Preview{run.run, step, 0, prompt, toImagePtr(pictureImage(static_cast<int>(step / 100), blend))});
}

namespace {

QImage roughOf(const QImage& image, double done) {
  QImage small =
      image.scaled(32, 32, Qt::IgnoreAspectRatio, Qt::SmoothTransformation).convertToFormat(QImage::Format_RGB888);
  unsigned noise = 1;
  for (int y = 0; y < small.height(); ++y) {
    uchar* line = small.scanLine(y);
    for (int x = 0; x < 3 * small.width(); ++x) {
      noise = noise * 1664525U + 1013904223U;
      line[x] = static_cast<uchar>(line[x] * done + (noise >> 24U) * (1 - done));
    }
  }
  return small;
}

}  // namespace

bool FakeBackend::stepSample(Run& run) {
  const auto& spec = std::get<Sample>(run.spec);
  ++run.done;
  const int index = static_cast<int>((run.done - 1) / spec.steps);
  const int at = static_cast<int>((run.done - 1) % spec.steps) + 1;
  // Noise that clears up, as coarse as latents are.
  const std::uint64_t seed = spec.seed + static_cast<std::uint64_t>(spec.grid.empty() ? index : 0);
  const QImage whole =
      pictureImage(static_cast<int>((spec.grid.empty() ? seed : spec.seed + std::uint64_t(index)) % 97), 1.0);
  send(run.id, PictureProgress{index, at, spec.steps, false, {toImagePtr(roughOf(whole, double(at) / spec.steps))}});
  send(run.id, progressOf("Making pictures", run.done, run.total, 12));
  if (at < spec.steps) return false;
  for (const bool base : {true, false}) {
    if (base && !spec.compareWithBase) continue;
    const bool any = base || spec.weights == WhichWeights::Base || spec.prompt.find("[V") == std::string::npos;
    const QImage image = any ? pictureImage(static_cast<int>(seed % 97), 0.0) : whole;
    const QString name = QStringLiteral("made-%1-%2%3.png").arg(run.id).arg(index).arg(base ? "-base" : "");
    const PictureInfo picture{writePicture(name, image), recipeOf(spec, seed)};
    if (!base) m_project.pictures.push_back(picture);
    run.made.push_back(picture.file);
    send(run.id, PictureReady{picture, index, base, seed, toImagePtr(image)});
  }
  if (run.done >= run.total) sendProject(run.id);
  return run.done >= run.total;
}

void FakeBackend::loadRun(JobId job, const LoadRun& spec) {
  const RunInfo* info = runInfo(spec.run);
  if (info == nullptr) return;
  MetricBatch batch{spec.run, {}};
  Run run;
  run.id = job;
  run.run = spec.run;
  for (std::int64_t step = 1; step <= info->step; ++step) batch.points.push_back(metricAt(step, m_project.train));
  send(job, batch);
  for (std::int64_t step = 0; step <= info->step; step += 100) sendPreview(run, step);
}

}  // namespace likeness
