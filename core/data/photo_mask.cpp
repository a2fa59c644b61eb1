#include "core/data/photo_mask.h"

#include <cmath>

namespace likeness {
namespace fs = std::filesystem;
namespace {

constexpr double kSameShape = 0.02;

}  // namespace

Result<Photo> readMask(const fs::path& file, const Photo& photo) {
  LK_TRY(auto mask, readPhoto(file));
  const double shape = double(mask.width) * photo.height / (double(mask.height) * photo.width);
  if (std::abs(shape - 1) > kSameShape) {
    const auto size = [](const Photo& one) { return std::to_string(one.width) + " × " + std::to_string(one.height); };
    return Error{ErrorCode::InvalidArgument,
                 "The mask " + file.string() + " has " + size(mask) + " pixels and its photo " + size(photo) +
                     ", which is another shape. Save it as large as the photo.",
                 {},
                 file.string()};
  }
  return mask;
}

}  // namespace likeness
