#include "core/engine/project_view.h"

#include <algorithm>
#include <set>
#include <sstream>
#include <system_error>

#include "core/base/log.h"
#include "core/data/findings.h"
#include "core/data/photo_reader.h"
#include "core/engine/base_model.h"
#include "core/project/captions.h"
#include "core/tensor/precision.h"
#include "core/train/checkpoint.h"

namespace likeness {
namespace fs = std::filesystem;
namespace {

std::string keyOf(const std::vector<PhotoInfo>& photos, int resolution) {
  std::ostringstream key;
  key << resolution;
  for (const auto& photo : photos) {
    std::error_code ignored;
    key << '\n'
        << photo.file << ' ' << fs::last_write_time(photo.file, ignored).time_since_epoch().count() << ' '
        << fs::file_size(photo.file, ignored) << ' ' << photo.crop.centerX << ' ' << photo.crop.centerY << ' '
        << photo.crop.side << ' ' << photo.crop.quarterTurns;
  }
  return key.str();
}

Result<std::vector<PriorInfo>> priorsOf(const Project& project) {
  const auto& content = project.content();
  if (!content.ownPriors.empty()) return listOwnPriors(content.ownPriors);
  std::error_code ignored;
  if (!fs::exists(project.priorsFolder(), ignored) || fs::is_empty(project.priorsFolder(), ignored))
    return std::vector<PriorInfo>();
  LK_TRY(const auto request, priorRequest(project, allSubjects(content).front(), content.train));
  return listPriors(priorFolder(request));
}

// "a dog", "an owl": by the first letter, which is right for nearly every noun.
std::string withArticle(const std::string& noun) {
  static const std::string kVowels = "aeiouAEIOU";
  return (kVowels.find(noun.front()) == std::string::npos ? "a " : "an ") + noun;
}

}  // namespace

Result<void> PhotoCache::examine(std::vector<PhotoInfo>& photos, int resolution, JobControl& control) {
  if (photos.empty()) return {};
  const auto key = keyOf(photos, resolution);
  const auto folder = photos.front().file.parent_path();
  {
    const std::lock_guard lock(m_mutex);
    if (const auto known = m_known.find(folder); known != m_known.end() && known->second.key == key) {
      photos = known->second.photos;
      return {};
    }
  }
  std::vector<PhotoRequest> requests;
  for (const auto& photo : photos) requests.push_back({photo.file, photo.crop});
  LK_TRY(photos, examinePhotos(requests, resolution, &control));
  const std::lock_guard lock(m_mutex);
  m_known[folder] = {key, photos};
  return {};
}

std::string instancePrompt(const ProjectSubject& subject) {
  return "a photo of " + subject.token + " " + subject.classNoun;
}
std::string classPrompt(const ProjectSubject& subject) { return "a photo of " + withArticle(subject.classNoun); }

std::vector<ProjectSubject> subjectsWithMadePriors(const ProjectFile& project) {
  std::vector<ProjectSubject> subjects;
  std::set<std::string> classes;
  for (auto& subject : allSubjects(project)) {
    const bool first = subject.ownPriors.empty() && classes.insert(classPrompt(subject)).second;
    if (first) subjects.push_back(std::move(subject));
  }
  return subjects;
}

Result<int> resolutionOf(const fs::path& model, const TrainConfig& config) {
  if (config.resolution > 0) return static_cast<int>(config.resolution);
  LK_TRY(const auto summary, summarizeModel(model));
  return summary.resolution;
}

Result<PriorRequest> priorRequest(const Project& project, const ProjectSubject& subject, const TrainConfig& config) {
  PriorRequest request;
  LK_TRY(const auto folder, modelPath(project.content().model));
  LK_TRY(request.modelIdentity, modelIdentity(folder));
  LK_TRY(request.resolution, resolutionOf(project.content().model, config));
  request.projectPriorsFolder = project.priorsFolder();
  request.classPrompt = classPrompt(subject);
  request.count = config.priorCount;
  request.precision = resolvedPrecision(Precision::Auto);
  return request;
}

Result<ProjectSnapshot> viewProject(const Project& project, PhotoCache& cache, RecipeCache& recipes,
                                    JobControl& control) {
  auto view = project.snapshot();
  if (const auto summary = summarizeModel(view.model); summary.ok()) {
    view.modelTitle = summary->title;
    view.resolution = view.train.resolution > 0 ? static_cast<int>(view.train.resolution) : summary->resolution;
  } else {
    LK_LOG_WARN("{}", summary.error().message);
    view.modelTitle = "Model not found";
  }
  LK_CHECK(cache.examine(view.photos, std::max(view.resolution, 1), control));
  for (auto& photo : view.photos) photo.caption = captionOrNothing(photo.file);  // never cached: it may change alone
  for (auto& subject : view.furtherSubjects) {
    LK_CHECK(cache.examine(subject.photos, std::max(view.resolution, 1), control));
  }
  if (auto priors = priorsOf(project); priors.ok()) {
    view.priors = std::move(priors).value();
  } else {
    LK_LOG_WARN("{}", priors.error().message);
  }
  for (auto& run : view.runs) run.checkpoints = listCheckpoints(run.folder);
  view.pictures = listPictures(project.picturesFolder(), recipes);
  return view;
}

}  // namespace likeness
