#include "core/project/run_folder.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <ctime>
#include <fstream>
#include <limits>
#include <system_error>

#include "core/base/atomic_file.h"
#include "core/base/json.h"
#include "core/project/project_lock.h"

namespace likeness {
namespace fs = std::filesystem;
namespace {

constexpr std::array kStateNames = {"running", "interrupted", "finished", "failed", "stopped"};

std::string today() {
  const auto now = std::time(nullptr);
  std::tm local{};
  localtime_r(&now, &local);
  std::array<char, 16> text{};
  std::strftime(text.data(), text.size(), "%Y-%m-%d", &local);
  return text.data();
}

// The step in the last whole line of a metrics.jsonl, 0 without one.
std::int64_t lastLoggedStep(const fs::path& log) {
  constexpr std::streamoff kTail = 1 << 16;
  std::ifstream stream(log, std::ios::binary | std::ios::ate);
  if (!stream) return 0;
  const std::streamoff size = stream.tellg();
  stream.seekg(std::max<std::streamoff>(0, size - kTail));
  std::int64_t step = 0;
  for (std::string line; std::getline(stream, line);) {
    const auto json = Json::parse(line, nullptr, false);
    if (json.is_object()) step = std::max(step, jsonOr<std::int64_t>(json, "step", 0));
  }
  return step;
}

std::optional<std::int64_t> stepOf(const fs::path& checkpoint) {
  constexpr std::string_view kPrefix = "step-";
  const auto name = checkpoint.filename().string();
  std::int64_t step = 0;
  if (!name.starts_with(kPrefix)) return {};
  const auto [rest, failure] = std::from_chars(name.data() + kPrefix.size(), name.data() + name.size(), step);
  if (failure != std::errc() || rest != name.data() + name.size() || step < 0) return {};
  return step;
}

RunInfo describe(const fs::path& project, const fs::path& folder) {
  RunInfo info;
  info.id = folder.filename().string();
  info.folder = folder;
  if (const auto record = readRunRecord(folder); record.ok()) {
    info.state = record->state;
    info.step = record->step;
    info.steps = record->steps;
  }
  if (info.state == RunState::Running && !isLocked(project, ProjectLockKind::Compute))
    info.state = RunState::Interrupted;
  if (info.state == RunState::Running || info.state == RunState::Interrupted) {
    info.step = std::max(info.step, lastLoggedStep(folder / "metrics.jsonl"));
  }
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator(folder / "checkpoints", ignored)) {
    if (const auto step = stepOf(entry.path())) {
      info.checkpoints.push_back({*step, entry.path(), std::numeric_limits<double>::quiet_NaN(), false});
    }
  }
  std::sort(info.checkpoints.begin(), info.checkpoints.end(),
            [](const CheckpointInfo& a, const CheckpointInfo& b) { return a.step < b.step; });
  return info;
}

}  // namespace

const char* runStateName(RunState state) { return kStateNames[static_cast<std::size_t>(state)]; }

Result<fs::path> createRunFolder(const fs::path& project) {
  const auto runs = project / "runs";
  std::error_code failure;
  fs::create_directories(runs, failure);
  if (failure) return systemError(failure.value(), "make the folder", runs.string());
  const auto day = today();
  for (int number = 1; number < 100'000; ++number) {
    std::array<char, 16> text{};
    std::snprintf(text.data(), text.size(), "-%03d", number);
    const auto folder = runs / (day + text.data());
    if (fs::create_directory(folder, failure)) return folder;
    if (failure) return systemError(failure.value(), "make the folder", folder.string());
  }
  return Error{
      ErrorCode::Unsupported, runs.string() + " holds too many runs of today. Move some elsewhere.", {}, runs.string()};
}

Result<void> writeRunRecord(const fs::path& run, const RunRecord& record) {
  const Json json = {{"version", 1},
                     {"state", runStateName(record.state)},
                     {"step", record.step},
                     {"steps", record.steps},
                     {"sentence", record.sentence}};
  return writeFileAtomically(run / "run.json", json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n");
}

Result<RunRecord> readRunRecord(const fs::path& run) {
  LK_TRY(const auto json, readJsonFile(run / "run.json"));
  RunRecord record;
  const auto state = jsonOr<std::string>(json, "state", "interrupted");
  const auto found = std::find(kStateNames.begin(), kStateNames.end(), state);
  record.state =
      found == kStateNames.end() ? RunState::Interrupted : static_cast<RunState>(found - kStateNames.begin());
  record.step = jsonOr<std::int64_t>(json, "step", 0);
  record.steps = jsonOr<std::int64_t>(json, "steps", 0);
  record.sentence = jsonOr<std::string>(json, "sentence", "");
  return record;
}

std::vector<RunInfo> listRuns(const fs::path& project) {
  std::vector<RunInfo> runs;
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator(project / "runs", ignored)) {
    if (entry.is_directory(ignored) && fs::exists(entry.path() / "run.json", ignored)) {
      runs.push_back(describe(project, entry.path()));
    }
  }
  std::sort(runs.begin(), runs.end(), [](const RunInfo& a, const RunInfo& b) { return a.id < b.id; });
  // Only the newest can be the one that runs.
  for (std::size_t i = 0; i + 1 < runs.size(); ++i) {
    if (runs[i].state == RunState::Running) runs[i].state = RunState::Interrupted;
  }
  return runs;
}

Result<RunInfo> readRun(const fs::path& project, const std::string& id) {
  for (auto& run : listRuns(project)) {
    if (run.id == id) return std::move(run);
  }
  return Error{ErrorCode::NotFound,
               project.string() + " has no run \"" + id + "\". Choose another.",
               {},
               (project / "runs").string()};
}

}  // namespace likeness
