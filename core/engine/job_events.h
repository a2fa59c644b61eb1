#pragma once
#include <chrono>
#include <cstdint>
#include <deque>
#include <functional>
#include <mutex>
#include <optional>
#include <string>

#include "core/api/job.h"

namespace likeness {

/// Hears every event. Called from whichever thread caused it, for one job never from two at once.
using EventSink = std::function<void(const JobEvent&)>;

/// The events of one job: numbers them, keeps their order, thins out what comes too fast, and lets exactly one Finished
/// through, as the last. The sink may call back into the engine. Threads: any.
class JobEvents {
 public:
  JobEvents(JobId job, EventSink sink) : m_job(job), m_sink(std::move(sink)) {}

  /// Sends at once, after the metrics gathered so far. For everything but MetricBatch, Progress and Finished.
  void send(EventPayload payload);

  /// Gathers the point into MetricBatch events, at most 10 a second; none is lost.
  void metric(const std::string& run, const MetricPoint& point);

  /// Newest only, at most 10 a second; a new stage and the last one always come through.
  void progress(const Progress& progress);

  /// Newest only, at most 10 a second; those with rough pictures always come through.
  void pictureProgress(const PictureProgress& progress);

  /// What was held back, then Finished. The first call wins, everything later is dropped.
  void finish(Finished finished);

 private:
  using Clock = std::chrono::steady_clock;
  void queue(EventPayload payload);  // with m_mutex held
  void flush();                      // with m_mutex held
  void deliver(std::unique_lock<std::mutex>& lock);

  const JobId m_job;
  const EventSink m_sink;
  std::mutex m_mutex;
  std::deque<JobEvent> m_queue;
  bool m_delivering = false;
  bool m_finished = false;
  std::uint64_t m_seq = 0;
  MetricBatch m_metrics;
  std::optional<Progress> m_progress;  ///< held back
  std::string m_stage;
  Clock::time_point m_lastMetrics{}, m_lastProgress{}, m_lastPicture{};
};

}  // namespace likeness
