#pragma once
#include <filesystem>
#include <functional>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "core/base/json.h"
#include "core/base/result.h"

namespace likeness {

/// Reads the numbers of a model's `config.json`, which is untrusted: every value is checked for type and bounds, and
/// each failure is an Error that names the file and the key. Members throw ErrorException; see readConfig().
class ConfigReader {
 public:
  ConfigReader(const Json& json, std::filesystem::path file);

  [[nodiscard]] bool has(const char* key) const;  ///< present and not null
  [[nodiscard]] std::int64_t integer(const char* key, std::int64_t fallback, std::int64_t least,
                                     std::int64_t most) const;
  [[nodiscard]] double number(const char* key, double fallback, double least, double most) const;
  [[nodiscard]] bool boolean(const char* key, bool fallback) const;
  [[nodiscard]] std::string text(const char* key, const std::string& fallback) const;
  [[nodiscard]] std::vector<std::string> texts(const char* key, const std::vector<std::string>& fallback) const;

  /// A list of whole numbers; where the file has a single one, `count` times that.
  [[nodiscard]] std::vector<std::int64_t> integers(const char* key, const std::vector<std::int64_t>& fallback,
                                                   std::size_t count, std::int64_t least, std::int64_t most) const;
  [[nodiscard]] std::vector<double> numbers(const char* key, std::size_t count) const;  ///< empty when absent

  /// Unsupported unless the key is absent, null, or one of `values`.
  void allowOnly(const char* key, const std::vector<Json>& values) const;

  /// Corrupt, unless `condition`.
  void require(bool condition, const char* key, const std::string& rule) const;

  [[noreturn]] void failUnsupported(const char* key, const Json& value) const;
  [[noreturn]] void failCorrupt(const char* key, const std::string& rule) const;

 private:
  [[nodiscard]] const Json* find(const char* key) const;
  [[nodiscard]] std::int64_t toInteger(const Json& value, const char* key, std::int64_t least,
                                       std::int64_t most) const;
  [[nodiscard]] double toNumber(const Json& value, const char* key, double least, double most) const;

  const Json& m_json;
  std::filesystem::path m_file;
};

/// Runs `read` and turns what it throws into the Result's error.
template <typename Config>
[[nodiscard]] Result<Config> readConfig(const Json& json, const std::filesystem::path& file,
                                        const std::function<Config(const ConfigReader&)>& read) {
  try {
    return read(ConfigReader(json, file));
  } catch (const ErrorException& failure) {
    return failure.error();
  }
}

}  // namespace likeness
