#include "core/data/file_metadata.h"

#include <algorithm>
#include <map>
#include <optional>

#include "core/data/inflate.h"
#include "core/data/picture_chunks.h"

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

}  // namespace

void probeJpeg(ByteFile& bytes, PhotoProbe& probe) {
  std::map<int, std::vector<std::uint8_t>> profile;
  int profileParts = 0;
  visitJpegSegments(bytes, [&](const PictureChunk& segment) {
    const auto head = bytes.read(segment.offset, 14);
    const int marker = segment.marker;
    if (marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc) {
      probe.height = static_cast<std::int64_t>(bigEndian(head, 1, 2));
      probe.width = static_cast<std::int64_t>(bigEndian(head, 3, 2));
    } else if (marker == 0xe1 && holdsAt(head, 0, "Exif\0\0"sv)) {
      takeExif(bytes.read(segment.offset, segment.size), probe);
    } else if (marker == 0xe2 && holdsAt(head, 0, "ICC_PROFILE\0"sv) && segment.size > 14 && head.size() == 14) {
      profile.try_emplace(head[12], bytes.read(segment.offset + 14, segment.size - 14));
      profileParts = head[13];
    }
    return true;
  });
  probe.icc = joined(profile, profileParts);
}

void probePng(ByteFile& bytes, PhotoProbe& probe) {
  visitPngChunks(bytes, [&](const PictureChunk& chunk) {
    if (chunk.is("IDAT")) return false;
    const bool small = chunk.size <= kMaxBlock;
    if (chunk.is("IHDR")) {
      const auto sides = bytes.read(chunk.offset, 8);
      probe.width = static_cast<std::int64_t>(bigEndian(sides, 0, 4));
      probe.height = static_cast<std::int64_t>(bigEndian(sides, 4, 4));
    } else if (chunk.is("eXIf") && small) {
      takeExif(bytes.read(chunk.offset, chunk.size), probe);
    } else if (chunk.is("iCCP") && small) {
      const auto content = bytes.read(chunk.offset, chunk.size);
      const auto name = static_cast<std::size_t>(std::ranges::find(content, 0) - content.begin());
      if (name + 2 < content.size()) probe.icc = inflated(Bytes(content).subspan(name + 2), kMaxBlock);
    }
    return true;
  });
}

void probeWebP(ByteFile& bytes, PhotoProbe& probe) {
  visitWebPChunks(bytes, [&](const PictureChunk& chunk) {
    const auto content = bytes.read(chunk.offset, 10);
    const bool small = chunk.size <= kMaxBlock;
    if (chunk.is("VP8X")) {
      probe.width = 1 + static_cast<std::int64_t>(littleEndian(content, 4, 3));
      probe.height = 1 + static_cast<std::int64_t>(littleEndian(content, 7, 3));
    } else if (chunk.is("VP8 ") && probe.width == 0) {
      probe.width = static_cast<std::int64_t>(littleEndian(content, 6, 2) & 0x3fff);
      probe.height = static_cast<std::int64_t>(littleEndian(content, 8, 2) & 0x3fff);
    } else if (chunk.is("VP8L") && probe.width == 0) {
      const auto bits = littleEndian(content, 1, 4);
      probe.width = 1 + static_cast<std::int64_t>(bits & 0x3fff);
      probe.height = 1 + static_cast<std::int64_t>((bits >> 14) & 0x3fff);
    } else if (chunk.is("ICCP") && small) {
      probe.icc = bytes.read(chunk.offset, chunk.size);
    } else if (chunk.is("EXIF") && small) {
      takeExif(bytes.read(chunk.offset, chunk.size), probe);
    }
    return true;
  });
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
