#include "core/data/png_text.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <optional>

#include "core/base/json.h"
#include "core/base/text.h"
#include "core/data/byte_file.h"

namespace likeness {
using namespace std::string_view_literals;
namespace {

constexpr std::size_t kBehindHeader = 8 + 25;      // signature, IHDR
constexpr std::uint64_t kMaxText = 16u << 20;

std::uint32_t crc32(std::span<const std::uint8_t> bytes) {
  static const auto kTable = [] {
    std::array<std::uint32_t, 256> table{};
    for (std::uint32_t i = 0; i < 256; ++i) {
      auto value = i;
      for (int bit = 0; bit < 8; ++bit) value = (value & 1) != 0 ? 0xedb88320u ^ (value >> 1) : value >> 1;
      table[i] = value;
    }
    return table;
  }();
  std::uint32_t crc = 0xffffffffu;
  for (const auto byte : bytes) crc = kTable[(crc ^ byte) & 0xff] ^ (crc >> 8);
  return crc ^ 0xffffffffu;
}

void append(std::vector<std::uint8_t>& bytes, std::string_view text) { bytes.insert(bytes.end(), text.begin(), text.end()); }

void appendBigEndian(std::vector<std::uint8_t>& bytes, std::uint32_t value) {
  for (int shift = 24; shift >= 0; shift -= 8) bytes.push_back(static_cast<std::uint8_t>(value >> shift));
}

// UTF-8 as Latin-1; nothing when a character lies beyond it, or when it is one that tEXt forbids.
std::optional<std::string> toLatin1(const std::string& utf8) {
  std::string latin1;
  for (std::size_t i = 0; i < utf8.size(); ++i) {
    const auto byte = static_cast<unsigned char>(utf8[i]);
    if (byte == 0) return std::nullopt;
    if (byte < 0x80) {
      latin1 += utf8[i];
    } else if ((byte == 0xc2 || byte == 0xc3) && i + 1 < utf8.size()) {
      latin1 += static_cast<char>((byte & 3) << 6 | (static_cast<unsigned char>(utf8[++i]) & 0x3f));
    } else {
      return std::nullopt;
    }
  }
  return latin1;
}

std::string fromLatin1(std::span<const std::uint8_t> latin1) {
  std::string utf8;
  for (const auto byte : latin1) {
    if (byte < 0x80) {
      utf8 += static_cast<char>(byte);
    } else {
      utf8 += static_cast<char>(0xc0 | byte >> 6);
      utf8 += static_cast<char>(0x80 | (byte & 0x3f));
    }
  }
  return utf8;
}

// Key and text of an iTXt chunk's content; nothing when the text is compressed or the chunk is too short.
std::optional<std::pair<std::string, std::string>> readInternational(std::span<const std::uint8_t> content) {
  const auto zeroFrom = [&](std::ptrdiff_t from) { return std::find(content.begin() + from, content.end(), 0) - content.begin(); };
  const auto keyEnd = zeroFrom(0);
  const auto size = static_cast<std::ptrdiff_t>(content.size());
  if (keyEnd + 3 > size || content[static_cast<std::size_t>(keyEnd) + 1] != 0) return std::nullopt;
  const auto languageEnd = zeroFrom(keyEnd + 3);
  if (languageEnd >= size) return std::nullopt;
  const auto translatedEnd = zeroFrom(languageEnd + 1);
  if (translatedEnd >= size) return std::nullopt;
  return std::pair{std::string(content.begin(), content.begin() + keyEnd),
                   std::string(content.begin() + translatedEnd + 1, content.end())};
}

std::optional<std::pair<std::string, std::string>> readText(std::span<const std::uint8_t> content) {
  const auto keyEnd = std::find(content.begin(), content.end(), 0);
  if (keyEnd == content.end()) return std::nullopt;
  return std::pair{std::string(content.begin(), keyEnd), fromLatin1(std::span(keyEnd + 1, content.end()))};
}

Error damagedPng(const std::filesystem::path& file, const char* what) {
  return {ErrorCode::Corrupt, file.string() + what, {}, file.string()};
}

}  // namespace

std::string repairedUtf8(const std::string& text) {
  if (isValidUtf8(text)) return text;
  return Json::parse(Json(text).dump(-1, ' ', false, Json::error_handler_t::replace)).get<std::string>();
}

void addPngText(std::vector<std::uint8_t>& png, const std::string& key, const std::string& text) {
  if (png.size() < kBehindHeader) return;
  const auto repaired = repairedUtf8(text);
  const auto latin1 = toLatin1(repaired);
  std::vector<std::uint8_t> chunk;
  append(chunk, latin1 ? "tEXt"sv : "iTXt"sv);
  append(chunk, key);
  append(chunk, latin1 ? "\0"sv : "\0\0\0\0\0"sv);  // iTXt: not compressed, no language, no translated key
  append(chunk, latin1 ? *latin1 : repaired);
  std::vector<std::uint8_t> framed;
  appendBigEndian(framed, static_cast<std::uint32_t>(chunk.size() - 4));
  framed.insert(framed.end(), chunk.begin(), chunk.end());
  appendBigEndian(framed, crc32(chunk));
  png.insert(png.begin() + kBehindHeader, framed.begin(), framed.end());
}

Result<std::map<std::string, std::string>> readPngTexts(const std::filesystem::path& file) {
  errno = 0;
  ByteFile bytes(file);
  if (!bytes.opened()) return systemError(errno != 0 ? errno : EIO, "read", file.string());
  if (!holdsAt(bytes.read(0, 8), 0, "\x89PNG\r\n\x1a\n"sv)) {
    return damagedPng(file, " is not a PNG picture. Only PNG pictures carry a recipe; choose another.");
  }
  std::map<std::string, std::string> texts;
  std::uint64_t at = 8, total = 0;
  for (int chunks = 0; chunks < 100'000; ++chunks) {
    const auto head = bytes.read(at, 8);
    if (head.size() < 8 || holdsAt(head, 4, "IEND")) break;
    const auto size = bigEndian(head, 0, 4);
    const bool international = holdsAt(head, 4, "iTXt");
    if ((international || holdsAt(head, 4, "tEXt")) && (total += size) <= kMaxText) {
      const auto chunk = bytes.read(at + 4, size + 8);
      if (chunk.size() < size + 8 || crc32(std::span(chunk).first(size + 4)) != bigEndian(chunk, size + 4, 4)) {
        return damagedPng(file, " is damaged where its recipe should be. Use another copy of the picture.");
      }
      const auto content = std::span(chunk).subspan(4, size);
      if (auto entry = international ? readInternational(content) : readText(content)) {
        texts.try_emplace(std::move(entry->first), repairedUtf8(entry->second));
      }
    }
    at += 12 + size;
  }
  return texts;
}

}  // namespace likeness
