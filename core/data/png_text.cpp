#include "core/data/png_text.h"

#include <zlib.h>

#include <algorithm>
#include <optional>

#include "core/base/text.h"
#include "core/data/inflate.h"
#include "core/data/picture_chunks.h"

namespace likeness {
using namespace std::string_view_literals;
namespace {

constexpr std::size_t kBehindHeader = 8 + 25;   // signature, IHDR
constexpr std::size_t kMaxText = 16u << 20;  // of all texts together, unpacked

using Bytes = std::vector<std::uint8_t>;

std::uint32_t crc32(std::span<const std::uint8_t> bytes) {
  return static_cast<std::uint32_t>(::crc32_z(0, bytes.data(), bytes.size()));
}

void append(Bytes& bytes, std::string_view text) { bytes.insert(bytes.end(), text.begin(), text.end()); }

void appendBigEndian(Bytes& bytes, std::uint32_t value) {
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

// Where a zero stands at or behind `from`; the size when there is none.
std::size_t zeroFrom(std::span<const std::uint8_t> content, std::size_t from) {
  const auto start = content.begin() + static_cast<std::ptrdiff_t>(std::min(from, content.size()));
  return static_cast<std::size_t>(std::find(start, content.end(), 0) - content.begin());
}

struct Entry {
  std::string key, text;
  bool packed = false;
};

std::string asText(std::span<const std::uint8_t> bytes) { return {bytes.begin(), bytes.end()}; }

std::optional<Entry> readPlain(std::span<const std::uint8_t> content) {
  const auto keyEnd = zeroFrom(content, 0);
  if (keyEnd == content.size()) return std::nullopt;
  return Entry{fromLatin1(content.first(keyEnd)), fromLatin1(content.subspan(keyEnd + 1))};
}

std::optional<Entry> readPacked(std::span<const std::uint8_t> content, std::size_t room) {
  const auto keyEnd = zeroFrom(content, 0);
  if (keyEnd + 2 > content.size()) return std::nullopt;
  return Entry{fromLatin1(content.first(keyEnd)), fromLatin1(inflated(content.subspan(keyEnd + 2), room)), true};
}

std::optional<Entry> readInternational(std::span<const std::uint8_t> content, std::size_t room) {
  const auto keyEnd = zeroFrom(content, 0);
  const auto languageEnd = zeroFrom(content, keyEnd + 3);
  const auto translatedEnd = zeroFrom(content, languageEnd + 1);
  if (translatedEnd >= content.size()) return std::nullopt;
  const auto text = content.subspan(translatedEnd + 1);
  const bool packed = content[keyEnd + 1] != 0;
  return Entry{fromLatin1(content.first(keyEnd)), repairedUtf8(packed ? asText(inflated(text, room)) : asText(text)),
               packed};
}

}  // namespace

void addPngText(std::vector<std::uint8_t>& png, const std::string& key, const std::string& text) {
  if (png.size() < kBehindHeader) return;
  const auto repaired = repairedUtf8(text);
  const auto latin1 = toLatin1(repaired);
  Bytes chunk;
  append(chunk, latin1 ? "tEXt"sv : "iTXt"sv);
  append(chunk, key);
  append(chunk, latin1 ? "\0"sv : "\0\0\0\0\0"sv);  // iTXt: not compressed, no language, no translated key
  append(chunk, latin1 ? *latin1 : repaired);
  Bytes framed;
  appendBigEndian(framed, static_cast<std::uint32_t>(chunk.size() - 4));
  framed.insert(framed.end(), chunk.begin(), chunk.end());
  appendBigEndian(framed, crc32(chunk));
  png.insert(png.begin() + kBehindHeader, framed.begin(), framed.end());
}

bool readPngTexts(ByteFile& png, PictureTexts& texts) {
  std::size_t room = kMaxText;
  bool sound = true;
  visitPngChunks(png, [&](const PictureChunk& chunk) {
    const bool plain = chunk.is("tEXt"), packed = chunk.is("zTXt");
    if (!plain && !packed && !chunk.is("iTXt")) return true;
    const auto size = static_cast<std::size_t>(chunk.size);
    if (size > room) return false;
    const auto bytes = png.read(chunk.offset - 4, chunk.size + 8);  // the kind and the checksum as well
    sound = bytes.size() == size + 8 && crc32(std::span(bytes).first(size + 4)) == bigEndian(bytes, size + 4, 4);
    if (!sound) return false;
    const auto content = std::span(bytes).subspan(4, size);
    auto entry = plain ? readPlain(content) : packed ? readPacked(content, room) : readInternational(content, room);
    if (!entry) return true;
    // What could not be unpacked may have cost all that was allowed: nothing after it, so that a file can't keep us busy.
    room -= entry->packed && entry->text.empty() ? room : std::min(room, entry->text.size());
    texts.try_emplace(std::move(entry->key), std::move(entry->text));
    return true;
  });
  return sound;
}

}  // namespace likeness
