#include "core/project/yaml_reader.h"

#include <algorithm>

#include "core/base/text.h"

namespace likeness {

void YamlReader::refuse(const std::string& sentence) const {
  throw ErrorException({ErrorCode::InvalidArgument, "In " + m_file.string() + ": " + sentence, {}, m_file.string()});
}

void YamlReader::onlyKnows(const std::vector<std::string>& keys) const {
  if (!m_node.IsMap()) refuse(m_where + " is not a list of names and values.");
  for (const auto& entry : m_node) {
    const auto key = entry.first.Scalar();
    if (std::ranges::count(keys, key) > 0) continue;
    const auto nearest = nearestWord(key, keys);
    std::string all;
    for (const auto& known : keys) all += (all.empty() ? "" : ", ") + known;
    refuse("there is no \"" + key + "\" in " + m_where + "." +
           (nearest.empty() ? " There are: " + all + "." : " Did you mean " + nearest + "?"));
  }
}

std::string YamlReader::text(const char* key, const std::string& fallback) const {
  if (!has(key)) return fallback;
  if (!m_node[key].IsScalar()) refuse(std::string(key) + " is not a single value.");
  return m_node[key].Scalar();
}

std::string YamlReader::word(const char* key, const std::vector<std::string>& words) const {
  const auto given = text(key, words.front());
  if (std::ranges::count(words, given) > 0) return given;
  const auto nearest = nearestWord(given, words);
  std::string all;
  for (const auto& known : words) all += (all.empty() ? "" : " or ") + known;
  refuse("\"" + given + "\" is not a value for " + key + " of " + m_where + "." +
         (nearest.empty() ? " Give " + all + "." : " Did you mean " + nearest + "?"));
}

std::vector<std::string> YamlReader::texts(const char* key) const {
  std::vector<std::string> list;
  if (!has(key)) return list;
  if (!m_node[key].IsSequence()) refuse(std::string(key) + " of " + m_where + " is not a list of texts.");
  for (const auto& item : m_node[key]) {
    if (!item.IsScalar()) refuse("an entry of " + std::string(key) + " of " + m_where + " is not a text.");
    list.push_back(item.Scalar());
  }
  return list;
}

}  // namespace likeness
