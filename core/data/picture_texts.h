#pragma once
#include <filesystem>
#include <map>
#include <string>

#include "core/base/result.h"
#include "core/data/byte_file.h"

namespace likeness {

/// Texts that a picture carries, UTF-8 by key: `parameters` (AUTOMATIC1111), `likeness` (our recipe), `prompt` and
/// `workflow` (ComfyUI), and in PNG files whatever other keys there are.
using PictureTexts = std::map<std::string, std::string>;

/// The texts of a PNG (its text chunks), JPEG or WebP (the EXIF user comment as `parameters`, our recipe from XMP,
/// ComfyUI's EXIF fields). Memory: at most 32 MiB, whatever the file claims.
/// Errors: as for files; Corrupt when it is none of these, or a PNG that is damaged where its texts should be.
[[nodiscard]] Result<PictureTexts> readPictureTexts(const std::filesystem::path& file);

/// The same of an opened file; `name` stands in messages.
[[nodiscard]] Result<PictureTexts> readPictureTexts(ByteFile& bytes, const std::filesystem::path& name);

}  // namespace likeness
