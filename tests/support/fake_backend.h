#pragma once
#include <QImage>
#include <QTemporaryDir>
#include <QTimer>
#include <deque>
#include <map>
#include <vector>

#include "ui/backend.h"

namespace likeness {

/// A backend with scripted answers: it edits a made-up project at once and plays computing jobs on a timer, with
/// painted pictures and made-up curves. Follows the engine's rules: events in order, computing jobs one at a time,
/// exactly one Finished, always last. Nothing but pictures in a temporary folder is written.
class FakeBackend : public Backend {
  Q_OBJECT
 public:
  explicit FakeBackend(QObject* parent = nullptr);

  JobId submit(JobSpec spec) override;
  void pause(JobId job) override;
  void resume(JobId job) override;
  void cancel(JobId job) override;
  void ask(JobId job, JobRequest request) override;

  // ---- what was asked for
  [[nodiscard]] const std::vector<JobSpec>& submitted() const { return m_submitted; }
  [[nodiscard]] const std::vector<JobRequest>& asked() const { return m_asked; }
  template <typename Spec>
  [[nodiscard]] int countOf() const {
    int count = 0;
    for (const JobSpec& spec : m_submitted) count += std::holds_alternative<Spec>(spec) ? 1 : 0;
    return count;
  }
  /// The newest job of a kind, null when there was none.
  template <typename Spec>
  [[nodiscard]] const Spec* last() const {
    for (auto it = m_submitted.rbegin(); it != m_submitted.rend(); ++it) {
      if (const auto* spec = std::get_if<Spec>(&*it)) return spec;
    }
    return nullptr;
  }
  [[nodiscard]] JobId lastJob() const { return m_nextJob - 1; }

  // ---- steering
  /// Milliseconds between the steps of a computing job (1), and training steps in one of them (5).
  void setPace(int milliseconds, int trainStepsPerTick = 5);
  /// Training stands still at this step; 0 lets it go on.
  void setTrainLimit(std::int64_t step) { m_trainLimit = step; }
  /// Computing jobs start (Accepted, StateChanged) and then stand still: the test sends the rest.
  void setManual(bool manual) { m_manual = manual; }
  /// The next computing job ends with this error after its first step; the next edit at once.
  void failNext(Error error) { m_failure = std::move(error); }
  /// Pictures of these folders stand for class images and for made pictures, in place of painted ones.
  void setPriorFolder(const QString& folder);
  void setPictureFolder(const QString& folder);
  /// The project as it is now; change it and call sendProject() to set a scene.
  [[nodiscard]] ProjectSnapshot& project() { return m_project; }
  void sendProject(JobId job = 0);
  void send(JobId job, EventPayload payload);
  /// A snapshot with these photos, kept priors, a finished run, pictures, as far as asked for.
  void makeScene(const std::vector<std::filesystem::path>& photos, int priors, bool trained, int pictures);
  /// Made-up losses of a step, the same each time.
  [[nodiscard]] static MetricPoint metricAt(std::int64_t step, const TrainConfig& config);
  [[nodiscard]] QImage priorImage(int index) const;
  [[nodiscard]] QImage pictureImage(int index, double blend) const;

 private:
  struct Run {
    JobId id = 0;
    JobSpec spec;
    std::int64_t done = 0;
    std::int64_t total = 0;
    TrainConfig train;
    std::string run;
    bool paused = false;
    bool stop = false;
    bool started = false;
    std::vector<std::filesystem::path> made = {};
  };

  void startNext();
  void tick();
  bool runEdit(JobId job, const JobSpec& spec);
  void begin(Run& run);
  /// Plays one step; true when the job is done.
  bool step(Run& run);
  bool stepPriors(Run& run);
  bool stepTrain(Run& run);
  bool stepSample(Run& run);
  void loadRun(JobId job, const LoadRun& spec);
  void saveCheckpoint(const Run& run);
  void sendPreview(const Run& run, std::int64_t step);
  void addPrior(JobId job, int index, int total, bool reused);
  void finish(Outcome outcome, std::optional<Error> error = {});
  void editPhotos(const JobSpec& spec);
  /// MarkPictures and RemovePictures; the files' new places.
  std::vector<std::filesystem::path> editPictures(const JobSpec& spec);
  [[nodiscard]] std::filesystem::path writePicture(const QString& name, const QImage& image);
  RunInfo* runInfo(const std::string& id);

  QTemporaryDir m_folder;
  QTimer m_timer;
  ProjectSnapshot m_project;
  std::map<std::filesystem::path, ProjectSnapshot> m_projects;
  std::vector<PhotoInfo> m_removed;
  std::vector<PictureInfo> m_removedPictures;
  std::deque<Run> m_queue;  ///< the first one runs
  std::vector<JobSpec> m_submitted;
  std::vector<JobRequest> m_asked;
  std::map<JobId, std::uint64_t> m_seq;
  std::vector<QImage> m_priorImages;
  std::vector<QImage> m_pictureImages;
  std::optional<Error> m_failure;
  JobId m_nextJob = 1;
  int m_stepsPerTick = 5;
  std::int64_t m_trainLimit = 0;
  bool m_manual = false;
};

}  // namespace likeness
