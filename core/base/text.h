#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace likeness {

[[nodiscard]] bool isValidUtf8(std::string_view text);

/// The bytes in base64, with padding.
[[nodiscard]] std::string base64(std::string_view bytes);

/// UTF-8 to UTF-16 and back; each broken sequence becomes U+FFFD.
[[nodiscard]] std::u16string toUtf16(std::string_view utf8);
[[nodiscard]] std::string fromUtf16(std::u16string_view utf16);

/// `text` with each broken UTF-8 sequence replaced by U+FFFD.
[[nodiscard]] std::string repairedUtf8(std::string_view text);

/// The candidate with the smallest edit distance to `word`, or empty when none is near (more than a third differs).
[[nodiscard]] std::string nearestWord(std::string_view word, const std::vector<std::string>& candidates);

/// `name` in quotation marks, at most 80 characters, control characters and broken UTF-8 replaced: fit for a message.
[[nodiscard]] std::string quotedName(std::string_view name);

/// `text` without the white space around it.
[[nodiscard]] std::string_view trimmed(std::string_view text);

/// "1.4 GB", "312 MB", "9 kB".
[[nodiscard]] std::string formatBytes(std::uint64_t bytes);

/// "45 s", "3 min 20 s", "2 h 5 min".
[[nodiscard]] std::string formatDuration(double seconds);

}  // namespace likeness
