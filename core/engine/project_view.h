#pragma once
#include <filesystem>
#include <map>
#include <mutex>
#include <string>

#include "core/api/project.h"
#include "core/base/job_control.h"
#include "core/base/result.h"
#include "core/engine/project_pictures.h"
#include "core/project/project.h"
#include "core/project/project_subjects.h"
#include "core/train/priors.h"

namespace likeness {

/// Photos that were examined, remembered while file, crop and neighbours stay as they are. Threads: any.
class PhotoCache {
 public:
  /// Fills in what the studio thinks of the photos (see examinePhotos).
  [[nodiscard]] Result<void> examine(std::vector<PhotoInfo>& photos, int resolution, JobControl& control);

 private:
  struct Known {
    std::string key;
    std::vector<PhotoInfo> photos;
  };
  std::mutex m_mutex;
  std::map<std::filesystem::path, Known> m_known;  // by the folder that they lie in
};

/// The whole state of a project for the window: photos examined, class images, checkpoints and pictures listed.
/// Whatever can't be read is left out and logged, so a project always opens. Threads: any.
[[nodiscard]] Result<ProjectSnapshot> viewProject(const Project& project, PhotoCache& cache, RecipeCache& recipes,
                                                  JobControl& control);

/// "a photo of sks dog" and "a photo of a dog".
[[nodiscard]] std::string instancePrompt(const ProjectSubject& subject);
[[nodiscard]] std::string classPrompt(const ProjectSubject& subject);

/// The class images that a subject of a project wants, without a count of its own. Those of a class lie in one folder,
/// whichever subject asks for them. Reads the weights once to know the model.
[[nodiscard]] Result<PriorRequest> priorRequest(const Project& project, const ProjectSubject& subject,
                                                const TrainConfig& config);

/// The subjects for which class images are to be made: the first of each class that has no folder of the user's own.
[[nodiscard]] std::vector<ProjectSubject> subjectsWithMadePriors(const ProjectFile& project);

/// The pixels of the square that is trained with this config.
[[nodiscard]] Result<int> resolutionOf(const std::filesystem::path& model, const TrainConfig& config);

}  // namespace likeness
