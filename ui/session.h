#pragma once
#include <QObject>
#include <map>
#include <vector>

#include "ui/backend.h"

namespace likeness {

/// A job that computes and has not finished yet.
struct OpenJob {
  JobId id = 0;
  QString name;  ///< jobName()
};

/// The open project and the running job, as the pages see them: takes the backend's events apart into typed signals.
/// Threads: the window's.
class Session : public QObject {
  Q_OBJECT
 public:
  explicit Session(Backend* backend, QObject* parent = nullptr);

  [[nodiscard]] bool hasProject() const { return !m_project.folder.empty(); }
  [[nodiscard]] const ProjectSnapshot& project() const { return m_project; }

  /// Submits; jobs are remembered until they finish.
  JobId submit(JobSpec spec);

  /// The computing job that runs now, 0 when none does; its name (jobName) and state.
  [[nodiscard]] JobId runningJob() const { return m_running; }
  [[nodiscard]] QString runningJobName() const;
  [[nodiscard]] JobState runningState() const { return m_state; }
  [[nodiscard]] int queuedJobs() const { return static_cast<int>(queue().size()); }
  /// The computing jobs that wait, in the order in which they were submitted.
  [[nodiscard]] std::vector<OpenJob> queue() const;

  void pause();
  void resume();
  void cancel();
  void cancelQueued(JobId job);
  void ask(JobRequest request);

 Q_SIGNALS:
  void projectChanged();
  void projectOpened();  ///< another folder than before; projectChanged follows
  void jobsChanged();    ///< runningJob, its state or the queue
  void progressed(const likeness::Progress& progress);
  void metricsArrived(const likeness::MetricBatch& batch);
  void previewArrived(const likeness::Preview& preview);
  void priorArrived(const likeness::PriorReady& prior);
  void pictureArrived(likeness::JobId job, const likeness::PictureReady& picture);
  void pictureProgressed(const likeness::PictureProgress& progress);
  void checkpointSaved(const likeness::CheckpointSaved& saved);
  void noticeArrived(const likeness::Notice& notice);
  void cropRendered(const likeness::CropRendered& crop);
  void inspected(const likeness::Inspected& about);
  void planned(const likeness::Planned& planned);
  void promptMeasured(const likeness::PromptMeasured& measured);
  void finished(likeness::JobId job, const QString& jobName, const likeness::Finished& finished);

 private:
  struct Job {
    QString name;
    bool edit = false;
    bool opens = false;  ///< its ProjectChanged may name another folder than the open one
  };

  void handle(const JobEvent& event);
  void setState(JobId job, JobState state);
  void takeProject(JobId job, const ProjectSnapshot& project);
  void finish(JobId job, const Finished& finished);

  Backend* m_backend;
  ProjectSnapshot m_project;
  std::map<JobId, Job> m_jobs;  ///< not finished yet
  JobId m_running = 0;
  JobState m_state = JobState::Queued;
};

}  // namespace likeness
