#include "core/project/captions.h"

#include <algorithm>
#include <sstream>

#include "core/base/atomic_file.h"
#include "core/base/text.h"

namespace likeness {
namespace fs = std::filesystem;

Result<std::string> readCaption(const fs::path& file) {
  constexpr std::size_t kLongest = 64u << 10;
  LK_TRY(const auto text, readFile(file, kLongest));
  const auto bad = [&](const std::string& what) {
    return Error{ErrorCode::Corrupt, "The caption " + file.string() + " " + what, {}, file.string()};
  };
  if (!isValidUtf8(text)) return bad("is not text in UTF-8. Save it as such, or remove it.");
  std::string line;
  std::istringstream words(text);
  for (std::string word; words >> word;) line += (line.empty() ? "" : " ") + word;
  const bool control = std::ranges::any_of(line, [](unsigned char c) { return c < 0x20 || c == 0x7f; });
  if (line.empty()) return bad("is empty. Write what the photo shows, or remove it.");
  if (control) return bad("has control characters in it. Write plain text, or remove it.");
  return line;
}

}  // namespace likeness
