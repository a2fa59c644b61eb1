#include "ui/session.h"

namespace likeness {
namespace {

template <typename... Ts>
struct Overloaded : Ts... {
  using Ts::operator()...;
};
template <typename... Ts>
Overloaded(Ts...) -> Overloaded<Ts...>;  // clang before 17 does not deduce it

}  // namespace

Session::Session(Backend* backend, QObject* parent) : QObject(parent), m_backend(backend) {
  connect(backend, &Backend::jobEvent, this, &Session::handle);
}

JobId Session::submit(JobSpec spec) {
  const Job job{QString::fromLatin1(jobName(spec)), isEdit(spec),
                std::holds_alternative<OpenProject>(spec) || std::holds_alternative<NewProject>(spec)};
  const JobId id = m_backend->submit(std::move(spec));
  m_jobs.emplace(id, job);
  if (!job.edit) Q_EMIT jobsChanged();
  return id;
}

QString Session::runningJobName() const {
  const auto found = m_jobs.find(m_running);
  return found == m_jobs.end() ? QString() : found->second.name;
}

std::vector<OpenJob> Session::queue() const {
  std::vector<OpenJob> waiting;
  for (const auto& [id, job] : m_jobs) {
    if (!job.edit && id != m_running) waiting.push_back({id, job.name});
  }
  return waiting;
}

void Session::pause() {
  if (m_running != 0) m_backend->pause(m_running);
}

void Session::resume() {
  if (m_running != 0) m_backend->resume(m_running);
}

void Session::cancel() {
  if (m_running != 0) m_backend->cancel(m_running);
}

void Session::cancelQueued(JobId job) { m_backend->cancel(job); }

void Session::ask(JobRequest request) {
  if (m_running != 0) m_backend->ask(m_running, request);
}

void Session::handle(const JobEvent& event) {
  const JobId job = event.job;
  std::visit(Overloaded{
                 [](const Accepted&) {},
                 [&](const StateChanged& e) { setState(job, e.state); },
                 [&](const Progress& e) { Q_EMIT progressed(e); },
                 [&](const MetricBatch& e) { Q_EMIT metricsArrived(e); },
                 [&](const Preview& e) { Q_EMIT previewArrived(e); },
                 [&](const PriorReady& e) { Q_EMIT priorArrived(e); },
                 [&](const PictureReady& e) { Q_EMIT pictureArrived(job, e); },
                 [&](const PictureProgress& e) { Q_EMIT pictureProgressed(e); },
                 [&](const CheckpointSaved& e) { Q_EMIT checkpointSaved(e); },
                 [&](const Notice& e) { Q_EMIT noticeArrived(e); },
                 [&](const ProjectChanged& e) { takeProject(job, e.project); },
                 [&](const CropRendered& e) { Q_EMIT cropRendered(e); },
                 [&](const Inspected& e) { Q_EMIT inspected(e); },
                 [&](const Planned& e) { Q_EMIT planned(e); },
                 [&](const PromptMeasured& e) { Q_EMIT promptMeasured(e); },
                 [&](const Finished& e) { finish(job, e); },
             },
             event.payload);
}

void Session::setState(JobId job, JobState state) {
  const auto found = m_jobs.find(job);
  if (found == m_jobs.end() || found->second.edit) return;
  if (state != JobState::Queued) m_running = job;
  if (job == m_running) m_state = state;
  Q_EMIT jobsChanged();
}

void Session::takeProject(JobId job, const ProjectSnapshot& project) {
  const auto found = m_jobs.find(job);
  const bool opens = found != m_jobs.end() && found->second.opens;
  const bool other = project.folder != m_project.folder;
  // A training that goes on in a project which is no longer the open one must not bring that back.
  if (other && hasProject() && !opens) return;
  m_project = project;
  if (other) Q_EMIT projectOpened();
  Q_EMIT projectChanged();
}

void Session::finish(JobId job, const Finished& finished) {
  const auto found = m_jobs.find(job);
  const QString name = found == m_jobs.end() ? QString() : found->second.name;
  if (found != m_jobs.end()) m_jobs.erase(found);
  if (job == m_running) {
    m_running = 0;
    m_state = JobState::Queued;
  }
  Q_EMIT jobsChanged();
  Q_EMIT this->finished(job, name, finished);
}

}  // namespace likeness
