#pragma once
#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "core/base/file_lock.h"
#include "core/base/result.h"

namespace likeness {

enum class QueuedState {
  Waiting,
  Started,  ///< runs now, or was interrupted and goes on with the next `queue run`
  Done,
  Failed,
};

/// "waiting", "started", "done", "failed".
[[nodiscard]] const char* queuedStateName(QueuedState state);

/// A job of the queue: a command line of likeness-cli, kept as it was typed.
struct QueuedJob {
  std::int64_t id = 0;
  std::vector<std::string> arguments;  ///< without the program's name
  std::filesystem::path folder;        ///< where relative paths in them begin
  QueuedState state = QueuedState::Waiting;
  std::string sentence;                ///< how it ended
  std::filesystem::path runFolder;     ///< of a training its run, of a sweep its folder, once it has started
};

/// Jobs kept in a versioned JSON file, which is written atomically under a lock beside it: several programs may add to
/// it while one runs it. Threads: one each object.
class JobQueue {
 public:
  explicit JobQueue(std::filesystem::path file) : m_file(std::move(file)) {}

  /// The jobs in their order. No file: none. Errors: Corrupt, NewerVersion.
  [[nodiscard]] Result<std::vector<QueuedJob>> jobs() const;

  /// Adds at the end and answers with the job's id.
  [[nodiscard]] Result<std::int64_t> add(std::vector<std::string> arguments, const std::filesystem::path& folder);

  /// NotFound for an unknown id; InvalidArgument for a job that runs now.
  [[nodiscard]] Result<void> remove(std::int64_t id);
  /// To `place`, from 1, among those that wait; a place behind the last is the last.
  [[nodiscard]] Result<void> move(std::int64_t id, std::int64_t place);
  /// Removes what is done or failed, or with `all` what waits, too; answers with how many.
  [[nodiscard]] Result<std::int64_t> clear(bool all);

  /// The right to run the queue; empty if another program has it.
  [[nodiscard]] Result<std::optional<FileLock>> lockToRun() const;
  [[nodiscard]] bool runs() const;

  /// The next job to run, marked Started: one that was interrupted before those that wait.
  [[nodiscard]] Result<std::optional<QueuedJob>> begin();
  [[nodiscard]] Result<void> noteRunFolder(std::int64_t id, const std::filesystem::path& runFolder);
  [[nodiscard]] Result<void> finish(std::int64_t id, QueuedState state, const std::string& sentence);

 private:
  struct Content {
    std::int64_t nextId = 1;
    std::vector<QueuedJob> jobs;
  };
  [[nodiscard]] Result<Content> read() const;
  [[nodiscard]] Result<void> edit(const std::function<Result<void>(Content&)>& change);
  [[nodiscard]] std::filesystem::path lockFile() const;
  [[nodiscard]] Error unknownId(std::int64_t id) const;

  std::filesystem::path m_file;
};

}  // namespace likeness
