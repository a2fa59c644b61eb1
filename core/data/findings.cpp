#include "core/data/findings.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

#include "core/data/crop.h"
#include "core/data/photo_reader.h"
#include "core/data/similarity.h"

namespace likeness {
namespace {

constexpr int kThumbnailSide = 512;
constexpr int kUsableSide = 64;        // pixels of the shorter side; below it nothing can be learnt
constexpr double kHeavyCrop = 0.45;    // of the area
constexpr std::size_t kManyPhotos = 20;

std::vector<double> lumaOf(const Image& image) {
  std::vector<double> luma(image.rgb.size() / 3);
  for (std::size_t i = 0; i < luma.size(); ++i) {
    luma[i] = 0.299 * image.rgb[3 * i] + 0.587 * image.rgb[3 * i + 1] + 0.114 * image.rgb[3 * i + 2];
  }
  return luma;
}

// Variance of the Laplacian over the pixels [left, right) × [top, bottom), which must not touch the border.
double laplacianVariance(const std::vector<double>& luma, int width, int left, int top, int right, int bottom) {
  double sum = 0, squares = 0;
  for (int y = top; y < bottom; ++y) {
    for (int x = left; x < right; ++x) {
      const auto* at = &luma[std::size_t(y) * std::size_t(width) + std::size_t(x)];
      const double value = at[-1] + at[1] + at[-width] + at[width] - 4 * at[0];
      sum += value;
      squares += value * value;
    }
  }
  const double count = double(right - left) * (bottom - top);
  return squares / count - (sum / count) * (sum / count);
}

PhotoFinding look(const char* code, std::string sentence) { return {FindingLevel::Look, code, std::move(sentence)}; }

std::string percent(double fraction) { return std::to_string(std::lround(100 * fraction)) + " %"; }

struct Judged {
  const PhotoInfo& info;
  const Image& thumbnail;
  int resolution;
  std::optional<std::size_t> twin;  // index of an earlier photo that is nearly the same
  std::string twinName;
};

// The gravest thing to say of a photo that could be read.
PhotoFinding judge(const Judged& photo) {
  const auto& info = photo.info;
  const int shorter = std::min(info.width, info.height);
  if (shorter < kUsableSide) {
    return {FindingLevel::Wont, "too_small",
            "Only " + std::to_string(info.width) + " × " + std::to_string(info.height) +
                " pixels: too small to learn from. Use a larger copy."};
  }
  if (photo.twin) {
    return look("duplicate", "Nearly identical to photo " + std::to_string(*photo.twin + 1) + " (" + photo.twinName +
                                 "). Keep one of them.");
  }
  const double side = cropSquare(info.width, info.height, info.crop).side;
  if (side < photo.resolution - 0.5) {
    return look("small", "The square is " + std::to_string(std::lround(side)) + " pixels wide, smaller than the training size of " +
                             std::to_string(photo.resolution) + ". A larger photo would show more.");
  }
  if (sharpness(photo.thumbnail) < kBlurredBelow) {
    return look("blurred", "This photo is blurred, and blur is learnt like everything else. Use a sharper one if you can.");
  }
  if (const double away = croppedAway(info.width, info.height, info.crop); away > kHeavyCrop) {
    return look("cropped", percent(away) + " of this photo is cropped away. Check that the subject is whole.");
  }
  return {FindingLevel::Fine, "fine", "Good to train on."};
}

// Every sentence of an intake error starts with the path, which the window shows beside it anyway.
PhotoFinding unreadable(const Error& error, const std::filesystem::path& file) {
  auto sentence = error.message;
  const auto path = file.string();
  if (const auto at = sentence.find(path); at != std::string::npos) sentence.replace(at, path.size(), file.filename().string());
  return {FindingLevel::Wont, "unreadable", std::move(sentence)};
}

}  // namespace

double sharpness(const Image& picture) {
  constexpr int kTiles = 8;
  const int width = picture.width - 2, height = picture.height - 2;
  if (width < kTiles || height < kTiles) return 0;
  const auto luma = lumaOf(picture);
  std::array<double, kTiles * kTiles> tiles{};
  for (int i = 0; i < kTiles * kTiles; ++i) {
    const int column = i % kTiles, row = i / kTiles;
    tiles[std::size_t(i)] = laplacianVariance(luma, picture.width, 1 + column * width / kTiles, 1 + row * height / kTiles,
                                              1 + (column + 1) * width / kTiles, 1 + (row + 1) * height / kTiles);
  }
  auto* const ninetieth = tiles.begin() + tiles.size() * 9 / 10;
  std::nth_element(tiles.begin(), ninetieth, tiles.end());
  return *ninetieth;
}

Result<std::vector<PhotoInfo>> examinePhotos(std::span<const PhotoRequest> photos, int resolution, JobControl* control,
                                             const PhotoExamined& examined) {
  std::vector<PhotoInfo> infos;
  std::vector<std::optional<PhotoSignature>> signatures;
  for (const auto& request : photos) {
    if (control != nullptr && !control->proceed()) {
      return Error{ErrorCode::Cancelled, "Stopped while looking at the photos."};
    }
    PhotoInfo info;
    info.file = request.file;
    info.crop = request.crop;
    auto& signature = signatures.emplace_back();
    if (const auto photo = readPhoto(request.file); !photo) {
      info.finding = unreadable(photo.error(), request.file);
    } else {
      info.width = photo->width;
      info.height = photo->height;
      info.colourNote = photo->colourNote;
      const auto thumbnail = std::make_shared<const Image>(makeThumbnail(*photo, kThumbnailSide));
      info.thumbnail = thumbnail;
      signature = signatureOf(*thumbnail);
      const auto twin = std::ranges::find_if(signatures.begin(), signatures.end() - 1, [&](const auto& other) {
        return other && nearlyIdentical(*other, *signature);
      });
      Judged judged{info, *thumbnail, resolution, std::nullopt, {}};
      if (twin != signatures.end() - 1) {
        judged.twin = std::size_t(twin - signatures.begin());
        judged.twinName = infos[*judged.twin].file.filename().string();
      }
      info.finding = judge(judged);
    }
    infos.push_back(std::move(info));
    if (examined) examined(infos.size() - 1, infos.back());
  }
  return infos;
}

std::vector<PhotoFinding> adviseOnSet(std::span<const PhotoInfo> photos) {
  if (photos.empty()) {
    return {{FindingLevel::Wont, "no_photo", "There is no photo yet. Add three to five photos of your subject."}};
  }
  const auto usable = static_cast<std::size_t>(
      std::ranges::count_if(photos, [](const auto& photo) { return photo.finding.level != FindingLevel::Wont; }));
  if (usable == 0) {
    return {{FindingLevel::Wont, "no_usable_photo", "None of the photos can be used. Add three to five others."}};
  }
  if (usable == 1) {
    return {look("one_photo", "There is only one photo to learn from. It works, but three to five from different sides give a better likeness.")};
  }
  if (usable > kManyPhotos) {
    return {look("many_photos", std::to_string(usable) + " photos are more than needed: three to five good ones usually give a better likeness.")};
  }
  return {};
}

}  // namespace likeness
