#pragma once
#include <filesystem>
#include <string>
#include <vector>

#include "core/base/result.h"

namespace likeness {

struct CaptionedPicture {
  std::filesystem::path file;
  std::string caption;
};

/// The name of the list of captions that a folder may have.
inline constexpr const char* kCaptionList = "captions.jsonl";

/// The pictures of a folder with what they show: by kCaptionList, one {"file": …, "caption": …} a line, in its order;
/// or without such a list each picture with the text file of its name beside it, in the names' natural order.
/// Nothing of the pictures is read. Errors: NotFound for a missing folder, one without pictures, a picture without a
/// caption or a caption without a picture; Corrupt for a line that is none; each names the file (and line).
[[nodiscard]] Result<std::vector<CaptionedPicture>> listCaptionedPictures(const std::filesystem::path& folder);

}  // namespace likeness
