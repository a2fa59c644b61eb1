#pragma once
#include <filesystem>
#include <string>
#include <vector>

#include "core/api/image.h"

namespace likeness {

/// The square of a photo that is trained, as parameters; the original stays untouched.
/// Order: the photo is made upright (EXIF), turned by quarterTurns, then cut.
struct CropRect {
  double centerX = 0.5;  ///< fraction of the turned photo's width, 0 … 1
  double centerY = 0.5;  ///< fraction of its height, 0 … 1
  double side = 1.0;     ///< fraction of its shorter side, 0 < side ≤ 1; the square is moved inside where it sticks out
  int quarterTurns = 0;  ///< clockwise, 0 … 3

  bool operator==(const CropRect&) const = default;
};

enum class FindingLevel { Fine, Look, Wont };

/// What the studio thinks of a photo: a level, a stable code ("fine", "small", "blurred", "cropped", "duplicate",
/// "unreadable", "too_small") and one plain sentence.
struct PhotoFinding {
  FindingLevel level = FindingLevel::Fine;
  std::string code = "fine";
  std::string sentence;
};

/// One photo of a project or of a drop, with everything that the window shows of it.
struct PhotoInfo {
  std::filesystem::path file;
  int width = 0;   ///< upright, before the crop's turns; 0 when unreadable
  int height = 0;
  std::string colourNote;  ///< for example "Display P3 → sRGB"; empty when nothing was converted
  CropRect crop;
  PhotoFinding finding;  ///< the gravest one
  std::string caption;   ///< the words in the text file beside it, on one line; empty without one
  ImagePtr thumbnail;    ///< the whole upright photo, longer side at most 512; null when unreadable
};

}  // namespace likeness
