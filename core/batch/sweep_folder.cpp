#include "core/batch/sweep_folder.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <ctime>
#include <system_error>

#include "core/base/atomic_file.h"
#include "core/base/json.h"
#include "core/project/project.h"
#include "core/project/yaml_file.h"

namespace likeness {
namespace fs = std::filesystem;
namespace {

constexpr const char* kFile = "sweep.yaml";
constexpr const char* kPlan = "plan.json";
constexpr const char* kFailure = "failed.json";

std::string threeDigits(int number) {
  std::array<char, 16> text{};
  std::snprintf(text.data(), text.size(), "%03d", number);
  return text.data();
}

std::string today() {
  const auto now = std::time(nullptr);
  std::tm local{};
  localtime_r(&now, &local);
  std::array<char, 16> text{};
  std::strftime(text.data(), text.size(), "%Y-%m-%d", &local);
  return text.data();
}

Json listJson(const OptionList& options) {
  auto list = Json::array();
  for (const auto& [name, value] : options) list.push_back({name, value});
  return list;
}

std::string planText(const std::vector<SweepTrial>& trials) {
  auto list = Json::array();
  for (const auto& trial : trials) {
    list.push_back({{"run", trial.number}, {"tried", listJson(trial.tried)}, {"options", listJson(trial.options)}});
  }
  return Json{{"version", kSweepVersion}, {"runs", list}}.dump(1, ' ', false, Json::error_handler_t::replace) + "\n";
}

Result<std::vector<SweepTrial>> readPlan(const fs::path& file) {
  const auto corrupt = [&] {
    return Error{ErrorCode::Corrupt,
                 file.string() + " is damaged. Put back a good copy, or begin the sweep anew without --resume.",
                 {},
                 file.string()};
  };
  LK_TRY(const auto json, readJsonFile(file));
  if (jsonOr(json, "version", 0) > kSweepVersion) {
    return Error{ErrorCode::NewerVersion, file.string() + " was made by a newer version of Likeness. Update it.", {},
                 file.string()};
  }
  std::vector<SweepTrial> trials;
  for (const auto& entry : jsonOr(json, "runs", Json::array())) {
    if (!entry.is_object()) return corrupt();
    SweepTrial trial;
    trial.number = static_cast<int>(trials.size()) + 1;
    trial.tried = jsonOr(entry, "tried", OptionList());
    trial.options = jsonOr(entry, "options", OptionList());
    TrainConfig config;
    LK_CHECK(applyTrainOptions(config, trial.options, file));
    trial.steps = config.steps;
    if (trial.options.empty()) return corrupt();
    trials.push_back(std::move(trial));
  }
  if (trials.empty()) return corrupt();
  return trials;
}

Result<fs::path> writeNew(const fs::path& sweeps, const std::string& text, const std::vector<SweepTrial>& trials) {
  LK_CHECK(makeFolder(sweeps));
  removeStaleTemporaries(sweeps);
  std::error_code ignored;
  for (int number = 1; number < 100'000; ++number) {
    const auto folder = sweeps / (today() + "-" + threeDigits(number));
    if (fs::exists(folder, ignored)) continue;
    LK_TRY(auto directory, AtomicDirectory::create(folder));
    LK_CHECK(writeFileAtomically(directory.path() / kFile, text));
    LK_CHECK(writeFileAtomically(directory.path() / kPlan, planText(trials)));
    if (const auto done = directory.commit(); done.ok()) return folder;
    if (!fs::exists(folder, ignored)) break;  // else somebody took the name meanwhile
  }
  return Error{ErrorCode::PermissionDenied,
               "No folder for the sweep could be made in " + sweeps.string() + ". Look whether it can be written.",
               {},
               sweeps.string()};
}

}  // namespace

fs::path Sweep::runFolder(const SweepTrial& trial) const { return folder / "runs" / threeDigits(trial.number); }
fs::path Sweep::picturesFolder(const SweepTrial& trial) const {
  return folder / "pictures" / threeDigits(trial.number);
}
bool Sweep::finished() const {
  std::error_code ignored;
  return fs::exists(folder / "table.json", ignored);
}

Result<Sweep> createSweep(const fs::path& file) {
  Sweep sweep;
  LK_TRY(const auto text, readFile(file, kMaxYamlBytes));
  LK_TRY(sweep.file, parseSweepFile(text, file));
  LK_TRY(const auto project, Project::open(sweep.file.project));
  sweep.file.project = project.folder();
  auto trials = planSweep(sweep.file, project.content().train);
  if (!trials.ok()) {
    auto error = trials.error();
    return error.message = "In " + file.string() + ": " + error.message, error;
  }
  sweep.trials = std::move(trials).value();
  LK_TRY(sweep.folder, writeNew(project.folder() / "sweeps", text, sweep.trials));
  return sweep;
}

Result<Sweep> openSweep(const fs::path& folder) {
  Sweep sweep;
  sweep.folder = folder;
  LK_TRY(const auto text, readFile(folder / kFile, kMaxYamlBytes));
  LK_TRY(sweep.file, parseSweepFile(text, folder / kFile));
  sweep.file.project = folder.parent_path().parent_path();  // the project may have moved
  LK_TRY(sweep.trials, readPlan(folder / kPlan));
  return sweep;
}

Result<Sweep> findSweep(const fs::path& file) {
  LK_TRY(const auto text, readFile(file, kMaxYamlBytes));
  LK_TRY(const auto wanted, parseSweepFile(text, file));
  LK_TRY(const auto project, Project::open(wanted.project));
  std::vector<fs::path> folders;
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator(project.folder() / "sweeps", ignored)) {
    if (fs::exists(entry.path() / kPlan, ignored) && !entry.path().filename().string().starts_with(".")) {
      folders.push_back(entry.path());
    }
  }
  std::ranges::sort(folders, std::greater());
  for (const auto& folder : folders) {
    const auto same = readFile(folder / kFile, kMaxYamlBytes);
    if (same.ok() && *same == text) return openSweep(folder);
  }
  return Error{ErrorCode::NotFound,
               project.folder().string() + " has no sweep that was begun with " + file.string() +
                   " as it is now. Begin one without --resume.",
               {},
               file.string()};
}

Result<void> writeTrialFailure(const Sweep& sweep, const SweepTrial& trial, const std::string& sentence) {
  LK_CHECK(makeFolder(sweep.runFolder(trial)));
  const Json json = {{"sentence", sentence}};
  return writeFileAtomically(sweep.runFolder(trial) / kFailure,
                             json.dump(1, ' ', false, Json::error_handler_t::replace) + "\n");
}

std::string trialFailure(const Sweep& sweep, const SweepTrial& trial) {
  std::error_code ignored;
  const auto file = sweep.runFolder(trial) / kFailure;
  if (!fs::exists(file, ignored)) return {};
  const auto json = readJsonFile(file);
  return json.ok() ? jsonOr<std::string>(*json, "sentence", "It failed.") : std::string("It failed.");
}

}  // namespace likeness
