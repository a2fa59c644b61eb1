#pragma once
#include <array>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <mutex>

#include "core/api/job.h"
#include "core/base/job_control.h"
#include "core/engine/job_context.h"
#include "core/engine/job_events.h"

namespace likeness {

/// Jobs that compute run in the Core lane, quick edits in the Desk lane beside them.
enum class Lane { Core, Desk };

/// Does one job and says how it ended. May throw anything: the engine makes an Error of it.
using JobFunction = std::function<Finished(const JobSpec& spec, JobContext& context)>;

/// The job runner: takes jobs, runs one at a time in each lane, in the order they came, and tells what happens.
/// It has no threads of its own: the window's core thread and the command line call runNext(), each lane always from
/// one thread, which alone touches the lane's tensors. Every accepted job gets exactly one Finished, as its last event,
/// however it ends: also when cancelled while it waits, and at shutdown.
/// Jobs never overtake: what is submitted while a training is paused waits until it is resumed or stopped, and gets a
/// Notice "waits_for_paused" that says so.
/// Threads: submit, pause, resume, cancel, ask and shutdown may be called from any.
class Engine {
 public:
  Engine(JobFunction jobs, EventSink sink) : m_jobs(std::move(jobs)), m_sink(std::move(sink)) {}
  ~Engine() { shutdown(); }
  Engine(const Engine&) = delete;
  Engine& operator=(const Engine&) = delete;

  /// Takes a job; 0, without any event, after shutdown(). A RenderCrop replaces one of the same photo that still waits.
  JobId submit(JobSpec spec);

  /// These act on a waiting or running job; on any other they do nothing.
  void pause(JobId job);
  void resume(JobId job);
  void cancel(JobId job);
  void ask(JobId job, JobRequest request);

  /// Runs the lane's next job here, to its end; false if none waits.
  bool runNext(Lane lane);

  /// Takes no more jobs, cancels those that wait and asks those that run to stop; does not wait for them.
  void shutdown();

  [[nodiscard]] static Lane laneOf(const JobSpec& spec) { return isEdit(spec) ? Lane::Desk : Lane::Core; }

 private:
  struct Job;
  using JobPtr = std::shared_ptr<Job>;
  [[nodiscard]] JobPtr find(JobId id);
  [[nodiscard]] JobPtr takeSuperseded(const JobSpec& spec);  // with m_mutex held
  [[nodiscard]] Finished run(Job& job);

  const JobFunction m_jobs;
  const EventSink m_sink;
  std::mutex m_mutex;
  JobId m_lastId = 0;
  bool m_closed = false;
  std::array<std::deque<JobPtr>, 2> m_waiting;
  std::array<JobPtr, 2> m_running;
};

}  // namespace likeness
