#pragma once
#include <QObject>

#include "core/api/job.h"
#include "core/base/job_control.h"

namespace likeness {

/// What the window knows of the machinery: it submits jobs and hears events. The program gives it the engine on its
/// core thread; tests give it a FakeBackend. Threads: used and heard in the window's thread only; no call blocks.
class Backend : public QObject {
  Q_OBJECT
 public:
  using QObject::QObject;

  /// Queues a job (or does an edit beside the running job) and returns its id at once.
  virtual JobId submit(JobSpec spec) = 0;
  virtual void pause(JobId job) = 0;
  virtual void resume(JobId job) = 0;
  virtual void cancel(JobId job) = 0;
  virtual void ask(JobId job, JobRequest request) = 0;

 Q_SIGNALS:
  /// Every event of every job, in order within a job. Metrics come at 10 Hz at most; Finished is always last.
  void jobEvent(const likeness::JobEvent& event);
};

}  // namespace likeness
