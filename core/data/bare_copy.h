#pragma once
#include <cstdint>
#include <span>
#include <vector>

namespace likeness {

/// Copies of JPEG and PNG files without their metadata, for the decoder: OpenImageIO parses ICC profiles, IPTC, XMP and
/// text as it opens a file, and some versions read beyond the end of damaged ones. What matters of these (orientation
/// and profile) is read by probePhoto. Any bytes may be given; the pixels are never changed.
[[nodiscard]] std::vector<std::uint8_t> bareJpeg(std::span<const std::uint8_t> file);
[[nodiscard]] std::vector<std::uint8_t> barePng(std::span<const std::uint8_t> file);

/// Whether all that an ICC profile's tag table names lies inside it, also the parts of its texts. True for bytes that
/// are no profile at all, because these are not parsed any further.
[[nodiscard]] bool isSoundProfile(std::span<const std::uint8_t> icc);

}  // namespace likeness
