#pragma once
#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "core/base/result.h"

namespace likeness {

using Json = nlohmann::json;

/// Parses untrusted JSON, null when it isn't any, is nested more than 64 deep or holds over half a million values (which
/// bounds its memory: 50 MB beside its texts). NaN and infinities, which Python writes and JSON lacks, become null.
[[nodiscard]] Json parseJson(std::string_view text);

/// Parses a JSON object from a file of at most 64 MiB and half a million values; Corrupt, naming the file, when it isn't
/// one.
[[nodiscard]] Result<Json> readJsonFile(const std::filesystem::path& path);

/// The value at `key`, or `fallback` when it is absent, null or of another type.
template <typename T>
[[nodiscard]] T jsonOr(const Json& object, const char* key, T fallback) {
  const auto found = object.find(key);
  if (found == object.end() || found->is_null()) return fallback;
  try {
    return found->get<T>();
  } catch (const Json::exception&) {
    return fallback;
  }
}

}  // namespace likeness
