#pragma once
#include <filesystem>
#include <functional>
#include <span>
#include <vector>

#include "core/api/photo.h"
#include "core/base/job_control.h"
#include "core/base/result.h"

namespace likeness {

/// A photo to look at.
struct PhotoRequest {
  std::filesystem::path file;
  CropRect crop;
};

/// Told after each photo; near-duplicates are judged against the earlier ones only.
using PhotoExamined = std::function<void(std::size_t index, const PhotoInfo& info)>;

/// Reads each photo once and says what the studio thinks of it: size, thumbnail, colour note and the gravest finding.
/// `resolution` is the side of the trained square in pixels. Never fails for a bad photo: that is a finding (Wont).
/// Errors: Cancelled when `control` (may be null) asks for a stop. Threads: any.
[[nodiscard]] Result<std::vector<PhotoInfo>> examinePhotos(std::span<const PhotoRequest> photos, int resolution,
                                                          JobControl* control = nullptr,
                                                          const PhotoExamined& examined = {});

/// What to say about the photos as a set: codes "no_photo", "no_usable_photo" (Wont), "one_photo", "many_photos" (Look).
[[nodiscard]] std::vector<PhotoFinding> adviseOnSet(std::span<const PhotoInfo> photos);

/// How sharp a picture of about 512 pixels is: the variance of the Laplacian of its luma (0 … 255), taken in each tile
/// of an 8 × 8 grid, and of these the 90th percentile, so that a blurred background does not count against a sharp
/// subject. Sharp photos lie in the hundreds and thousands, blurred ones below kBlurredBelow.
/// Source: Pech-Pacheco et al. 2000, "Diatom autofocusing in brightfield microscopy". Differs: by tile.
[[nodiscard]] double sharpness(const Image& picture);
inline constexpr double kBlurredBelow = 30.0;

}  // namespace likeness
