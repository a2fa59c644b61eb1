#include "core/data/exif_text.h"

#include <array>

#include "core/base/text.h"

namespace likeness {
using namespace std::string_view_literals;
namespace {

using Bytes = std::span<const std::uint8_t>;

constexpr std::uint64_t kExifDirectory = 0x8769, kExifVersion = 0x9000, kUserComment = 0x9286, kColourSpace = 0xa001;
constexpr int kAscii = 2, kShort = 3, kLong = 4, kUndefined = 7;
constexpr auto kUnicode = "UNICODE\0"sv;

class Writer {
 public:
  void number(std::uint64_t value, int size) {
    for (int shift = 8 * (size - 1); shift >= 0; shift -= 8) m_bytes.push_back(static_cast<std::uint8_t>(value >> shift));
  }
  void text(std::string_view text) { m_bytes.insert(m_bytes.end(), text.begin(), text.end()); }
  // One field of a directory; `value` fills the four bytes at its end.
  void field(std::uint64_t tag, int type, std::uint64_t count, std::uint64_t value) {
    number(tag, 2);
    number(static_cast<std::uint64_t>(type), 2);
    number(count, 4);
    number(value, 4);
  }
  [[nodiscard]] std::vector<std::uint8_t> take() { return std::move(m_bytes); }

 private:
  std::vector<std::uint8_t> m_bytes;
};

// Reads numbers in the block's byte order; 0 where they stick out.
struct Block {
  Bytes bytes;
  bool big = false;
  [[nodiscard]] std::uint64_t number(std::uint64_t at, int size) const {
    return big ? bigEndian(bytes, at, size) : littleEndian(bytes, at, size);
  }
  // `count` bytes of a field's value: in the field itself when they fit, else where it points.
  [[nodiscard]] Bytes value(std::uint64_t field, std::uint64_t count) const {
    const auto at = count <= 4 ? field + 8 : number(field + 8, 4);
    if (at >= bytes.size()) return {};
    return bytes.subspan(at, std::min<std::uint64_t>(count, bytes.size() - at));
  }
};

// Which byte comes first is not said reliably: piexif writes the high one first whatever the block's order. Text as it
// occurs here has many Latin letters, whose high bytes are 0.
bool highByteFirst(Bytes utf16, bool blockIsBig) {
  std::array<std::size_t, 2> zeros{};
  for (std::size_t i = 0; i < utf16.size(); ++i) zeros[i % 2] += utf16[i] == 0 ? 1 : 0;
  return zeros[0] == zeros[1] ? blockIsBig : zeros[0] > zeros[1];
}

std::string decodeUtf16(Bytes bytes, bool blockIsBig) {
  const bool marked = holdsAt(bytes, 0, "\xfe\xff"sv) || holdsAt(bytes, 0, "\xff\xfe"sv);
  const bool big = marked ? bytes[0] == 0xfe : highByteFirst(bytes, blockIsBig);
  if (marked) bytes = bytes.subspan(2);
  std::u16string text;
  for (std::size_t i = 0; i + 1 < bytes.size(); i += 2) {
    text += static_cast<char16_t>(big ? bigEndian(bytes, i, 2) : littleEndian(bytes, i, 2));
  }
  return fromUtf16(text);
}

std::string decodeComment(Bytes bytes, bool blockIsBig) {
  if (holdsAt(bytes, 0, kUnicode)) return decodeUtf16(bytes.subspan(kUnicode.size()), blockIsBig);
  for (const auto prefix : {"ASCII\0\0\0"sv, "\0\0\0\0\0\0\0\0"sv}) {
    if (holdsAt(bytes, 0, prefix)) bytes = bytes.subspan(prefix.size());
  }
  return repairedUtf8(std::string(bytes.begin(), bytes.end()));
}

void keep(PictureTexts& texts, const std::string& key, std::string text) {
  while (!text.empty() && text.back() == '\0') text.pop_back();
  if (!text.empty()) texts.try_emplace(key, std::move(text));
}

// Calls `visit(field's place, tag, type, count)` for each field of a directory until it answers false.
template <typename Visit>
void visitFields(const Block& block, std::uint64_t directory, Visit visit) {
  const auto fields = block.number(directory, 2);
  for (std::uint64_t i = 0; i < fields; ++i) {
    const auto field = directory + 2 + 12 * i;
    if (field + 12 > block.bytes.size()) return;
    if (!visit(field, block.number(field, 2), block.number(field + 2, 2), block.number(field + 4, 4))) return;
  }
}

void readUserComment(const Block& block, std::uint64_t directory, PictureTexts& texts) {
  visitFields(block, directory, [&](auto field, auto tag, auto, auto count) {
    if (tag != kUserComment) return true;
    keep(texts, "parameters", decodeComment(block.value(field, count), block.big));
    return false;
  });
}

}  // namespace

std::vector<std::uint8_t> makeExif(const std::string& text) {
  constexpr std::uint64_t kFirst = 8, kSecond = kFirst + 2 + 12 + 4, kComment = kSecond + 2 + 3 * 12 + 4;
  const auto utf16 = toUtf16(text);
  Writer exif;
  exif.text("MM\0*"sv);
  exif.number(kFirst, 4);
  exif.number(1, 2);
  exif.field(kExifDirectory, kLong, 1, kSecond);
  exif.number(0, 4);  // no further directory
  exif.number(3, 2);
  exif.field(kExifVersion, kUndefined, 4, 0x30323332);  // "0232"
  exif.field(kUserComment, kUndefined, kUnicode.size() + 2 * utf16.size(), kComment);
  exif.field(kColourSpace, kShort, 1, 1u << 16);  // sRGB
  exif.number(0, 4);
  exif.text(kUnicode);
  for (const auto unit : utf16) exif.number(unit, 2);
  return exif.take();
}

void readExifTexts(std::span<const std::uint8_t> exif, PictureTexts& texts) {
  if (holdsAt(exif, 0, "Exif\0\0"sv)) exif = exif.subspan(6);
  const Block block{exif, holdsAt(exif, 0, "MM"sv)};
  if (!block.big && !holdsAt(exif, 0, "II"sv)) return;
  bool followed = false;
  visitFields(block, block.number(4, 4), [&](auto field, auto tag, auto type, auto count) {
    if (tag == kExifDirectory && !followed) {
      followed = true;
      readUserComment(block, block.number(field + 8, 4), texts);
    }
    if (type != kAscii) return true;
    const auto value = block.value(field, count);
    for (const std::string key : {"prompt", "workflow"}) {  // ComfyUI names the text in the text
      if (!holdsAt(value, 0, key + ":") || texts.contains(key)) continue;
      const auto text = value.subspan(key.size() + 1);
      keep(texts, key, repairedUtf8(std::string(text.begin(), text.end())));
    }
    return true;
  });
}

}  // namespace likeness
