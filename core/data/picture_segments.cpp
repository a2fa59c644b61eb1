#include "core/data/picture_segments.h"

#include "core/data/byte_file.h"

namespace likeness {
using namespace std::string_view_literals;
namespace {

using Bytes = std::vector<std::uint8_t>;

std::span<const std::uint8_t> asBytes(std::string_view text) {
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

void append(Bytes& bytes, std::span<const std::uint8_t> more) { bytes.insert(bytes.end(), more.begin(), more.end()); }
void append(Bytes& bytes, std::string_view text) { append(bytes, asBytes(text)); }

void appendLittleEndian(Bytes& bytes, std::uint64_t value, int size) {
  for (int i = 0; i < size; ++i) bytes.push_back(static_cast<std::uint8_t>(value >> (8 * i)));
}

Result<void> appendSegment(Bytes& bytes, std::string_view name, std::span<const std::uint8_t> content) {
  constexpr std::size_t kLongest = 0xffff;
  const auto length = 2 + name.size() + content.size();
  if (length > kLongest) {
    return Error{ErrorCode::InvalidArgument,
                 "The prompt is too long for the recipe in a JPEG picture. Shorten it, or choose png or webp."};
  }
  append(bytes, "\xff\xe1"sv);
  bytes.push_back(static_cast<std::uint8_t>(length >> 8));
  bytes.push_back(static_cast<std::uint8_t>(length & 0xff));
  append(bytes, name);
  append(bytes, content);
  return {};
}

void appendChunk(Bytes& bytes, std::string_view kind, std::span<const std::uint8_t> content) {
  append(bytes, kind);
  appendLittleEndian(bytes, content.size(), 4);
  append(bytes, content);
  if (content.size() % 2 != 0) bytes.push_back(0);
}

}  // namespace

Result<void> addJpegMetadata(Bytes& jpeg, std::span<const std::uint8_t> exif, const std::string& xmp) {
  Bytes segments;
  LK_CHECK(appendSegment(segments, "Exif\0\0"sv, exif));
  LK_CHECK(appendSegment(segments, "http://ns.adobe.com/xap/1.0/\0"sv, asBytes(xmp)));
  std::size_t at = 2;
  if (holdsAt(jpeg, at, "\xff\xe0"sv)) at += 2 + static_cast<std::size_t>(bigEndian(jpeg, at + 2, 2));
  if (at > jpeg.size()) return Error{ErrorCode::Internal, "The picture could not be made into a JPEG."};
  jpeg.insert(jpeg.begin() + static_cast<std::ptrdiff_t>(at), segments.begin(), segments.end());
  return {};
}

void addWebPMetadata(Bytes& webp, int width, int height, std::span<const std::uint8_t> exif, const std::string& xmp) {
  constexpr std::size_t kHeader = 12;  // "RIFF", size, "WEBP"
  constexpr std::uint64_t kHasExif = 0x08, kHasXmp = 0x04;
  Bytes extended;
  appendLittleEndian(extended, kHasExif | kHasXmp, 4);
  appendLittleEndian(extended, static_cast<std::uint64_t>(width - 1), 3);
  appendLittleEndian(extended, static_cast<std::uint64_t>(height - 1), 3);
  Bytes whole;
  appendChunk(whole, "VP8X", extended);
  append(whole, std::span<const std::uint8_t>(webp).subspan(std::min(kHeader, webp.size())));
  appendChunk(whole, "EXIF", exif);
  appendChunk(whole, "XMP ", asBytes(xmp));
  webp.clear();
  append(webp, "RIFF"sv);
  appendLittleEndian(webp, whole.size() + 4, 4);
  append(webp, "WEBP"sv);
  append(webp, whole);
}

}  // namespace likeness
