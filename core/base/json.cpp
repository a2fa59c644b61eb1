#include "core/base/json.h"

#include <algorithm>

#include "core/base/atomic_file.h"

namespace likeness {

Result<Json> readJsonFile(const std::filesystem::path& path) {
  constexpr std::size_t kLimit = 64u << 20;
  LK_TRY(const auto content, readFile(path, kLimit));
  // A value takes up to 100 bytes once parsed, "[" for example 90: bounded, 50 MB.
  constexpr std::ptrdiff_t kMaxValues = 500'000;
  const auto values = std::count_if(content.begin(), content.end(), [](char c) { return c == '[' || c == '{' || c == ','; });
  if (values > kMaxValues) {
    return Error{ErrorCode::Corrupt, path.string() + " holds more values than any file of its kind; get it again.", {},
                 path.string()};
  }
  auto parsed = Json::parse(content, nullptr, /*allow_exceptions=*/false);
  if (parsed.is_discarded() || !parsed.is_object()) {
    return Error{ErrorCode::Corrupt, path.string() + " is not a JSON object. It is damaged or another kind of file; get it again.",
                 {}, path.string()};
  }
  return parsed;
}

}  // namespace likeness
