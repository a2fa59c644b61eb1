#pragma once
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "core/base/result.h"

namespace likeness {

/// Puts an EXIF block (see makeExif) and an XMP packet into a JPEG in memory, behind its JFIF header, as segments of
/// their own. InvalidArgument when one is longer than a segment can be (64 kB).
/// Sources: EXIF 2.32, 4.7.2; XMP part 3, 1.1.3.
[[nodiscard]] Result<void> addJpegMetadata(std::vector<std::uint8_t>& jpeg, std::span<const std::uint8_t> exif,
                                           const std::string& xmp);

/// The same for a WebP of `width` × `height` pixels without metadata, which gets the extended header that announces
/// them. Source: the WebP container specification.
void addWebPMetadata(std::vector<std::uint8_t>& webp, int width, int height, std::span<const std::uint8_t> exif,
                     const std::string& xmp);

}  // namespace likeness
