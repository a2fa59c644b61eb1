#include "core/batch/job_queue.h"

#include <algorithm>
#include <array>
#include <system_error>

#include "core/base/atomic_file.h"
#include "core/base/json.h"

namespace likeness {
namespace fs = std::filesystem;
namespace {

constexpr int kVersion = 1;
constexpr int kEditByte = 0, kRunByte = 1;
constexpr std::array kStates = {"waiting", "started", "done", "failed"};

Json toJson(const QueuedJob& job) {
  return {{"id", job.id},
          {"arguments", job.arguments},
          {"folder", job.folder.string()},
          {"state", queuedStateName(job.state)},
          {"sentence", job.sentence},
          {"run_folder", job.runFolder.string()}};
}

std::optional<QueuedJob> jobOf(const Json& json) {
  if (!json.is_object()) return {};
  QueuedJob job;
  job.id = jsonOr<std::int64_t>(json, "id", 0);
  job.arguments = jsonOr(json, "arguments", std::vector<std::string>());
  job.folder = jsonOr<std::string>(json, "folder", "");
  job.sentence = jsonOr<std::string>(json, "sentence", "");
  job.runFolder = jsonOr<std::string>(json, "run_folder", "");
  const auto state = std::ranges::find(kStates, jsonOr<std::string>(json, "state", ""));
  if (job.id < 1 || job.arguments.empty() || job.folder.empty() || state == kStates.end()) return {};
  job.state = static_cast<QueuedState>(state - kStates.begin());
  return job;
}

}  // namespace

const char* queuedStateName(QueuedState state) { return kStates[static_cast<std::size_t>(state)]; }

fs::path JobQueue::lockFile() const {
  auto name = m_file;
  return name += ".lock";
}

Error JobQueue::unknownId(std::int64_t id) const {
  return {ErrorCode::NotFound,
          "The queue has no job " + std::to_string(id) + ". See likeness-cli queue list.",
          {},
          m_file.string()};
}

Result<JobQueue::Content> JobQueue::read() const {
  Content content;
  std::error_code failure;
  if (!fs::exists(m_file, failure)) return content;
  LK_TRY(const auto json, readJsonFile(m_file));
  if (jsonOr(json, "version", 0) > kVersion) {
    return Error{ErrorCode::NewerVersion,
                 m_file.string() + " was written by a newer version of Likeness. Update Likeness to use it.",
                 {},
                 m_file.string()};
  }
  content.nextId = jsonOr<std::int64_t>(json, "next", 1);
  for (const auto& entry : jsonOr(json, "jobs", Json::array())) {
    auto job = jobOf(entry);
    if (!job) {
      return Error{ErrorCode::Corrupt,
                   m_file.string() + " is damaged: a job in it can't be read. Correct it, or move it away.",
                   {},
                   m_file.string()};
    }
    content.nextId = std::max(content.nextId, job->id + 1);
    content.jobs.push_back(std::move(*job));
  }
  return content;
}

Result<void> JobQueue::edit(const std::function<Result<void>(Content&)>& change) {
  std::error_code failure;
  if (m_file.has_parent_path()) fs::create_directories(m_file.parent_path(), failure);
  if (failure) return systemError(failure.value(), "make the folder", m_file.parent_path().string());
  LK_TRY(const auto lock, FileLock::acquire(lockFile(), kEditByte));
  LK_TRY(auto content, read());
  LK_CHECK(change(content));
  auto list = Json::array();
  for (const auto& job : content.jobs) list.push_back(toJson(job));
  const Json json = {{"version", kVersion}, {"next", content.nextId}, {"jobs", list}};
  return writeFileAtomically(m_file, json.dump(1, ' ', false, Json::error_handler_t::replace) + "\n");
}

Result<std::vector<QueuedJob>> JobQueue::jobs() const {
  LK_TRY(auto content, read());
  return std::move(content.jobs);
}

Result<std::int64_t> JobQueue::add(std::vector<std::string> arguments, const fs::path& folder) {
  std::int64_t id = 0;
  LK_CHECK(edit([&](Content& content) -> Result<void> {
    id = content.nextId++;
    QueuedJob job;
    job.id = id;
    job.arguments = std::move(arguments);
    job.folder = fs::absolute(folder);
    content.jobs.push_back(std::move(job));
    return {};
  }));
  return id;
}

Result<void> JobQueue::remove(std::int64_t id) {
  const bool running = runs();
  return edit([&](Content& content) -> Result<void> {
    const auto found = std::ranges::find(content.jobs, id, &QueuedJob::id);
    if (found == content.jobs.end()) return unknownId(id);
    if (found->state == QueuedState::Started && running) {
      return Error{ErrorCode::InvalidArgument,
                   "Job " + std::to_string(id) + " runs now. Stop queue run with Ctrl-C before removing it."};
    }
    content.jobs.erase(found);
    return {};
  });
}

Result<void> JobQueue::move(std::int64_t id, std::int64_t place) {
  return edit([&](Content& content) -> Result<void> {
    const auto found = std::ranges::find(content.jobs, id, &QueuedJob::id);
    if (found == content.jobs.end()) return unknownId(id);
    if (found->state != QueuedState::Waiting) {
      return Error{ErrorCode::InvalidArgument, "Job " + std::to_string(id) + " is " + queuedStateName(found->state) +
                                                   "; only jobs that wait can be moved."};
    }
    auto job = std::move(*found);
    content.jobs.erase(found);
    auto at = content.jobs.begin();
    for (std::int64_t waiting = 0; at != content.jobs.end(); ++at) {
      if (at->state == QueuedState::Waiting && ++waiting == place) break;
    }
    content.jobs.insert(at, std::move(job));
    return {};
  });
}

Result<std::int64_t> JobQueue::clear(bool all) {
  std::int64_t removed = 0;
  LK_CHECK(edit([&](Content& content) -> Result<void> {
    removed = static_cast<std::int64_t>(std::erase_if(content.jobs, [&](const QueuedJob& job) {
      return job.state == QueuedState::Done || job.state == QueuedState::Failed ||
             (all && job.state == QueuedState::Waiting);
    }));
    return {};
  }));
  return removed;
}

Result<std::optional<FileLock>> JobQueue::lockToRun() const {
  std::error_code failure;
  if (m_file.has_parent_path()) fs::create_directories(m_file.parent_path(), failure);
  return FileLock::tryAcquire(lockFile(), kRunByte);
}

bool JobQueue::runs() const { return FileLock::isHeld(lockFile(), kRunByte); }

Result<std::optional<QueuedJob>> JobQueue::begin() {
  std::optional<QueuedJob> next;
  LK_CHECK(edit([&](Content& content) -> Result<void> {
    auto found = std::ranges::find(content.jobs, QueuedState::Started, &QueuedJob::state);
    if (found == content.jobs.end()) found = std::ranges::find(content.jobs, QueuedState::Waiting, &QueuedJob::state);
    if (found == content.jobs.end()) return {};
    next = *found;  // as it was: a job that was Started goes on
    found->state = QueuedState::Started;
    return {};
  }));
  return next;
}

Result<void> JobQueue::noteRunFolder(std::int64_t id, const fs::path& runFolder) {
  return edit([&](Content& content) -> Result<void> {
    const auto found = std::ranges::find(content.jobs, id, &QueuedJob::id);
    if (found == content.jobs.end()) return unknownId(id);
    found->runFolder = runFolder;
    return {};
  });
}

Result<void> JobQueue::finish(std::int64_t id, QueuedState state, const std::string& sentence) {
  return edit([&](Content& content) -> Result<void> {
    const auto found = std::ranges::find(content.jobs, id, &QueuedJob::id);
    if (found == content.jobs.end()) return {};  // removed meanwhile
    found->state = state;
    found->sentence = sentence;
    return {};
  });
}

}  // namespace likeness
