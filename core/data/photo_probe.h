#pragma once
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/data/named_colours.h"

namespace likeness {

/// What kind of picture a file's first bytes say it is.
enum class PhotoKind { Jpeg, Png, WebP, Tiff, Heif, Raw, Exr, Hdr, Bmp, Gif, Pnm };

/// What can be learnt without a decoder. Decoders of some kinds take memory for the whole picture as soon as they open
/// a file, so the size must be known before; and metadata is read here because OpenImageIO passes on only a part of it
/// and trusts its lengths (see bare_copy.h).
struct PhotoProbe {
  PhotoKind kind = PhotoKind::Jpeg;
  std::int64_t width = 0;  ///< as stored, before EXIF orientation; 0 when only the decoder knows
  std::int64_t height = 0;
  std::vector<std::uint8_t> icc;  ///< as embedded, not checked
  int orientation = 1;            ///< EXIF orientation 1 … 8 that is still to be applied; other values mean none
  NamedColours colours = NamedColours::Srgb;  ///< counts only without a profile
};

/// Looks at a file's first bytes and its chunk or box list. Errors: NotFound, PermissionDenied, InvalidArgument (a
/// folder), Corrupt (empty, not a picture), Unsupported (a kind that isn't read).
[[nodiscard]] Result<PhotoProbe> probePhoto(const std::filesystem::path& file);

/// OpenImageIO's name of the reader, and the name for people.
[[nodiscard]] const char* readerName(PhotoKind kind);
[[nodiscard]] const char* kindTitle(PhotoKind kind);

}  // namespace likeness
