#include "core/base/file_hash.h"

#include <cerrno>
#include <cstdlib>
#include <map>
#include <mutex>
#include <optional>
#include <system_error>

#include "core/base/atomic_file.h"
#include "core/base/hash.h"
#include "core/base/json.h"

namespace likeness {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t kWorthKeeping = 16u << 20;  // smaller files are read again in no time
constexpr std::size_t kMostKept = 2000;

fs::path cacheFile() {
  if (const char* given = std::getenv("XDG_CACHE_HOME"); given != nullptr && *given == '/') {
    return fs::path(given) / "likeness" / "hashes.json";
  }
  if (const char* home = std::getenv("HOME"); home != nullptr && *home == '/') {
    return fs::path(home) / ".cache" / "likeness" / "hashes.json";
  }
  return {};
}

struct Entry {
  std::string stamp, hash;
};

// What is known, by path and offset. The file on the disk is a convenience: failing to read or write it is no error.
class Known {
 public:
  std::optional<std::string> find(const std::string& key, const std::string& stamp) {
    const std::lock_guard lock(m_mutex);
    if (!m_read) readFile();
    const auto found = m_entries.find(key);
    if (found == m_entries.end() || found->second.stamp != stamp) return std::nullopt;
    return found->second.hash;
  }

  void keep(const std::string& key, Entry entry, bool onDisk) {
    const std::lock_guard lock(m_mutex);
    m_entries[key] = entry;
    if (!onDisk) return;
    readFile();  // another program may have written since
    m_entries[key] = m_kept[key] = std::move(entry);
    while (m_kept.size() > kMostKept) m_kept.erase(m_kept.begin());
    writeFile();
  }

 private:
  void readFile() {
    m_read = true;
    const auto file = cacheFile();
    std::error_code failure;
    if (file.empty() || !fs::is_regular_file(file, failure)) return;
    const auto json = readJsonFile(file);
    if (!json.ok()) return;
    for (const auto& [key, value] : json->items()) {
      Entry entry{jsonOr<std::string>(value, "stamp", ""), jsonOr<std::string>(value, "sha256", "")};
      if (entry.hash.size() != 64) continue;
      m_kept[key] = entry;
      m_entries.try_emplace(key, std::move(entry));
    }
  }

  void writeFile() const {
    const auto file = cacheFile();
    if (file.empty()) return;
    std::error_code failure;
    fs::create_directories(file.parent_path(), failure);
    if (failure) return;
    Json json = Json::object();
    for (const auto& [key, entry] : m_kept) json[key] = {{"stamp", entry.stamp}, {"sha256", entry.hash}};
    const auto written = writeFileAtomically(file, json.dump(1, ' ', false, Json::error_handler_t::replace));
    static_cast<void>(written);
  }

  std::mutex m_mutex;
  bool m_read = false;
  std::map<std::string, Entry> m_entries, m_kept;
};

}  // namespace

Result<std::string> fileHash(const fs::path& file, std::uint64_t offset) {
  static Known known;
  std::error_code failure;
  const auto status = fs::status(file, failure);
  if (!fs::exists(status)) return systemError(failure ? failure.value() : ENOENT, "read", file.string());
  if (!fs::is_regular_file(status)) {
    return Error{ErrorCode::InvalidArgument, file.string() + " is not a file. Name one.", {}, file.string()};
  }
  const auto size = fs::file_size(file, failure);
  const auto time = failure ? fs::file_time_type() : fs::last_write_time(file, failure);
  const auto path = failure ? fs::path() : fs::canonical(file, failure);
  if (failure) return systemError(failure.value(), "read", file.string());
  const auto stamp = std::to_string(size) + " " + std::to_string(time.time_since_epoch().count());
  const auto key = path.string() + (offset != 0 ? "+" + std::to_string(offset) : "");
  if (auto hash = known.find(key, stamp)) return *hash;
  LK_TRY(auto hash, sha256OfFile(file, offset));
  known.keep(key, {stamp, hash}, size >= kWorthKeeping);
  return hash;
}

}  // namespace likeness
