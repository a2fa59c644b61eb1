#include "tests/support/fake_backend.h"

#include <QDateTime>
#include <cmath>

#include "core/api/options.h"
#include "tests/support/fake_pictures.h"
#include "ui/widgets/qimage.h"

namespace likeness {
namespace {

constexpr int kResolution = 128;

}  // namespace

FakeBackend::FakeBackend(QObject* parent) : Backend(parent) {
  m_timer.setInterval(1);
  connect(&m_timer, &QTimer::timeout, this, &FakeBackend::tick);
}

void FakeBackend::setPace(int milliseconds, int trainStepsPerTick) {
  m_timer.setInterval(milliseconds);
  m_stepsPerTick = trainStepsPerTick;
}

void FakeBackend::setPriorFolder(const QString& folder) { m_priorImages = readFolder(folder, kResolution); }

void FakeBackend::setPictureFolder(const QString& folder) { m_pictureImages = readFolder(folder, 2 * kResolution); }

JobId FakeBackend::submit(JobSpec spec) {
  const JobId id = m_nextJob++;
  m_submitted.push_back(spec);
  if (isEdit(spec)) {
    QMetaObject::invokeMethod(
        this,
        [this, id, spec] {
          send(id, Accepted{});
          if (m_failure) {
            send(id, Finished{Outcome::Failed, std::exchange(m_failure, {}), {}, {}});
          } else if (runEdit(id, spec)) {
            send(id, Finished{});
          }
        },
        Qt::QueuedConnection);
    return id;
  }
  Run run;
  run.id = id;
  run.spec = std::move(spec);
  m_queue.push_back(std::move(run));
  QMetaObject::invokeMethod(
      this,
      [this, id] {
        send(id, Accepted{});
        startNext();
      },
      Qt::QueuedConnection);
  return id;
}

void FakeBackend::pause(JobId job) {
  if (m_queue.empty() || m_queue.front().id != job) return;
  m_queue.front().paused = true;
  send(job, StateChanged{JobState::Paused});
}

void FakeBackend::resume(JobId job) {
  if (m_queue.empty() || m_queue.front().id != job) return;
  m_queue.front().paused = false;
  send(job, StateChanged{JobState::Running});
}

void FakeBackend::cancel(JobId job) {
  if (!m_queue.empty() && m_queue.front().id == job && m_queue.front().started) {
    m_queue.front().stop = true;
    send(job, StateChanged{JobState::Stopping});
    QMetaObject::invokeMethod(
        this, [this, job] { if (!m_queue.empty() && m_queue.front().id == job) finish(Outcome::Cancelled); },
        Qt::QueuedConnection);
    return;
  }
  const auto waiting = std::find_if(m_queue.begin(), m_queue.end(), [job](const Run& run) { return run.id == job; });
  if (waiting == m_queue.end()) return;
  m_queue.erase(waiting);
  send(job, Finished{Outcome::Cancelled, {}, "Taken out of the queue.", {}});
}

void FakeBackend::ask(JobId job, JobRequest request) {
  m_asked.push_back(request);
  if (m_queue.empty() || m_queue.front().id != job || !std::holds_alternative<Train>(m_queue.front().spec)) return;
  const Run& run = m_queue.front();
  if (request == JobRequest::Preview) sendPreview(run, run.done);
  if (request == JobRequest::Checkpoint) saveCheckpoint(run);
}

void FakeBackend::send(JobId job, EventPayload payload) {
  const double now = static_cast<double>(QDateTime::currentMSecsSinceEpoch()) / 1000.0;
  Q_EMIT jobEvent(JobEvent{job, m_seq[job]++, now, std::move(payload)});
}

void FakeBackend::sendProject(JobId job) { send(job, ProjectChanged{m_project}); }

void FakeBackend::startNext() {
  if (m_queue.empty() || m_queue.front().started) return;
  Run& run = m_queue.front();
  run.started = true;
  send(run.id, StateChanged{JobState::Running});
  begin(run);
  if (!m_manual) m_timer.start();
}

void FakeBackend::tick() {
  if (m_queue.empty()) {
    m_timer.stop();
    return;
  }
  Run& run = m_queue.front();
  if (run.paused || run.stop || !run.started) return;
  const bool done = step(run);
  if (m_failure) {
    finish(Outcome::Failed, std::exchange(m_failure, {}));
  } else if (done) {
    finish(Outcome::Succeeded);
  }
}

void FakeBackend::finish(Outcome outcome, std::optional<Error> error) {
  const Run run = m_queue.front();
  m_queue.pop_front();
  m_timer.stop();
  Finished finished{outcome, std::move(error), {}, {}};
  if (std::holds_alternative<Train>(run.spec)) {
    if (outcome != Outcome::Failed) saveCheckpoint(run);
    if (RunInfo* info = runInfo(run.run)) {
      info->state = outcome == Outcome::Succeeded   ? RunState::Finished
                    : outcome == Outcome::Cancelled ? RunState::Stopped
                                                    : RunState::Failed;
      info->step = run.done;
    }
    sendProject(run.id);
    finished.summary = outcome == Outcome::Cancelled ? "Stopped at step " + std::to_string(run.done) + "; it can go on from there."
                                                     : "Trained " + std::to_string(run.done) + " steps.";
  } else if (const auto* spec = std::get_if<Export>(&run.spec)) {
    finished.made = {spec->out};
    finished.summary = "Written and read back.";
  } else if (std::holds_alternative<Sample>(run.spec)) {
    finished.made = run.made;
    if (outcome == Outcome::Cancelled) finished.summary = "Stopped.";
  } else if (outcome == Outcome::Cancelled) {
    finished.summary = "Stopped.";
  }
  send(run.id, finished);
  startNext();
}

MetricPoint FakeBackend::metricAt(std::int64_t step, const TrainConfig& config) {
  const auto noise = [step](int which) {
    const double x = std::sin(static_cast<double>(step * 12.9898 + which * 78.233)) * 43758.5453;
    return x - std::floor(x) - 0.5;
  };
  const auto t = static_cast<double>(step);
  MetricPoint point;
  point.step = step;
  point.instanceLoss = 0.13 + 0.15 * std::exp(-t / 160) + 0.05 * noise(1);
  point.priorLoss = 0.12 + 0.06 * std::exp(-t / 220) + 0.04 * noise(2);
  const double turn = 0.75 * static_cast<double>(config.steps);
  const bool validates = config.validateEvery > 0 && step % config.validateEvery == 0;
  point.validationLoss = validates ? 0.125 + 0.11 * std::exp(-t / 180) +
                                         (t > turn ? 0.4 * (t - turn) / static_cast<double>(config.steps) : 0)
                                   : std::nan("");
  point.learningRate = config.learningRate;
  point.textEncoderLearningRate = config.textEncoderLearningRate;
  point.gradNorm = 0.6 + 0.3 * noise(3);
  point.stepsPerSecond = 6.1 + 0.2 * noise(4);
  return point;
}

QImage FakeBackend::priorImage(int index) const {
  if (m_priorImages.empty()) return paintScene(index, 0.0, kResolution);
  return m_priorImages[static_cast<std::size_t>(index) % m_priorImages.size()];
}

QImage FakeBackend::pictureImage(int index, double blend) const {
  if (m_pictureImages.empty() || blend < 0.2) {
    return blend < 0.2 ? priorImage(index) : paintScene(index, blend, 2 * kResolution);
  }
  return m_pictureImages[static_cast<std::size_t>(index) % m_pictureImages.size()];
}

std::filesystem::path FakeBackend::writePicture(const QString& name, const QImage& image) {
  const QString file = m_folder.filePath(name);
  image.save(file);
  return toPath(file);
}

RunInfo* FakeBackend::runInfo(const std::string& id) {
  for (RunInfo& run : m_project.runs) {
    if (run.id == id) return &run;
  }
  return nullptr;
}

}  // namespace likeness
