#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/data/byte_file.h"
#include "core/data/picture_texts.h"

namespace likeness {

/// Puts a text chunk behind the header of a PNG in memory: tEXt when all of `text` (UTF-8) is Latin-1, iTXt otherwise.
/// Broken UTF-8 is replaced by U+FFFD. OpenImageIO writes every text as tEXt, whatever it holds.
/// Source: PNG specification (third edition), 11.3.3.
void addPngText(std::vector<std::uint8_t>& png, const std::string& key, const std::string& text);

/// The texts of tEXt, zTXt and iTXt chunks, 16 MiB of them at most; of double keys the first. False when the checksum
/// of a text is wrong or the file ends in one.
[[nodiscard]] bool readPngTexts(ByteFile& png, PictureTexts& texts);

}  // namespace likeness
