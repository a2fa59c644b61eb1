#pragma once
#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "core/base/result.h"

namespace likeness {

/// Puts a text chunk behind the header of a PNG in memory: tEXt when all of `text` (UTF-8) is Latin-1, iTXt otherwise.
/// Broken UTF-8 is replaced by U+FFFD. OpenImageIO writes every text as tEXt, whatever it holds.
/// Source: PNG specification (third edition), 11.3.3.
void addPngText(std::vector<std::uint8_t>& png, const std::string& key, const std::string& text);

/// The texts of tEXt and uncompressed iTXt chunks as UTF-8; of double keys the first. Errors: as for files; Corrupt
/// when it is no PNG or a text chunk's checksum is wrong.
[[nodiscard]] Result<std::map<std::string, std::string>> readPngTexts(const std::filesystem::path& file);

/// `text` with each broken UTF-8 sequence replaced by U+FFFD.
[[nodiscard]] std::string repairedUtf8(const std::string& text);

}  // namespace likeness
