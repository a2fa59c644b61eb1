#include "core/model/config_reader.h"

#include <algorithm>
#include <cmath>

namespace likeness {

namespace {

std::string shortened(const Json& value) {
  // Text from an untrusted file goes into a sentence for people: keep it short, replace what isn't UTF-8.
  std::string text = value.dump(-1, ' ', true, Json::error_handler_t::replace);
  if (text.size() > 60) text = text.substr(0, 57) + "...";
  return text;
}

}  // namespace

ConfigReader::ConfigReader(const Json& json, std::filesystem::path file) : m_json(json), m_file(std::move(file)) {
  if (!json.is_object()) {
    throw ErrorException({ErrorCode::Corrupt,
                          m_file.string() + " is not a model configuration. Get a fresh copy of the model.", "",
                          m_file.string()});
  }
}

const Json* ConfigReader::find(const char* key) const {
  const auto found = m_json.find(key);
  return found == m_json.end() || found->is_null() ? nullptr : &*found;
}

bool ConfigReader::has(const char* key) const { return find(key) != nullptr; }

void ConfigReader::failUnsupported(const char* key, const Json& value) const {
  throw ErrorException({ErrorCode::Unsupported,
                        m_file.string() + " asks for " + key + " = " + shortened(value) +
                            ", which this version can't run. Use a Stable Diffusion 1, 2 or XL model.",
                        "", m_file.string()});
}

void ConfigReader::failCorrupt(const char* key, const std::string& rule) const {
  const Json* value = find(key);
  const std::string given = value ? " = " + shortened(*value) : " is missing";
  throw ErrorException({ErrorCode::Corrupt,
                        m_file.string() + ": " + key + given + ", but it must be " + rule +
                            ". Get a fresh copy of the model.",
                        "", m_file.string()});
}

void ConfigReader::require(bool condition, const char* key, const std::string& rule) const {
  if (!condition) failCorrupt(key, rule);
}

std::int64_t ConfigReader::toInteger(const Json& value, const char* key, std::int64_t least, std::int64_t most) const {
  const std::string rule = "a whole number from " + std::to_string(least) + " to " + std::to_string(most);
  // Some configs write whole numbers as 1.0; an unsigned number above int64 must not wrap.
  const double real = value.is_number() ? value.get<double>() : std::nan("");
  require(real >= static_cast<double>(least) && real <= static_cast<double>(most) && std::floor(real) == real, key,
          rule);
  return static_cast<std::int64_t>(real);
}

double ConfigReader::toNumber(const Json& value, const char* key, double least, double most) const {
  const double real = value.is_number() ? value.get<double>() : std::nan("");
  require(real >= least && real <= most, key, "a number from " + Json(least).dump() + " to " + Json(most).dump());
  return real;
}

std::int64_t ConfigReader::integer(const char* key, std::int64_t fallback, std::int64_t least,
                                   std::int64_t most) const {
  const Json* value = find(key);
  return value ? toInteger(*value, key, least, most) : fallback;
}

double ConfigReader::number(const char* key, double fallback, double least, double most) const {
  const Json* value = find(key);
  return value ? toNumber(*value, key, least, most) : fallback;
}

bool ConfigReader::boolean(const char* key, bool fallback) const {
  const Json* value = find(key);
  if (!value) return fallback;
  require(value->is_boolean(), key, "true or false");
  return value->get<bool>();
}

std::string ConfigReader::text(const char* key, const std::string& fallback) const {
  const Json* value = find(key);
  if (!value) return fallback;
  require(value->is_string(), key, "text");
  return value->get<std::string>();
}

std::vector<std::string> ConfigReader::texts(const char* key, const std::vector<std::string>& fallback) const {
  const Json* value = find(key);
  if (!value) return fallback;
  const auto isText = [](const Json& item) { return item.is_string(); };
  require(value->is_array() && std::all_of(value->begin(), value->end(), isText), key, "a list of names");
  return value->get<std::vector<std::string>>();
}

std::vector<std::int64_t> ConfigReader::integers(const char* key, const std::vector<std::int64_t>& fallback,
                                                 std::size_t count, std::int64_t least, std::int64_t most) const {
  const Json* value = find(key);
  if (!value) return fallback;
  if (!value->is_array()) return std::vector<std::int64_t>(count, toInteger(*value, key, least, most));
  require(value->size() == count, key, "a list of " + std::to_string(count) + " whole numbers");
  std::vector<std::int64_t> result;
  for (const Json& item : *value) result.push_back(toInteger(item, key, least, most));
  return result;
}

std::vector<double> ConfigReader::numbers(const char* key, std::size_t count) const {
  const Json* value = find(key);
  if (!value) return {};
  require(value->is_array() && value->size() == count, key, "a list of " + std::to_string(count) + " numbers");
  std::vector<double> result;
  for (const Json& item : *value) result.push_back(toNumber(item, key, -1e6, 1e6));
  return result;
}

void ConfigReader::allowOnly(const char* key, const std::vector<Json>& values) const {
  const Json* value = find(key);
  if (value && std::find(values.begin(), values.end(), *value) == values.end()) failUnsupported(key, *value);
}

}  // namespace likeness
