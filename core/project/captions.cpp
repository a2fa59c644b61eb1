#include "core/project/captions.h"

#include <algorithm>
#include <sstream>

#include "core/api/photo_companions.h"
#include "core/base/atomic_file.h"
#include "core/base/text.h"

namespace likeness {
namespace fs = std::filesystem;

namespace {

constexpr std::size_t kLongest = 64u << 10;

// All words of a text with one space between them.
std::string onOneLine(const std::string& text) {
  std::string line;
  std::istringstream words(text);
  for (std::string word; words >> word;) line += (line.empty() ? "" : " ") + word;
  return line;
}

bool hasControls(const std::string& line) {
  return std::ranges::any_of(line, [](unsigned char c) { return c < 0x20 || c == 0x7f; });
}

}  // namespace

Result<std::string> readCaption(const fs::path& file) {
  LK_TRY(const auto text, readFile(file, kLongest));
  const auto bad = [&](const std::string& what) {
    return Error{ErrorCode::Corrupt, "The caption " + file.string() + " " + what, {}, file.string()};
  };
  if (!isValidUtf8(text)) return bad("is not text in UTF-8. Save it as such, or remove it.");
  const auto line = onOneLine(text);
  if (line.empty()) return bad("is empty. Write what the photo shows, or remove it.");
  if (hasControls(line)) return bad("has control characters in it. Write plain text, or remove it.");
  return line;
}

Result<void> writeCaption(const fs::path& photo, const std::string& caption) {
  const auto line = onOneLine(caption);
  if (!isValidUtf8(line) || hasControls(line) || line.size() >= kLongest) {
    return Error{ErrorCode::InvalidArgument,
                 "These words can't be the caption of " + photo.filename().string() + ". Write plain text of a few sentences.",
                 {},
                 photo.string()};
  }
  if (!line.empty()) return writeFileAtomically(captionFile(photo), line + "\n");
  std::error_code failure;
  while (true) {  // one in our name and one in sd-scripts' may be there
    const auto file = captionBeside(photo);
    if (file.empty()) return {};
    if (!fs::remove(file, failure) && failure) return systemError(failure.value(), "remove", file.string());
  }
}

std::string captionOrNothing(const fs::path& photo) {
  const auto file = captionBeside(photo);
  if (file.empty()) return {};
  const auto caption = readCaption(file);
  return caption.ok() ? caption.value() : std::string();
}

}  // namespace likeness
