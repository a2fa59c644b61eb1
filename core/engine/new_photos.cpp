#include "core/engine/new_photos.h"

#include "core/data/findings.h"
#include "core/data/photo_reader.h"

namespace likeness {
namespace fs = std::filesystem;

std::vector<PhotoInfo> examine(const std::vector<fs::path>& files, int resolution, JobContext& context) {
  std::vector<PhotoRequest> requests;
  for (const auto& file : files) requests.push_back({file, {}});
  return examinePhotos(requests, resolution, &context.control).value();
}

bool isUnreadable(const PhotoInfo& photo) { return photo.finding.level == FindingLevel::Wont && photo.width == 0; }

Error unusable(const PhotoInfo& photo) {
  return {ErrorCode::Corrupt, photo.finding.sentence, photo.finding.code, photo.file.string()};
}

std::string countText(std::size_t count) { return std::to_string(count) + (count == 1 ? " photo" : " photos"); }

std::vector<fs::path> findPhotoFiles(const std::vector<fs::path>& given) {
  auto files = listPhotoFiles(given).value();
  if (!files.empty() || given.empty()) return files;
  throw ErrorException(
      {ErrorCode::NotFound,
       "There is no photo in " + given.front().string() + ". Name picture files, or a folder that has some.",
       {},
       given.front().string()});
}

void warnOfPhotos(const std::vector<fs::path>& files, int resolution, JobContext& context) {
  const auto photos = examine(files, resolution, context);
  for (const auto& photo : photos) {
    if (isUnreadable(photo)) throw ErrorException(unusable(photo));
    if (photo.finding.level != FindingLevel::Fine) context.warn(photo.finding.code, photo.finding.sentence);
  }
  if (files.empty()) return;
  for (const auto& advice : adviseOnSet(photos)) context.warn(advice.code, advice.sentence);
}

}  // namespace likeness
