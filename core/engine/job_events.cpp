#include "core/engine/job_events.h"

#include <utility>

namespace likeness {
namespace {

constexpr auto kPeriod = std::chrono::milliseconds(100);

double secondsSinceEpoch() {
  return std::chrono::duration<double>(std::chrono::system_clock::now().time_since_epoch()).count();
}

}  // namespace

void JobEvents::send(EventPayload payload) {
  std::unique_lock lock(m_mutex);
  if (m_finished) return;
  flush();
  queue(std::move(payload));
  deliver(lock);
}

void JobEvents::metric(const std::string& run, const MetricPoint& point) {
  std::unique_lock lock(m_mutex);
  if (m_finished) return;
  if (m_metrics.run != run) flush();
  m_metrics.run = run;
  m_metrics.points.push_back(point);
  const auto now = Clock::now();
  if (now - m_lastMetrics < kPeriod) return;
  m_lastMetrics = now;
  queue(std::exchange(m_metrics, {}));
  deliver(lock);
}

void JobEvents::progress(const Progress& progress) {
  std::unique_lock lock(m_mutex);
  if (m_finished) return;
  const auto now = Clock::now();
  if (progress.stage == m_stage && now - m_lastProgress < kPeriod) {
    m_progress = progress;
    return;
  }
  if (m_progress && m_progress->stage != progress.stage) queue(*m_progress);  // the last one of the stage before
  m_progress.reset();
  m_stage = progress.stage;
  m_lastProgress = now;
  queue(progress);
  deliver(lock);
}

void JobEvents::pictureProgress(const PictureProgress& progress) {
  std::unique_lock lock(m_mutex);
  const auto now = Clock::now();
  const bool thinned = now - m_lastPicture < kPeriod && progress.step != progress.total && progress.rough.empty();
  if (m_finished || thinned) return;
  m_lastPicture = now;
  queue(progress);
  deliver(lock);
}

void JobEvents::finish(Finished finished) {
  std::unique_lock lock(m_mutex);
  if (m_finished) return;
  flush();
  if (m_progress) queue(*std::exchange(m_progress, {}));
  queue(std::move(finished));
  m_finished = true;
  deliver(lock);
}

void JobEvents::queue(EventPayload payload) {
  m_queue.push_back({m_job, m_seq++, secondsSinceEpoch(), std::move(payload)});
}

void JobEvents::flush() {
  if (!m_metrics.points.empty()) queue(std::exchange(m_metrics, {}));
}

// One thread at a time delivers, without the lock, what every thread queued: so the sink hears the events in order and
// may send more.
void JobEvents::deliver(std::unique_lock<std::mutex>& lock) {
  if (m_delivering) return;
  m_delivering = true;
  while (!m_queue.empty()) {
    const auto event = std::move(m_queue.front());
    m_queue.pop_front();
    lock.unlock();
    m_sink(event);
    lock.lock();
  }
  m_delivering = false;
}

}  // namespace likeness
