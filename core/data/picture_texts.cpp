#include "core/data/picture_texts.h"

#include <cerrno>

#include "core/data/exif_text.h"
#include "core/data/picture_chunks.h"
#include "core/data/png_text.h"
#include "core/data/xmp_text.h"

namespace likeness {
namespace fs = std::filesystem;
using namespace std::string_view_literals;
namespace {

constexpr std::uint64_t kMaxBlock = 16u << 20;  // of a WebP; JPEG's are at most 64 kB

void takeXmp(std::span<const std::uint8_t> packet, PictureTexts& texts) {
  auto recipe = readXmpText({reinterpret_cast<const char*>(packet.data()), packet.size()});
  if (!recipe.empty()) texts.try_emplace("likeness", std::move(recipe));
}

void readJpegTexts(ByteFile& jpeg, PictureTexts& texts) {
  constexpr auto kXmp = "http://ns.adobe.com/xap/1.0/\0"sv;
  constexpr int kMost = 16;  // segments that are looked into
  int looked = 0;
  visitJpegSegments(jpeg, [&](const PictureChunk& segment) {
    if (segment.marker != 0xe1) return true;
    const auto content = jpeg.read(segment.offset, segment.size);
    if (holdsAt(content, 0, "Exif\0\0"sv)) {
      readExifTexts(content, texts);
    } else if (holdsAt(content, 0, kXmp)) {
      takeXmp(std::span(content).subspan(kXmp.size()), texts);
    }
    return ++looked < kMost;
  });
}

void readWebPTexts(ByteFile& webp, PictureTexts& texts) {
  bool exifRead = false, xmpRead = false;
  visitWebPChunks(webp, [&](const PictureChunk& chunk) {
    const bool exif = chunk.is("EXIF") && !exifRead, xmp = chunk.is("XMP ") && !xmpRead;
    if ((!exif && !xmp) || chunk.size > kMaxBlock) return true;
    const auto content = webp.read(chunk.offset, chunk.size);
    if (exif) {
      readExifTexts(content, texts);
      exifRead = true;
    } else {
      takeXmp(content, texts);
      xmpRead = true;
    }
    return true;
  });
}

}  // namespace

Result<PictureTexts> readPictureTexts(const fs::path& file) {
  errno = 0;
  ByteFile bytes(file);
  if (!bytes.opened()) return systemError(errno != 0 ? errno : EIO, "read", file.string());
  return readPictureTexts(bytes, file);
}

Result<PictureTexts> readPictureTexts(ByteFile& bytes, const fs::path& name) {
  PictureTexts texts;
  const auto head = bytes.read(0, 12);
  const auto damaged = [&](const char* what) { return Error{ErrorCode::Corrupt, name.string() + what, {}, name.string()}; };
  if (holdsAt(head, 0, "\x89PNG\r\n\x1a\n"sv)) {
    if (!readPngTexts(bytes, texts)) {
      return damaged(" is damaged where its recipe should be. Use another copy of the picture.");
    }
  } else if (holdsAt(head, 0, "\xff\xd8\xff"sv)) {
    readJpegTexts(bytes, texts);
  } else if (holdsAt(head, 0, "RIFF"sv) && holdsAt(head, 8, "WEBP"sv)) {
    readWebPTexts(bytes, texts);
  } else {
    return damaged(" is not a PNG, JPEG or WebP picture. Only these carry a recipe; choose another.");
  }
  return texts;
}

}  // namespace likeness
