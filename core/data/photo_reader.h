#pragma once
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "core/api/image.h"
#include "core/api/photo_list.h"
#include "core/base/result.h"

namespace likeness {

/// A photo larger than this is refused before any of its pixels is decoded, so memory stays bounded.
inline constexpr std::int64_t kMaxPhotoSide = 32'768;
inline constexpr std::int64_t kMaxPhotoPixels = 300'000'000;

/// A decoded photo: upright, sRGB-encoded, opaque, red green blue interleaved, rows from the top.
/// Range: 0 … 65535 for 0 … 1; an 8-bit value v without colour conversion is exactly 257·v.
struct Photo {
  int width = 0;
  int height = 0;
  std::vector<std::uint16_t> rgb;
  std::string colourNote;  ///< for example "Display P3 → sRGB"; empty when nothing was converted
};

/// What a photo's header says.
struct PhotoHeader {
  int width = 0;  ///< upright
  int height = 0;
  std::string format;  ///< "JPEG", "HEIC", …
};

/// Reads a photo of any supported kind (JPEG, PNG, WebP, TIFF, HEIC and AVIF, camera RAW, EXR, HDR, BMP, GIF, PNM),
/// which the content, not the name, decides.
/// Turned upright by its EXIF orientation; colours to sRGB by the embedded ICC profile (relative colorimetric with
/// black point compensation), without one as metadata names them (Display P3, Adobe RGB), else sRGB (linear kinds: as
/// linear sRGB primaries, clipped to 0 … 1); transparency laid on white; grey and CMYK become RGB; of an animation the
/// first frame. Threads: any. Errors: NotFound, PermissionDenied, Corrupt (damaged, cut short, not a picture),
/// Unsupported (too large, a kind that can't be read); each sentence names the file and the next step.
[[nodiscard]] Result<Photo> readPhoto(const std::filesystem::path& file);

/// Reads only what is needed to know the size; the same errors as readPhoto as far as the header shows them.
[[nodiscard]] Result<PhotoHeader> readPhotoHeader(const std::filesystem::path& file);

/// The whole upright photo as a small picture, its longer side at most `side` pixels; never enlarged.
[[nodiscard]] Result<Image> readThumbnail(const std::filesystem::path& file, int side);
[[nodiscard]] Image makeThumbnail(const Photo& photo, int side);

}  // namespace likeness
