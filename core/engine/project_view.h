#pragma once
#include <filesystem>
#include <map>
#include <mutex>
#include <string>

#include "core/api/project.h"
#include "core/base/job_control.h"
#include "core/base/result.h"
#include "core/project/project.h"
#include "core/train/priors.h"

namespace likeness {

/// Photos that were examined, remembered while file, crop and neighbours stay as they are. Threads: any.
class PhotoCache {
 public:
  /// Fills in what the studio thinks of the photos (see examinePhotos).
  [[nodiscard]] Result<void> examine(std::vector<PhotoInfo>& photos, int resolution, JobControl& control);

 private:
  std::mutex m_mutex;
  std::string m_key;
  std::vector<PhotoInfo> m_photos;
};

/// The whole state of a project for the window: photos examined, class images, checkpoints and pictures listed.
/// Whatever can't be read is left out and logged, so a project always opens. Threads: any.
[[nodiscard]] Result<ProjectSnapshot> viewProject(const Project& project, PhotoCache& cache, JobControl& control);

/// "a photo of sks dog" and "a photo of a dog".
[[nodiscard]] std::string instancePrompt(const ProjectFile& project);
[[nodiscard]] std::string classPrompt(const ProjectFile& project);

/// The class images that a project wants, without a count of its own. Reads the weights once to know the model.
[[nodiscard]] Result<PriorRequest> priorRequest(const Project& project, const TrainConfig& config);

/// The pixels of the square that is trained with this config.
[[nodiscard]] Result<int> resolutionOf(const std::filesystem::path& model, const TrainConfig& config);

}  // namespace likeness
