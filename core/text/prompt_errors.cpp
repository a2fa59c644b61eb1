#include "core/text/prompt_errors.h"

#include "core/base/text.h"

namespace likeness {

Error notUtf8(const std::string& what) {
  const auto message = what + " is not valid UTF-8 text. Type it again, or save the file as UTF-8.";
  return {ErrorCode::InvalidArgument, message, {}, {}};
}

std::string shortenedText(std::string_view text) {
  constexpr std::size_t kQuoted = 100;  // bytes
  if (text.size() <= kQuoted) return std::string(text);
  text = text.substr(0, kQuoted);
  while (!text.empty() && !isValidUtf8(text)) text.remove_suffix(1);
  return std::string(text) + "…";
}

}  // namespace likeness
