#include "core/base/json.h"

#include <algorithm>

#include "core/base/atomic_file.h"

namespace likeness {
namespace {

constexpr int kMostDepth = 64;

// A value takes up to 100 bytes once parsed, "[" for example 90: bounded, 50 MB.
bool hasTooManyValues(std::string_view text) {
  constexpr std::ptrdiff_t kMostValues = 500'000;
  return std::count_if(text.begin(), text.end(), [](char c) { return c == '[' || c == '{' || c == ','; }) > kMostValues;
}

Json parseStrictly(std::string_view text) {
  bool tooDeep = false;
  auto parsed = Json::parse(
      text,
      [&](int depth, Json::parse_event_t, Json&) {
        tooDeep = tooDeep || depth > kMostDepth;
        return !tooDeep;
      },
      /*allow_exceptions=*/false);
  return parsed.is_discarded() || tooDeep ? Json() : parsed;
}

// The numbers that JSON lacks, outside strings, as null.
std::string withoutNonFinite(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  bool inString = false;
  for (std::size_t i = 0; i < text.size();) {
    if (inString && text[i] == '\\' && i + 1 < text.size()) {
      out.append(text, i, 2);
      i += 2;
      continue;
    }
    if (text[i] == '"') inString = !inString;
    std::size_t skipped = 0;
    for (const std::string_view word : {"-Infinity", "Infinity", "NaN"}) {
      if (!inString && skipped == 0 && text.substr(i, word.size()) == word) skipped = word.size();
    }
    if (skipped > 0) out += "null";
    if (skipped == 0) out += text[i];
    i += std::max<std::size_t>(skipped, 1);
  }
  return out;
}

}  // namespace

Json parseJson(std::string_view text) {
  if (hasTooManyValues(text)) return {};
  auto parsed = parseStrictly(text);
  return parsed.is_null() ? parseStrictly(withoutNonFinite(text)) : parsed;
}

Result<Json> readJsonFile(const std::filesystem::path& path) {
  constexpr std::size_t kLimit = 64u << 20;
  LK_TRY(const auto content, readFile(path, kLimit));
  if (hasTooManyValues(content)) {
    return Error{ErrorCode::Corrupt, path.string() + " holds more values than any file of its kind. Get it again.", {},
                 path.string()};
  }
  auto parsed = parseJson(content);
  if (!parsed.is_object()) {
    return Error{ErrorCode::Corrupt, path.string() + " is not a JSON object. It is damaged or another kind of file. Get it again.",
                 {}, path.string()};
  }
  return parsed;
}

}  // namespace likeness
