#include "core/engine/engine.h"

#include <algorithm>
#include <utility>

#include "core/base/log.h"
#include "core/engine/failure.h"

namespace likeness {
namespace {

std::size_t indexOf(const JobSpec& spec) { return static_cast<std::size_t>(Engine::laneOf(spec)); }

Finished cancelledBeforeItBegan() { return cancelled("Cancelled before it began; nothing was changed."); }

void logEnd(JobId id, const char* name, const Finished& finished) {
  if (!finished.error) {
    LK_LOG_DEBUG("Job {} ({}): {}", id, name, finished.summary);
  } else if (finished.outcome == Outcome::Failed) {
    LK_LOG_DEBUG("Job {} ({}) failed: {} [{}] {}", id, name, finished.error->message,
                 errorCodeName(finished.error->code), finished.error->detail);
  }
}

}  // namespace

struct Engine::Job {
  Job(JobId id_, JobSpec spec_, const EventSink& sink) : id(id_), spec(std::move(spec_)), events(id_, sink) {}
  const JobId id;
  const JobSpec spec;
  JobControl control;
  JobEvents events;
};

JobId Engine::submit(JobSpec spec) {
  JobPtr job;
  {
    const std::lock_guard lock(m_mutex);
    if (m_closed) return 0;
    job = std::make_shared<Job>(++m_lastId, std::move(spec), m_sink);
  }
  job->events.send(Accepted{});
  JobPtr superseded;
  bool closed = false, behindPaused = false;
  {
    const std::lock_guard lock(m_mutex);
    closed = m_closed;
    if (!closed) {
      const auto lane = indexOf(job->spec);
      superseded = takeSuperseded(job->spec);
      m_waiting[lane].push_back(job);
      behindPaused = m_running[lane] && m_running[lane]->control.paused();
    }
  }
  if (closed) job->events.finish(cancelledBeforeItBegan());
  if (superseded) superseded->events.finish(cancelled("A newer crop took its place."));
  if (behindPaused) {
    job->events.send(
        Notice{false, "waits_for_paused", "This waits for the job that is paused. Resume or stop that one first."});
  }
  return job->id;
}

Engine::JobPtr Engine::takeSuperseded(const JobSpec& spec) {
  const auto* crop = std::get_if<RenderCrop>(&spec);
  if (crop == nullptr) return {};
  auto& waiting = m_waiting[indexOf(spec)];
  const auto found = std::find_if(waiting.begin(), waiting.end(), [&](const JobPtr& job) {
    const auto* older = std::get_if<RenderCrop>(&job->spec);
    return older != nullptr && older->photo == crop->photo && older->project == crop->project;
  });
  if (found == waiting.end()) return {};
  auto job = *found;
  waiting.erase(found);
  return job;
}

Engine::JobPtr Engine::find(JobId id) {
  const std::lock_guard lock(m_mutex);
  for (const auto& job : m_running) {
    if (job && job->id == id) return job;
  }
  for (const auto& lane : m_waiting) {
    for (const auto& job : lane) {
      if (job->id == id) return job;
    }
  }
  return {};
}

void Engine::pause(JobId id) {
  const auto job = find(id);
  if (!job || job->control.paused() || job->control.stopRequested()) return;
  job->control.pause();
  job->events.send(StateChanged{JobState::Paused});
}

void Engine::resume(JobId id) {
  const auto job = find(id);
  if (!job || !job->control.paused()) return;
  job->control.resume();
  bool runs = false;
  {
    const std::lock_guard lock(m_mutex);
    runs = std::find(m_running.begin(), m_running.end(), job) != m_running.end();
  }
  job->events.send(StateChanged{runs ? JobState::Running : JobState::Queued});
}

void Engine::cancel(JobId id) {
  JobPtr waiting, running;
  {
    const std::lock_guard lock(m_mutex);
    for (auto& lane : m_waiting) {
      const auto found = std::find_if(lane.begin(), lane.end(), [&](const JobPtr& job) { return job->id == id; });
      if (found == lane.end()) continue;
      waiting = *found;
      lane.erase(found);
      break;
    }
    for (const auto& job : m_running) {
      if (job && job->id == id) running = job;
    }
  }
  if (waiting) waiting->events.finish(cancelledBeforeItBegan());
  if (!running || running->control.stopRequested()) return;
  running->control.requestStop();
  running->events.send(StateChanged{JobState::Stopping});
}

void Engine::ask(JobId id, JobRequest request) {
  if (const auto job = find(id)) job->control.ask(request);
}

bool Engine::runNext(Lane lane) {
  const auto index = static_cast<std::size_t>(lane);
  JobPtr job;
  {
    const std::lock_guard lock(m_mutex);
    if (m_waiting[index].empty()) return false;
    job = m_waiting[index].front();
    m_waiting[index].pop_front();
    m_running[index] = job;
  }
  job->events.send(StateChanged{job->control.paused() ? JobState::Paused : JobState::Running});
  auto finished = run(*job);
  logEnd(job->id, jobName(job->spec), finished);
  {
    const std::lock_guard lock(m_mutex);
    m_running[index].reset();
  }
  job->events.finish(std::move(finished));
  return true;
}

Finished Engine::run(Job& job) {
  JobContext context{job.control, job.events};
  try {
    if (!job.control.proceed()) return cancelledBeforeItBegan();
    return m_jobs(job.spec, context);
  } catch (...) {
    auto error = currentFailure({});
    if (error.code == ErrorCode::Cancelled) return cancelled(error.message);
    return failed(std::move(error));
  }
}

void Engine::shutdown() {
  std::array<std::deque<JobPtr>, 2> waiting;
  std::array<JobPtr, 2> running;
  {
    const std::lock_guard lock(m_mutex);
    m_closed = true;
    waiting.swap(m_waiting);
    running = m_running;
  }
  for (const auto& lane : waiting) {
    for (const auto& job : lane) job->events.finish(cancelledBeforeItBegan());
  }
  for (const auto& job : running) {
    if (!job || job->control.stopRequested()) continue;
    job->control.requestStop();
    job->events.send(StateChanged{JobState::Stopping});
  }
}

}  // namespace likeness
