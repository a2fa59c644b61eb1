#include "core/base/json.h"

#include "core/base/atomic_file.h"

namespace likeness {

Result<Json> readJsonFile(const std::filesystem::path& path) {
  constexpr std::size_t kLimit = 64u << 20;
  LK_TRY(const auto content, readFile(path, kLimit));
  auto parsed = Json::parse(content, nullptr, /*allow_exceptions=*/false);
  if (parsed.is_discarded() || !parsed.is_object()) {
    return Error{ErrorCode::Corrupt, path.string() + " is not a JSON object. It is damaged or another kind of file; get it again.",
                 {}, path.string()};
  }
  return parsed;
}

}  // namespace likeness
