#pragma once
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "core/data/picture_texts.h"

namespace likeness {

/// An EXIF block without the "Exif\0\0" that JPEG puts in front: `text` (UTF-8) as user comment in UTF-16, high byte
/// first, as AUTOMATIC1111 (through piexif) writes and reads it, and sRGB as colour space.
/// Source: EXIF 2.32 (CIPA DC-008), 4.6.3 and 4.6.5; TIFF 6.0, section 2.
[[nodiscard]] std::vector<std::uint8_t> makeExif(const std::string& text);

/// Adds the texts of an EXIF block, with or without "Exif\0\0": the user comment as `parameters`, and what ComfyUI puts
/// into other fields as "prompt:…" and "workflow:…" under those keys. Any bytes may be given.
void readExifTexts(std::span<const std::uint8_t> exif, PictureTexts& texts);

}  // namespace likeness
