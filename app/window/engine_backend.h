#pragma once
#include <QThread>
#include <deque>
#include <mutex>
#include <set>

#include "app/window/lane_worker.h"
#include "ui/backend.h"

namespace likeness {

/// The engine as the window sees it: its lanes run on a core thread and a desk thread, by signals and slots, and its
/// events come out in the window's thread. Where the window lags behind, metrics are joined, of progress and of a
/// training's previews only the newest are kept; everything else, above all Finished, always arrives.
class EngineBackend : public Backend {
  Q_OBJECT
 public:
  explicit EngineBackend(JobFunction jobs, QObject* parent = nullptr);
  ~EngineBackend() override;

  JobId submit(JobSpec spec) override;
  void pause(JobId job) override { m_engine.pause(job); }
  void resume(JobId job) override { m_engine.resume(job); }
  void cancel(JobId job) override { m_engine.cancel(job); }
  void ask(JobId job, JobRequest request) override { m_engine.ask(job, request); }

  /// Asks the jobs to stop, waits until they have (a training saves a checkpoint), and delivers their last events.
  void shutdown();

 Q_SIGNALS:
  void coreJobWaits();
  void deskJobWaits();
  void eventsWait();

 private:
  void hear(const JobEvent& event);  // in the lanes' threads
  bool joinWithPending(const JobEvent& event);
  void deliver();  // in the window's thread
  void start(QThread& thread, LaneWorker* worker, void (EngineBackend::*wake)(), const QString& name);

  std::mutex m_mutex;
  std::deque<JobEvent> m_pending;
  bool m_deliveryAsked = false;
  std::set<JobId> m_trainings;
  Engine m_engine;
  QThread m_coreThread, m_deskThread;
};

}  // namespace likeness
