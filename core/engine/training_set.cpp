#include "core/engine/training_set.h"

#include <algorithm>
#include <map>
#include <set>

#include "core/api/photo_companions.h"
#include "core/data/findings.h"
#include "core/data/photo_looks.h"
#include "core/data/photo_mask.h"
#include "core/engine/base_model.h"
#include "core/engine/failure.h"
#include "core/project/captions.h"

namespace likeness {
namespace {

constexpr double kValidationJitter = 0.3;
constexpr std::ptrdiff_t kHeldOutOneIn = 5;

// Sentences about one of several subjects say which.
std::string about(const Project& project, const ProjectSubject& subject, const std::string& sentence) {
  if (project.content().furtherSubjects.empty()) return sentence;
  return "Of " + subject.token + " " + subject.classNoun + ": " + sentence;
}

std::vector<PhotoInfo> examinedPhotos(const Project& project, const ProjectSubject& subject, int resolution,
                                      JobContext& context, Studio& studio) {
  auto photos = project.photosOf(subject);
  studio.photos.examine(photos, resolution, context.control).value();
  for (const auto& photo : photos) {
    if (photo.width == 0) refuse(photo.finding.sentence, photo.file, ErrorCode::Corrupt);
  }
  for (const auto& advice : adviseOnSet(photos)) {
    const auto sentence = about(project, subject, advice.sentence);
    if (advice.level == FindingLevel::Wont) {
      refuse(sentence, project.photosFolder(subject), ErrorCode::InvalidArgument, advice.code);
    }
    context.warn(advice.code, sentence);
  }
  return photos;
}

LookOptions looksWanted(const Project& project, const TrainConfig& config, int resolution) {
  LookOptions looks{.resolutions = {resolution},
                    .multiple = summarizeModel(project.content().model).value().sizeMultiple,
                    .aspectBuckets = config.aspectBuckets,
                    .cropJitter = config.cropJitter,
                    .colourJitter = config.colourJitter,
                    .jitterLooks = static_cast<int>(config.jitterLooks),
                    .seed = config.seed};
  for (const auto wanted : config.moreResolutions) {
    const auto one = static_cast<int>(wanted);
    if (one % looks.multiple != 0) {
      refuse("This model can't train at " + std::to_string(one) + " px: more_resolutions must be multiples of " +
                 std::to_string(looks.multiple) + ".",
             project.folder());
    }
    if (std::ranges::find(looks.resolutions, one) == looks.resolutions.end()) looks.resolutions.push_back(one);
  }
  return looks;
}

// Reads the photos of one subject as they are trained, with their captions and masks.
class PhotoLoader {
 public:
  PhotoLoader(const TrainConfig& config, LookOptions looks, JobContext& context)
      : m_config(config), m_looks(std::move(looks)), m_context(context) {}

  // A photo to learn from.
  void add(const PhotoInfo& photo) {
    const auto read = readPhoto(photo.file).value();
    const auto looks = photoLooks(read.width, read.height, photo.crop, m_looks, m_captions.size());
    if (m_config.validateOn == ValidateOn::Crops) {
      auto other = m_looks;
      other.resolutions.resize(1);
      other.cropJitter = kValidationJitter;
      other.colourJitter = 0;
      other.seed = ~m_looks.seed;  // cuts that training never has
      other.jitterLooks = 2;
      holdOut(photo, read, photoLooks(read.width, read.height, photo.crop, other, m_captions.size()).back());
    }
    for (const auto& look : looks) {
      m_set.instances.push_back(renderLook(read, look));
      m_set.instanceOrigins.push_back(
          boxOrigin(read.width, read.height, look.quarterTurns, look.box, look.width));
    }
    m_set.looks = std::ssize(looks);
    addMask(photo, read, looks);
    m_captions.push_back(captionOf(photo));
  }

  // A photo that only the validation loss sees.
  void keepBack(const PhotoInfo& photo) {
    const auto read = readPhoto(photo.file).value();
    auto plain = m_looks;
    plain.cropJitter = plain.colourJitter = 0;
    holdOut(photo, read, photoLooks(read.width, read.height, photo.crop, plain, 0).front());
  }

  // What was read, with a word on captions and masks that are not used.
  TrainingSubject take() {
    const bool captions = m_config.captionMode == CaptionMode::Files && !m_captioned.empty();
    if (captions) m_set.captions = std::move(m_captions);
    if (!captions) m_set.heldOutCaptions.clear();
    if (m_config.captionMode == CaptionMode::Prompt && !m_captioned.empty()) {
      tell("captions", m_captioned.size(), "a caption that is not used. Set caption_mode to files to train with it.");
    }
    if (m_masked == 0) m_set.masks.clear();
    if (!m_config.maskedLoss && m_masked > 0) {
      tell("masks", m_masked, "a mask that is not used. Set masked_loss to true to train with it.");
    }
    if (m_config.maskedLoss && m_masked == 0) {
      m_context.warn("no_masks", "No photo has a mask, so masked_loss changes nothing. Save one beside a photo, as "
                                 "large and named as it, with .mask.png behind the name: white is what is learnt.");
    }
    return std::move(m_set);
  }

 private:
  void holdOut(const PhotoInfo& photo, const Photo& read, const Look& look) {
    m_set.heldOut.push_back(renderLook(read, look));
    m_set.heldOutOrigins.push_back(boxOrigin(read.width, read.height, look.quarterTurns, look.box, look.width));
    m_set.heldOutCaptions.push_back(captionOf(photo));
  }

  // "" without one that is wanted.
  std::string captionOf(const PhotoInfo& photo) {
    const auto caption = captionBeside(photo.file);
    if (!caption.empty()) m_captioned.insert(photo.file);
    const bool wanted = m_config.captionMode == CaptionMode::Files && !caption.empty();
    return wanted ? readCaption(caption).value() : std::string();
  }

  void addMask(const PhotoInfo& photo, const Photo& read, const std::vector<Look>& looks) {
    const auto file = maskBeside(photo.file);
    m_masked += file.empty() ? 0 : 1;
    const bool wanted = m_config.maskedLoss && !file.empty();
    const auto mask = wanted ? readMask(file, read).value() : Photo{};
    for (const auto& look : looks) {
      if (m_config.maskedLoss) m_set.masks.push_back(wanted ? renderMask(mask, read, look) : Image{});
    }
  }

  void tell(const char* code, std::size_t count, const std::string& what) {
    m_context.notice(code, std::to_string(count) + (count == 1 ? " photo has " : " photos have ") + what);
  }

  const TrainConfig& m_config;
  LookOptions m_looks;
  JobContext& m_context;
  TrainingSubject m_set;
  std::vector<std::string> m_captions;
  std::set<std::filesystem::path> m_captioned;
  std::size_t m_masked = 0;
};

TrainingSubject loadPhotos(const std::vector<PhotoInfo>& photos, const TrainConfig& config, const LookOptions& looks,
                           JobContext& context) {
  const auto fit = std::ranges::count_if(photos, [](const auto& one) { return one.finding.level != FindingLevel::Wont; });
  const bool holdsOut = config.validateOn == ValidateOn::HeldOut;
  if (holdsOut && fit < 2) {
    refuse("One photo can't be learnt and kept back at once. Add photos, or set validate_on to crops.");
  }
  const auto learnt = holdsOut ? fit - std::max<std::ptrdiff_t>(1, fit / kHeldOutOneIn) : fit;
  PhotoLoader loader(config, looks, context);
  std::int64_t done = 0, used = 0;
  for (const auto& photo : photos) {
    context.control.proceedOrThrow();
    if (photo.finding.level != FindingLevel::Fine) context.warn(photo.finding.code, photo.finding.sentence);
    context.events.progress({"Reading photos", ++done, std::ssize(photos)});
    if (photo.finding.level == FindingLevel::Wont) continue;
    if (used++ < learnt) {
      loader.add(photo);
    } else {
      context.notice("held_out", photo.file.filename().string() + " is kept back for the validation loss.");
      loader.keepBack(photo);
    }
  }
  return loader.take();
}

PriorPictures loadClassImages(const Project& project, const ProjectSubject& subject, const TrainConfig& config,
                              int resolution, JobContext& context, Studio& studio) {
  std::vector<PriorInfo> priors;
  if (subject.ownPriors.empty()) {
    priors = preparePriors(project, priorRequest(project, subject, config).value(), context, studio).priors;
  } else {
    priors = listOwnPriors(subject.ownPriors).value();
  }
  std::erase_if(priors, [](const PriorInfo& prior) { return !prior.kept; });
  // More may have been made for another count meanwhile: a run that goes on, or one of a sweep, sees its own.
  const auto wanted = static_cast<std::size_t>(config.priorCount);
  if (subject.ownPriors.empty() && wanted > 0 && priors.size() > wanted) priors.resize(wanted);
  return loadPriors(priors, resolution, context.control).value();
}

}  // namespace

TrainingSet loadTrainingSet(const Project& project, const TrainConfig& config, int resolution, JobContext& context,
                            Studio& studio) {
  TrainingSet set;
  const auto subjects = allSubjects(project.content());
  const auto looks = looksWanted(project, config, resolution);
  for (const auto& subject : subjects) {
    auto one = loadPhotos(examinedPhotos(project, subject, resolution, context, studio), config, looks, context);
    one.instancePrompt = instancePrompt(subject);
    one.classPrompt = classPrompt(subject);
    one.identifierToken = subject.token;
    one.classNoun = subject.classNoun;
    one.weight = subject.weight;
    one.repeats = subject.repeats;
    set.subjects.push_back(std::move(one));
  }
  if (config.priorWeight == 0 || config.priorPrediction) return set;
  std::map<std::string, PriorPictures> made;  // by class: two subjects of one share them
  for (std::size_t i = 0; i < subjects.size(); ++i) {
    auto& one = set.subjects[i];
    const auto& own = subjects[i].ownPriors;
    const auto key = own.empty() ? one.classPrompt : own.string();
    if (!made.contains(key)) made[key] = loadClassImages(project, subjects[i], config, resolution, context, studio);
    one.priors = made[key].images;
    one.priorOrigins = made[key].origins;
  }
  return set;
}

PriorSet prepareAllPriors(const Project& project, const TrainConfig& config, bool replaceRejected, JobContext& context,
                          Studio& studio) {
  PriorSet all;
  for (const auto& subject : subjectsWithMadePriors(project.content())) {
    auto request = priorRequest(project, subject, config).value();
    request.replaceRejected = replaceRejected;
    auto one = preparePriors(project, request, context, studio);
    if (all.folder.empty()) all.folder = one.folder;
    all.reused += one.reused;
    all.made += one.made;
    all.priors.insert(all.priors.end(), one.priors.begin(), one.priors.end());
  }
  return all;
}

}  // namespace likeness
