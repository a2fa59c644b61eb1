#pragma once
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "core/api/project.h"
#include "core/base/result.h"

namespace likeness {

/// What a run's run.json says of it; the checkpoints say the rest.
struct RunRecord {
  RunState state = RunState::Running;
  std::int64_t step = 0;   ///< where the last session of it ended
  std::int64_t steps = 0;  ///< wanted
  std::string sentence;    ///< why it failed or stopped
};

/// Makes runs/<id>/ with the next free id of today, for example 2026-11-23-001. Threads and processes: any.
[[nodiscard]] Result<std::filesystem::path> createRunFolder(const std::filesystem::path& project);

[[nodiscard]] Result<void> writeRunRecord(const std::filesystem::path& run, const RunRecord& record);
[[nodiscard]] Result<RunRecord> readRunRecord(const std::filesystem::path& run);

/// All runs of a project, oldest first. A run that says Running while nobody holds the project's Compute lock was
/// killed: it is Interrupted. Folders that are no runs are left out, damaged ones are Interrupted.
[[nodiscard]] std::vector<RunInfo> listRuns(const std::filesystem::path& project);

/// One run; NotFound if there is none.
[[nodiscard]] Result<RunInfo> readRun(const std::filesystem::path& project, const std::string& id);

/// "running", "interrupted", "finished", "failed", "stopped".
[[nodiscard]] const char* runStateName(RunState state);

}  // namespace likeness
