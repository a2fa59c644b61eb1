#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "core/base/result.h"

namespace likeness {

/// Decodes a JPEG of four inks (CMYK or YCCK), which OpenImageIO only gives as RGB made without the file's profile.
/// Shape: 4·width·height, rows from the top; cyan, magenta, yellow, black. Range: 0 no ink … 255 full ink; files hold
/// the opposite, as Adobe began it. Threads: any. Errors: Corrupt, with the decoder's complaint as the message.
/// Source: libjpeg-turbo.
[[nodiscard]] Result<std::vector<std::uint8_t>> decodeJpegInks(std::span<const std::uint8_t> jpeg, int width,
                                                               int height);

}  // namespace likeness
