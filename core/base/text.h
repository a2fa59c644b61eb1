#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace likeness {

[[nodiscard]] bool isValidUtf8(std::string_view text);

/// The bytes in base64, with padding.
[[nodiscard]] std::string base64(std::string_view bytes);

/// The candidate with the smallest edit distance to `word`, or empty when none is near (more than a third differs).
[[nodiscard]] std::string nearestWord(std::string_view word, const std::vector<std::string>& candidates);

/// `name` in quotation marks, at most 80 characters, control characters and broken UTF-8 replaced: fit for a message.
[[nodiscard]] std::string quotedName(std::string_view name);

/// "1.4 GB", "312 MB", "9 kB".
[[nodiscard]] std::string formatBytes(std::uint64_t bytes);

/// "45 s", "3 min 20 s", "2 h 5 min".
[[nodiscard]] std::string formatDuration(double seconds);

}  // namespace likeness
