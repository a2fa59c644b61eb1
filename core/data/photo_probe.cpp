#include "core/data/photo_probe.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <optional>

#include "core/api/photo_list.h"
#include "core/data/byte_file.h"
#include "core/data/file_metadata.h"
#include "core/data/heif_boxes.h"

namespace likeness {
namespace fs = std::filesystem;
using namespace std::string_view_literals;
namespace {

bool isTiff(std::span<const std::uint8_t> head) {
  return holdsAt(head, 0, "II*\0"sv) || holdsAt(head, 0, "MM\0*"sv) || holdsAt(head, 0, "II+\0"sv) ||
         holdsAt(head, 0, "MM\0+"sv);
}

// Kinds that only cameras write.
bool isCameraOnly(std::span<const std::uint8_t> head) {
  return holdsAt(head, 0, "FUJIFILMCCD-RAW"sv) || holdsAt(head, 0, "IIRO"sv) || holdsAt(head, 0, "IIRS"sv) ||
         holdsAt(head, 0, "MMOR"sv) || holdsAt(head, 0, "IIU\0"sv) || holdsAt(head, 0, "FOVb"sv) ||
         holdsAt(head, 0, "\0MRM"sv) || holdsAt(head, 6, "HEAPCCDR"sv) || holdsAt(head, 4, "ftypcrx "sv);
}

bool isPnm(std::span<const std::uint8_t> head) {
  return head.size() > 2 && head[0] == 'P' && head[1] >= '1' && head[1] <= '6' && std::isspace(head[2]) != 0;
}

bool isHeif(std::span<const std::uint8_t> head) {
  if (!holdsAt(head, 4, "ftyp"sv)) return false;
  constexpr std::array kBrands = {"heic"sv, "heix"sv, "heim"sv, "heis"sv, "hevc"sv, "hevx"sv, "mif1"sv, "msf1"sv, "avif"sv, "avis"sv};
  const auto end = std::min<std::size_t>(head.size(), bigEndian(head, 0, 4));
  for (std::size_t at = 8; at + 4 <= end; at += 4) {
    if (std::ranges::any_of(kBrands, [&](auto brand) { return holdsAt(head, at, brand); })) return true;
  }
  return false;
}

std::optional<PhotoKind> kindOf(std::span<const std::uint8_t> head, const fs::path& file) {
  if (holdsAt(head, 0, "\xff\xd8\xff"sv)) return PhotoKind::Jpeg;
  if (holdsAt(head, 0, "\x89PNG\r\n\x1a\n"sv)) return PhotoKind::Png;
  if (holdsAt(head, 0, "RIFF"sv) && holdsAt(head, 8, "WEBP"sv)) return PhotoKind::WebP;
  if (isCameraOnly(head)) return PhotoKind::Raw;
  if (isTiff(head)) return isRawExtension(file) ? PhotoKind::Raw : PhotoKind::Tiff;
  if (isHeif(head)) return PhotoKind::Heif;
  if (holdsAt(head, 0, "\x76\x2f\x31\x01"sv)) return PhotoKind::Exr;
  if (holdsAt(head, 0, "#?RADIANCE"sv) || holdsAt(head, 0, "#?RGBE"sv)) return PhotoKind::Hdr;
  if (holdsAt(head, 0, "GIF8"sv)) return PhotoKind::Gif;
  if (holdsAt(head, 0, "BM"sv) && head.size() > 26 && littleEndian(head, 14, 4) <= 124) return PhotoKind::Bmp;
  if (isPnm(head)) return PhotoKind::Pnm;
  return std::nullopt;
}

void probeContainer(ByteFile& bytes, std::span<const std::uint8_t> head, PhotoProbe& probe) {
  switch (probe.kind) {
    case PhotoKind::Jpeg: probeJpeg(bytes, probe); break;
    case PhotoKind::WebP: probeWebP(bytes, probe); break;
    case PhotoKind::Heif: probeHeif(bytes, probe); break;
    case PhotoKind::Png: probePng(bytes, probe); break;
    case PhotoKind::Tiff: probeTiff(bytes, probe); break;
    case PhotoKind::Gif:
      probe.width = static_cast<std::int64_t>(littleEndian(head, 6, 2));
      probe.height = static_cast<std::int64_t>(littleEndian(head, 8, 2));
      break;
    case PhotoKind::Bmp: {
      const bool old = littleEndian(head, 14, 4) == 12;
      probe.width = old ? static_cast<std::int64_t>(littleEndian(head, 18, 2))
                        : static_cast<std::int32_t>(littleEndian(head, 18, 4));
      probe.height = old ? static_cast<std::int64_t>(littleEndian(head, 20, 2))
                         : std::abs(static_cast<std::int64_t>(static_cast<std::int32_t>(littleEndian(head, 22, 4))));
      break;
    }
    default: break;
  }
}

Result<void> checkReadable(const fs::path& file) {
  const auto name = file.string();
  std::error_code failure;
  const auto status = fs::status(file, failure);
  if (!fs::exists(status)) return systemError(failure ? failure.value() : ENOENT, "read", name);
  if (fs::is_directory(status)) {
    return Error{ErrorCode::InvalidArgument, name + " is a folder, not a photo. Choose the photos in it.", {}, name};
  }
  // A pipe or a device would make the reader wait for ever.
  if (!fs::is_regular_file(status)) {
    return Error{ErrorCode::InvalidArgument, name + " is not a file. Choose a photo.", {}, name};
  }
  return {};
}

}  // namespace

Result<PhotoProbe> probePhoto(const fs::path& file) {
  LK_CHECK(checkReadable(file));
  const auto name = file.string();
  errno = 0;
  ByteFile bytes(file);
  if (!bytes.opened()) return systemError(errno != 0 ? errno : EIO, "read", name);
  if (bytes.size() == 0) {
    return Error{ErrorCode::Corrupt, name + " is empty (0 bytes). Copy it again from where it came from, or leave it out.", {}, name};
  }
  const auto head = bytes.read(0, 256);
  const auto kind = kindOf(head, file);
  if (!kind) {
    return Error{ErrorCode::Corrupt,
                 name + " is not a picture that can be read, whatever its name says. Choose another photo, or save it "
                        "as JPEG, PNG or TIFF first.",
                 {}, name};
  }
  PhotoProbe probe;
  probe.kind = *kind;
  probeContainer(bytes, head, probe);
  return probe;
}

const char* readerName(PhotoKind kind) {
  switch (kind) {
    case PhotoKind::Jpeg: return "jpeg";
    case PhotoKind::Png: return "png";
    case PhotoKind::WebP: return "webp";
    case PhotoKind::Tiff: return "tiff";
    case PhotoKind::Heif: return "heif";
    case PhotoKind::Raw: return "raw";
    case PhotoKind::Exr: return "openexr";
    case PhotoKind::Hdr: return "hdr";
    case PhotoKind::Bmp: return "bmp";
    case PhotoKind::Gif: return "gif";
    case PhotoKind::Pnm: return "pnm";
  }
  return "jpeg";
}

const char* kindTitle(PhotoKind kind) {
  switch (kind) {
    case PhotoKind::Jpeg: return "JPEG";
    case PhotoKind::Png: return "PNG";
    case PhotoKind::WebP: return "WebP";
    case PhotoKind::Tiff: return "TIFF";
    case PhotoKind::Heif: return "HEIC";
    case PhotoKind::Raw: return "camera RAW";
    case PhotoKind::Exr: return "OpenEXR";
    case PhotoKind::Hdr: return "Radiance HDR";
    case PhotoKind::Bmp: return "BMP";
    case PhotoKind::Gif: return "GIF";
    case PhotoKind::Pnm: return "PNM";
  }
  return "";
}

}  // namespace likeness
