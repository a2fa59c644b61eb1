#include "core/base/text.h"

#include <openssl/evp.h>
#include <unicode/utf16.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <numeric>

namespace likeness {
namespace {

std::size_t editDistance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), 0);
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const auto above = row[j];
      row[j] = std::min({above + 1, row[j - 1] + 1, diagonal + (a[i - 1] == b[j - 1] ? 0 : 1)});
      diagonal = above;
    }
  }
  return row.back();
}

}  // namespace

bool isValidUtf8(std::string_view text) {
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
  const auto length = static_cast<std::int64_t>(text.size());
  for (std::int64_t i = 0; i < length;) {
    UChar32 character = 0;
    U8_NEXT(bytes, i, length, character);
    if (character < 0) return false;
  }
  return true;
}

std::string base64(std::string_view bytes) {
  std::string text((bytes.size() + 2) / 3 * 4 + 1, '\0');
  const auto length = EVP_EncodeBlock(reinterpret_cast<unsigned char*>(text.data()),
                                      reinterpret_cast<const unsigned char*>(bytes.data()),
                                      static_cast<int>(bytes.size()));
  text.resize(static_cast<std::size_t>(length));
  return text;
}

std::u16string toUtf16(std::string_view utf8) {
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(utf8.data());
  const auto length = static_cast<std::int64_t>(utf8.size());
  std::u16string utf16;
  for (std::int64_t i = 0; i < length;) {
    UChar32 character = 0;
    U8_NEXT_OR_FFFD(bytes, i, length, character);
    if (character > 0xffff) {
      utf16 += static_cast<char16_t>(U16_LEAD(character));
      utf16 += static_cast<char16_t>(U16_TRAIL(character));
    } else {
      utf16 += static_cast<char16_t>(character);
    }
  }
  return utf16;
}

std::string fromUtf16(std::u16string_view utf16) {
  const auto length = static_cast<std::int64_t>(utf16.size());
  std::string utf8;
  for (std::int64_t i = 0; i < length;) {
    UChar32 character = 0;
    U16_NEXT_OR_FFFD(utf16.data(), i, length, character);
    std::uint8_t bytes[U8_MAX_LENGTH];
    int used = 0;
    U8_APPEND_UNSAFE(bytes, used, character);
    utf8.append(reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(used));
  }
  return utf8;
}

std::string repairedUtf8(std::string_view text) {
  return isValidUtf8(text) ? std::string(text) : fromUtf16(toUtf16(text));
}

std::string nearestWord(std::string_view word, const std::vector<std::string>& candidates) {
  std::string best;
  std::size_t bestDistance = std::max<std::size_t>(2, word.size() / 3) + 1;
  for (const auto& candidate : candidates) {
    const auto distance = editDistance(word.substr(0, 64), candidate);
    if (distance < bestDistance) {
      bestDistance = distance;
      best = candidate;
    }
  }
  return best;
}

std::string quotedName(std::string_view name) {
  constexpr std::size_t kLimit = 80;
  std::size_t length = std::min(name.size(), kLimit);
  while (length < name.size() && length > 0 && (static_cast<unsigned char>(name[length]) & 0xC0) == 0x80) --length;
  const bool ascii = !isValidUtf8(name.substr(0, length));
  std::string text = "\"";
  for (const char c : name.substr(0, length)) {
    const auto byte = static_cast<unsigned char>(c);
    text += byte < 0x20 || byte == 0x7F || (ascii && byte > 0x7F) ? '?' : c;
  }
  return text + (length < name.size() ? "…\"" : "\"");
}

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view kSpace = " \t\r\n\v\f";
  const auto first = text.find_first_not_of(kSpace);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kSpace) + 1 - first);
}

std::string formatBytes(std::uint64_t bytes) {
  char text[32];
  const auto value = static_cast<double>(bytes);
  if (value >= 1e9) {
    std::snprintf(text, sizeof text, "%.1f GB", value / 1e9);
  } else if (value >= 1e6) {
    std::snprintf(text, sizeof text, "%.0f MB", value / 1e6);
  } else {
    std::snprintf(text, sizeof text, "%.0f kB", std::ceil(value / 1e3));
  }
  return text;
}

std::string formatDuration(double seconds) {
  const auto whole = static_cast<long long>(std::llround(std::max(0.0, seconds)));
  const auto text = [](long long n, const char* unit) { return std::to_string(n) + " " + unit; };
  if (whole < 60) return text(whole, "s");
  if (whole < 3600) return text(whole / 60, "min") + (whole % 60 != 0 ? " " + text(whole % 60, "s") : "");
  return text(whole / 3600, "h") + (whole / 60 % 60 != 0 ? " " + text(whole / 60 % 60, "min") : "");
}

}  // namespace likeness
