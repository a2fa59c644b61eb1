#pragma once
#include <charconv>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "core/project/yaml_file.h"

namespace likeness {

/// Reads one mapping of a YAML file that people write, every key of which must be known. `file` and `where` ("the range
/// of steps") name it in errors. Each member throws ErrorException (InvalidArgument) with a sentence that names the
/// file, the key and what it may be. Threads: one.
class YamlReader {
 public:
  YamlReader(const YAML::Node& node, std::filesystem::path file, std::string where)
      : m_node(node), m_file(std::move(file)), m_where(std::move(where)) {}

  [[noreturn]] void refuse(const std::string& sentence) const;
  /// Refuses any other key, with the nearest of these.
  void onlyKnows(const std::vector<std::string>& keys) const;

  [[nodiscard]] bool has(const char* key) const { return m_node[key] && !m_node[key].IsNull(); }
  [[nodiscard]] YAML::Node at(const char* key) const { return m_node[key]; }
  [[nodiscard]] std::string text(const char* key, const std::string& fallback = {}) const;

  template <typename Number>
  [[nodiscard]] Number number(const char* key, Number fallback, Number low, Number high) const {
    if (!has(key)) return fallback;
    const auto given = text(key);
    Number value{};
    const auto [rest, failure] = std::from_chars(given.data(), given.data() + given.size(), value);
    if (failure != std::errc() || rest != given.data() + given.size() || !(value >= low && value <= high)) {
      refuse("\"" + given + "\" is not a value for " + key + " of " + m_where + ". Give a number from " + asText(low) +
             " to " + asText(high) + ".");
    }
    return value;
  }

  /// One of `words`, the first of which is the fallback.
  [[nodiscard]] std::string word(const char* key, const std::vector<std::string>& words) const;
  /// A list of texts; empty when it isn't there.
  [[nodiscard]] std::vector<std::string> texts(const char* key) const;

 private:
  template <typename Number>
  static std::string asText(Number value) {
    char text[64];
    return {text, std::to_chars(text, text + sizeof text, value).ptr};
  }

  YAML::Node m_node;
  std::filesystem::path m_file;
  std::string m_where;
};

}  // namespace likeness
