#include "core/pretrain/pretrain_folder.h"

#include <algorithm>

#include "core/base/atomic_file.h"
#include "core/base/log.h"
#include "core/project/project.h"

namespace likeness {
namespace fs = std::filesystem;
namespace {

constexpr const char* kState = "state.json";
constexpr const char* kWeights = "state.safetensors";
constexpr const char* kRun = "run.json";

Error wrong(const fs::path& folder, const std::string& what) {
  return {ErrorCode::InvalidArgument, "The output folder " + folder.string() + " " + what, {}, folder.string()};
}

// The names of what differs, with `prefix` before them; stages are looked into.
std::string differences(const Json& now, const Json& then, const std::string& prefix = {}) {
  std::string names;
  for (const auto& [key, value] : now.items()) {
    const auto old = then.find(key);
    if (old != then.end() && *old == value) continue;
    const bool nested = prefix.empty() && old != then.end() && (key == "vae" || key == "unet") && old->is_object();
    names += (names.empty() ? "" : ", ") + (nested ? differences(value, *old, key + " ") : prefix + key);
  }
  return names;
}

Result<void> begin(const fs::path& folder, const PretrainConfig& config, bool resume) {
  std::error_code ignored;
  const auto run = folder / kRun;
  if (fs::exists(run, ignored)) {
    if (!resume) return wrong(folder, "holds a run already. Give --resume to go on with it, or another output.");
    LK_TRY(const auto then, readJsonFile(run));
    // Through text, so that numbers are as they are read.
    const auto changed = differences(parseJson(meaningOf(config).dump()), then.value("settings", Json::object()));
    if (changed.empty()) return {};
    return wrong(folder, "was begun with other settings (" + changed + "). Put these back, or give another output.");
  }
  if (resume) {
    return Error{ErrorCode::NotFound, "The output folder " + folder.string() +
                                          " has no run to go on with. Leave --resume out to begin one.",
                 {}, folder.string()};
  }
  const Json json{{"version", kPretrainVersion}, {"kind", "pretrain"}, {"settings", meaningOf(config)}};
  return writeFileAtomically(run, json.dump(2) + "\n");
}

}  // namespace

Result<PretrainFolder> PretrainFolder::open(const PretrainConfig& config, bool resume) {
  const auto& folder = config.output;
  LK_CHECK(makeFolder(folder));
  LK_TRY(auto lock, FileLock::tryAcquire(folder / ".lock", 0));
  if (!lock) return wrong(folder, "is in use: another Likeness works there. Wait for it, or give another output.");
  LK_CHECK(begin(folder, config, resume));
  for (const char* name : {"samples", "checkpoints", "latents"}) {
    LK_CHECK(makeFolder(folder / name));
    removeStaleTemporaries(folder / name);
  }
  removeStaleTemporaries(folder);
  return PretrainFolder(folder, std::move(*lock));
}

fs::path PretrainFolder::latents(std::int64_t size) const {
  return m_folder / "latents" / (std::to_string(size) + ".safetensors");
}

fs::path PretrainFolder::sample(const std::string& stage, std::int64_t step) const {
  return m_folder / "samples" / (stage + "-" + std::to_string(step) + ".png");
}

std::vector<PretrainFolder::Checkpoint> PretrainFolder::checkpoints() const {
  std::vector<Checkpoint> found;
  std::error_code failed;
  for (const auto& entry : fs::directory_iterator(m_folder / "checkpoints", failed)) {
    const auto state = readJsonFile(entry.path() / kState);
    if (!state.ok() || jsonOr(*state, "version", 0) != kPretrainVersion) continue;
    const auto step = jsonOr<std::int64_t>(*state, "step", -1);
    if (step > 0) found.push_back({step, jsonOr(*state, "threads", 0), entry.path() / kWeights});
  }
  std::ranges::sort(found, {}, &Checkpoint::step);
  return found;
}

std::optional<PretrainFolder::Checkpoint> PretrainFolder::newest() const {
  const auto all = checkpoints();
  return all.empty() ? std::nullopt : std::optional(all.back());
}

Result<void> PretrainFolder::save(std::int64_t step, const NamedTensors& state, std::int64_t keep) const {
  const auto remove = [](const fs::path& folder) {
    std::error_code failed;
    fs::remove(folder / kState, failed);  // first: without it the rest is no checkpoint
    fs::remove_all(folder, failed);
    if (failed) LK_LOG_WARN("could not delete the old checkpoint {}: {}", folder.string(), failed.message());
  };
  const auto target = m_folder / "checkpoints" / ("step-" + std::to_string(step));
  remove(target);
  LK_TRY(auto folder, AtomicDirectory::create(target));
  LK_CHECK(writeSafetensors(folder.path() / kWeights, state));
  const Json json{{"version", kPretrainVersion}, {"step", step}, {"threads", at::get_num_threads()}};
  LK_CHECK(writeFileAtomically(folder.path() / kState, json.dump() + "\n"));
  LK_CHECK(folder.commit());
  const auto all = checkpoints();
  for (std::size_t i = 0; i + static_cast<std::size_t>(keep) < all.size(); ++i) remove(all[i].weights.parent_path());
  return {};
}

}  // namespace likeness
