#include "app/window/engine_backend.h"

#include <QElapsedTimer>
#include <algorithm>
#include <utility>

namespace likeness {
namespace {

// How long the window's thread may hand out events before it looks at clicks and paints again.
constexpr qint64 kDeliveryMilliseconds = 20;

template <typename Payload>
Payload* payloadOf(JobEvent& event) {
  return std::get_if<Payload>(&event.payload);
}

}  // namespace

EngineBackend::EngineBackend(JobFunction jobs, QObject* parent)
    : Backend(parent), m_engine(std::move(jobs), [this](const JobEvent& event) { hear(event); }) {
  connect(this, &EngineBackend::eventsWait, this, &EngineBackend::deliver, Qt::QueuedConnection);
  start(m_coreThread, new LaneWorker(m_engine, Lane::Core), &EngineBackend::coreJobWaits, QStringLiteral("core"));
  start(m_deskThread, new LaneWorker(m_engine, Lane::Desk), &EngineBackend::deskJobWaits, QStringLiteral("desk"));
}

EngineBackend::~EngineBackend() { shutdown(); }

void EngineBackend::start(QThread& thread, LaneWorker* worker, void (EngineBackend::*wake)(), const QString& name) {
  worker->moveToThread(&thread);
  connect(&thread, &QThread::finished, worker, &QObject::deleteLater);
  connect(this, wake, worker, &LaneWorker::runNext, Qt::QueuedConnection);
  thread.setObjectName(name);
  // Low, so that a paint or a click never waits for a core that computes.
  thread.start(QThread::LowPriority);
}

JobId EngineBackend::submit(JobSpec spec) {
  const bool training = std::holds_alternative<Train>(spec);
  const auto lane = Engine::laneOf(spec);
  const auto id = m_engine.submit(std::move(spec));
  if (training) {
    const std::lock_guard lock(m_mutex);
    m_trainings.insert(id);
  }
  if (lane == Lane::Core) {
    Q_EMIT coreJobWaits();
  } else {
    Q_EMIT deskJobWaits();
  }
  return id;
}

void EngineBackend::shutdown() {
  m_engine.shutdown();
  for (auto* thread : {&m_coreThread, &m_deskThread}) {
    thread->quit();
    thread->wait();
  }
  while (true) {
    {
      const std::lock_guard lock(m_mutex);
      if (m_pending.empty()) return;
    }
    deliver();
  }
}

void EngineBackend::hear(const JobEvent& event) {
  {
    const std::lock_guard lock(m_mutex);
    if (!joinWithPending(event)) m_pending.push_back(event);
    if (std::exchange(m_deliveryAsked, true)) return;
  }
  Q_EMIT eventsWait();
}

// True if the event took the place of an undelivered one that it makes obsolete. With m_mutex held.
bool EngineBackend::joinWithPending(const JobEvent& event) {
  const auto replace = [&](auto same) {
    const auto older = std::find_if(m_pending.rbegin(), m_pending.rend(), [&](JobEvent& pending) {
      return pending.job == event.job && pending.payload.index() == event.payload.index() && same(pending);
    });
    if (older == m_pending.rend()) return false;
    m_pending.erase(std::next(older).base());
    m_pending.push_back(event);
    return true;
  };
  if (const auto* batch = std::get_if<MetricBatch>(&event.payload)) {
    for (auto pending = m_pending.rbegin(); pending != m_pending.rend(); ++pending) {
      auto* older = payloadOf<MetricBatch>(*pending);
      if (older == nullptr || pending->job != event.job || older->run != batch->run) continue;
      older->points.insert(older->points.end(), batch->points.begin(), batch->points.end());
      return true;
    }
    return false;
  }
  if (std::holds_alternative<Progress>(event.payload) || std::holds_alternative<PictureProgress>(event.payload)) {
    return replace([](JobEvent&) { return true; });
  }
  const auto* preview = std::get_if<Preview>(&event.payload);
  return preview != nullptr && m_trainings.contains(event.job) &&
         replace([&](JobEvent& pending) { return payloadOf<Preview>(pending)->index == preview->index; });
}

void EngineBackend::deliver() {
  QElapsedTimer timer;
  timer.start();
  do {
    JobEvent next;
    {
      const std::lock_guard lock(m_mutex);
      if (m_pending.empty()) {
        m_deliveryAsked = false;
        return;
      }
      next = std::move(m_pending.front());
      m_pending.pop_front();
    }
    Q_EMIT jobEvent(next);
  } while (timer.elapsed() < kDeliveryMilliseconds);
  Q_EMIT eventsWait();
}

}  // namespace likeness
