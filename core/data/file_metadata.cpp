#include "core/data/file_metadata.h"

#include <zlib.h>

#include <algorithm>
#include <map>
#include <optional>

namespace likeness {
using namespace std::string_view_literals;
namespace {

using Bytes = std::span<const std::uint8_t>;

constexpr std::uint64_t kMaxBlock = 16u << 20;  // no profile or EXIF block is larger

// An EXIF block: TIFF directories, with or without "Exif\0\0" in front. Offsets count from the block's start.
class ExifBlock {
 public:
  explicit ExifBlock(Bytes block) : m_block(holdsAt(block, 0, "Exif\0\0"sv) ? block.subspan(6) : block) {}

  [[nodiscard]] std::uint64_t firstDirectory() const { return number(4, 4); }
  /// Where the value of a directory's tag stands (or the offset to it); nothing when the tag is not there.
  [[nodiscard]] std::optional<std::size_t> find(std::uint64_t directory, std::uint64_t tag) const {
    const auto entries = number(directory, 2);
    for (std::uint64_t entry = 0; entry < entries; ++entry) {
      const auto at = directory + 2 + 12 * entry;
      if (number(at, 2) == tag) return at + 8;
    }
    return std::nullopt;
  }
  [[nodiscard]] std::uint64_t number(std::size_t at, int count) const {
    return holdsAt(m_block, 0, "MM") ? bigEndian(m_block, at, count) : littleEndian(m_block, at, count);
  }
  [[nodiscard]] bool holds(std::size_t at, std::string_view text) const { return holdsAt(m_block, at, text); }

 private:
  Bytes m_block;
};

// Cameras mark Adobe RGB as "uncalibrated" with the interoperability index R03; some write 2, which EXIF does not know.
bool isAdobeRgb(const ExifBlock& exif) {
  constexpr std::uint64_t kExif = 0x8769, kColorSpace = 0xa001, kInterop = 0xa005, kIndex = 1;
  constexpr std::uint64_t kAdobeRgb = 2, kUncalibrated = 0xffff;
  const auto pointer = exif.find(exif.firstDirectory(), kExif);
  if (!pointer) return false;
  const auto directory = exif.number(*pointer, 4);
  const auto space = exif.find(directory, kColorSpace);
  if (!space) return false;
  if (exif.number(*space, 2) == kAdobeRgb) return true;
  const auto interop = exif.find(directory, kInterop);
  if (exif.number(*space, 2) != kUncalibrated || !interop) return false;
  const auto index = exif.find(exif.number(*interop, 4), kIndex);
  return index && exif.holds(*index, "R03");
}

void takeExif(Bytes block, PhotoProbe& probe) {
  constexpr std::uint64_t kOrientation = 0x0112;
  const ExifBlock exif(block);
  if (const auto at = exif.find(exif.firstDirectory(), kOrientation))
    probe.orientation = static_cast<int>(exif.number(*at, 2));
  if (isAdobeRgb(exif)) probe.colours = NamedColours::AdobeRgb;
}

// Joins the numbered parts of a JPEG's profile; nothing when one is missing.
std::vector<std::uint8_t> joined(const std::map<int, std::vector<std::uint8_t>>& parts, int count) {
  std::vector<std::uint8_t> whole;
  if (count < 1 || parts.size() != static_cast<std::size_t>(count) || parts.begin()->first != 1 || parts.rbegin()->first != count) return {};
  for (const auto& [number, part] : parts) whole.insert(whole.end(), part.begin(), part.end());
  return whole;
}

// Unpacks zlib data of at most kMaxBlock bytes; empty when it is damaged or larger.
std::vector<std::uint8_t> inflated(Bytes packed) {
  std::vector<std::uint8_t> plain;
  z_stream stream{};
  if (inflateInit(&stream) != Z_OK) return {};
  stream.next_in = const_cast<Bytef*>(packed.data());
  stream.avail_in = static_cast<uInt>(packed.size());
  int state = Z_OK;
  while (state == Z_OK && plain.size() < kMaxBlock) {
    const auto had = plain.size();
    plain.resize(had + (64u << 10));
    stream.next_out = plain.data() + had;
    stream.avail_out = 64u << 10;
    state = inflate(&stream, Z_NO_FLUSH);
    plain.resize(plain.size() - stream.avail_out);
  }
  inflateEnd(&stream);
  if (state != Z_STREAM_END) plain.clear();
  return plain;
}

}  // namespace

void probeJpeg(ByteFile& bytes, PhotoProbe& probe) {
  std::map<int, std::vector<std::uint8_t>> profile;
  int profileParts = 0;
  std::uint64_t at = 2;
  for (int markers = 0; markers < 10'000; ++markers) {
    const auto head = bytes.read(at, 18);
    if (head.size() < 9 || head[0] != 0xff) break;
    const int marker = head[1];
    if (marker == 0xff) {  // fill byte
      ++at;
      continue;
    }
    const bool standsAlone = marker == 0x01 || (marker >= 0xd0 && marker <= 0xd8);
    if (standsAlone) {
      at += 2;
      continue;
    }
    if (marker == 0xd9 || marker == 0xda) break;
    const auto length = std::max<std::uint64_t>(2, bigEndian(head, 2, 2));
    if (marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc) {
      probe.height = static_cast<std::int64_t>(bigEndian(head, 5, 2));
      probe.width = static_cast<std::int64_t>(bigEndian(head, 7, 2));
    } else if (marker == 0xe1 && holdsAt(head, 4, "Exif\0\0"sv) && length > 8) {
      takeExif(bytes.read(at + 4, length - 2), probe);
    } else if (marker == 0xe2 && holdsAt(head, 4, "ICC_PROFILE\0"sv) && length > 16 && head.size() == 18) {
      profile.try_emplace(head[16], bytes.read(at + 18, length - 16));
      profileParts = head[17];
    }
    at += 2 + length;
  }
  probe.icc = joined(profile, profileParts);
}

void probePng(ByteFile& bytes, PhotoProbe& probe) {
  std::uint64_t at = 8;
  for (int chunks = 0; chunks < 1'000; ++chunks) {
    const auto head = bytes.read(at, 16);
    if (head.size() < 12 || holdsAt(head, 4, "IDAT")) return;
    const auto size = bigEndian(head, 0, 4);
    if (holdsAt(head, 4, "IHDR")) {
      probe.width = static_cast<std::int64_t>(bigEndian(head, 8, 4));
      probe.height = static_cast<std::int64_t>(bigEndian(head, 12, 4));
    } else if (holdsAt(head, 4, "eXIf") && size <= kMaxBlock) {
      takeExif(bytes.read(at + 8, size), probe);
    } else if (holdsAt(head, 4, "iCCP") && size <= kMaxBlock) {
      const auto content = bytes.read(at + 8, size);
      const auto name = std::ranges::find(content, 0) - content.begin();
      if (static_cast<std::size_t>(name) + 2 < content.size()) probe.icc = inflated(Bytes(content).subspan(static_cast<std::size_t>(name) + 2));
    }
    at += 12 + size;
  }
}

void probeWebP(ByteFile& bytes, PhotoProbe& probe) {
  std::uint64_t at = 12;
  for (int chunks = 0; chunks < 1'000; ++chunks) {
    const auto head = bytes.read(at, 18);
    if (head.size() < 8) return;
    const auto size = littleEndian(head, 4, 4);
    const auto content = Bytes(head).subspan(8);
    if (holdsAt(head, 0, "VP8X")) {
      probe.width = 1 + static_cast<std::int64_t>(littleEndian(content, 4, 3));
      probe.height = 1 + static_cast<std::int64_t>(littleEndian(content, 7, 3));
    } else if (holdsAt(head, 0, "VP8 ") && probe.width == 0) {
      probe.width = static_cast<std::int64_t>(littleEndian(content, 6, 2) & 0x3fff);
      probe.height = static_cast<std::int64_t>(littleEndian(content, 8, 2) & 0x3fff);
    } else if (holdsAt(head, 0, "VP8L") && probe.width == 0) {
      const auto bits = littleEndian(content, 1, 4);
      probe.width = 1 + static_cast<std::int64_t>(bits & 0x3fff);
      probe.height = 1 + static_cast<std::int64_t>((bits >> 14) & 0x3fff);
    } else if (holdsAt(head, 0, "ICCP") && size <= kMaxBlock) {
      probe.icc = bytes.read(at + 8, size);
    } else if (holdsAt(head, 0, "EXIF") && size <= kMaxBlock) {
      takeExif(bytes.read(at + 8, size), probe);
    }
    at += 8 + size + (size & 1);
  }
}

void probeTiff(ByteFile& bytes, PhotoProbe& probe) {
  constexpr std::uint64_t kWidth = 256, kHeight = 257, kOrientation = 274, kProfile = 34675;
  const auto head = bytes.read(0, 16);
  const bool big = holdsAt(head, 0, "MM"sv);
  const auto number = [big](Bytes from, std::size_t at, int count) { return big ? bigEndian(from, at, count) : littleEndian(from, at, count); };
  const bool wide = number(head, 2, 2) == 43;  // BigTIFF
  const int field = wide ? 8 : 4;
  const auto directory = number(head, wide ? 8 : 4, field);
  const auto entries = std::min<std::uint64_t>(number(bytes.read(directory, 8), 0, wide ? 8 : 2), 10'000);
  const std::uint64_t entrySize = wide ? 20 : 12;
  const auto table = bytes.read(directory + (wide ? 8 : 2), entries * entrySize);
  for (std::size_t at = 0; at + entrySize <= table.size(); at += entrySize) {
    const auto tag = number(table, at, 2), type = number(table, at + 2, 2), count = number(table, at + 4, field);
    const auto valueAt = at + 4 + static_cast<std::size_t>(field);
    const auto value = number(table, valueAt, type == 3 ? 2 : 4);
    if (tag == kWidth) probe.width = static_cast<std::int64_t>(value);
    if (tag == kHeight) probe.height = static_cast<std::int64_t>(value);
    if (tag == kOrientation) probe.orientation = static_cast<int>(value);
    if (tag == kProfile && count > static_cast<std::uint64_t>(field) && count <= kMaxBlock) {
      probe.icc = bytes.read(number(table, valueAt, field), count);
    }
  }
}

}  // namespace likeness
