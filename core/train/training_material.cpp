#include "core/train/training_material.h"

#include <algorithm>
#include <functional>

#include "core/data/image_tensor.h"
#include "core/data/latent_cache.h"
#include "core/tensor/memory.h"
#include "core/text/prompt.h"
#include "core/train/token_vectors.h"

namespace likeness {
namespace fs = std::filesystem;
namespace {

// What SDXL is told of each picture, as it is and mirrored: original height and width, crop top and left, trained size.
torch::Tensor sizesOf(std::span<const Image> images, std::span<const SquareOrigin> origins) {
  const auto count = std::ssize(images);
  auto sizes = torch::empty({count, 2, 6});
  auto* next = sizes.mutable_data_ptr<float>();
  for (std::size_t i = 0; i < images.size(); ++i) {
    const auto& image = images[i];
    const auto origin = origins.empty() ? SquareOrigin{image.height, image.width} : origins[i];
    for (const int left : {origin.left, origin.mirroredLeft}) {
      for (const int value : {origin.height, origin.width, origin.top, left, image.height, image.width}) {
        *next++ = static_cast<float>(value);
      }
    }
  }
  return sizes;
}

// What a photo is shown under: its caption, or the subject's prompt. In a caption [V] is the photo's own subject, [V2]
// the second of all, which may be in the photo, too.
std::string promptUnder(const TrainJob& job, const TrainingSubject& subject, const std::vector<std::string>& captions,
                        std::size_t photo) {
  if (photo >= captions.size() || captions[photo].empty()) return subject.instancePrompt;
  auto caption = captions[photo];
  const auto& token = subject.identifierToken;
  for (const std::string mark : {"[V]", "[v]"}) {
    for (auto at = caption.find(mark); at != std::string::npos; at = caption.find(mark, at + token.size())) {
      caption.replace(at, mark.size(), token);
    }
  }
  return resolvePrompt(caption, job.set.tokens());
}

std::string promptOfPhoto(const TrainJob& job, const TrainingSubject& subject, std::size_t photo) {
  return promptUnder(job, subject, subject.captions, photo);
}

std::string promptOfHeldOut(const TrainJob& job, const TrainingSubject& subject, std::size_t photo) {
  return promptUnder(job, subject, subject.heldOutCaptions, photo);
}

std::int64_t indexOf(const std::vector<std::string>& prompts, const std::string& prompt) {
  return std::ranges::find(prompts, prompt) - prompts.begin();
}

bool hasCaptions(const TrainingSet& set) {
  return std::ranges::any_of(set.subjects, [](const TrainingSubject& one) { return !one.captions.empty(); });
}

PromptUse useOf(const TrainJob& job) {
  const bool captions = hasCaptions(job.set);
  if (captions && job.config.captionShuffle) return PromptUse::Shuffled;
  return captions || job.set.subjects.size() > 1 ? PromptUse::Used : PromptUse::All;
}

// What shuffled captions are made of: each tag, last or with a comma behind it, which may be one token with its end.
std::vector<std::string> partsOf(const std::vector<SubjectMaterial>& subjects) {
  std::vector<std::string> parts;
  for (const auto& subject : subjects) {
    for (const auto& caption : subject.captions) {
      for (const auto* tags : {&caption.kept, &caption.free}) {
        for (const auto& tag : *tags) parts.push_back(tag), parts.push_back(tag + ",");
      }
    }
  }
  return parts;
}

bool sharesPriors(const TrainingSubject& a, const TrainingSubject& b) {
  return a.classPrompt == b.classPrompt && a.priorOrigins == b.priorOrigins && a.priors.size() == b.priors.size() &&
         std::ranges::equal(a.priors, b.priors, [](const Image& x, const Image& y) { return x.rgb == y.rgb; });
}

// What each latent's error counts, by the mask of its pixels: their mean, and unmasked_weight at least.
std::vector<torch::Tensor> weightsOf(const TrainConfig& config, const TrainingSubject& subject,
                                     const LatentBank& latents) {
  std::vector<torch::Tensor> weights;
  for (std::size_t i = 0; i < subject.masks.size(); ++i) {
    const auto& size = latents.mean[i].sizes();
    if (subject.masks[i].width == 0) {
      weights.push_back(torch::ones({1, size[1], size[2]}));
      continue;
    }
    const auto white = (imageToTensor(subject.masks[i]).mean(1) + 1) / 2;
    weights.push_back(at::adaptive_avg_pool2d(white, {size[1], size[2]}).clamp_min(config.unmaskedWeight));
  }
  return weights;
}

fs::path inCache(const TrainJob& job, const char* part) {
  return job.cacheFolder.empty() ? fs::path() : job.cacheFolder / part;
}

// Whether what the text encoders say is what the model's files say, from beginning to end.
bool textStays(const TrainJob& job) {
  return job.config.textEncoderLearningRate == 0 && tokenVectorCount(job.config) == 0 && job.resumeFrom.empty();
}

class Maker {
 public:
  Maker(const StableDiffusion& model, const TrainJob& job, JobControl& control, TrainObserver& observer)
      : m_model(model),
        m_job(job),
        m_control(control),
        m_observer(observer),
        m_withPriors(job.config.priorWeight > 0 && !job.config.priorPrediction),
        m_cache(inCache(job, "latents"), job.cacheFolder.empty() ? "" : vaeIdentity(model)) {
    m_total = m_withPriors ? static_cast<std::int64_t>(job.set.classImages()) : 0;
    for (const auto& subject : job.set.subjects) m_total += std::ssize(subject.instances) + std::ssize(subject.heldOut);
  }

  std::vector<SubjectMaterial> subjects(const std::vector<std::string>& prompts) {
    std::vector<SubjectMaterial> all;
    for (const auto& subject : m_job.set.subjects) {
      auto one = textsOf(subject, prompts);
      one.instances = encoded(subject.instances, subject.instanceOrigins);
      one.instances.looks = subject.looks;
      one.heldOut = encoded(subject.heldOut, subject.heldOutOrigins);
      if (m_job.config.maskedLoss) one.instances.weights = weightsOf(m_job.config, subject, one.instances.latents);
      if (m_withPriors) one.priors = priorsOf(subject, all);
      all.push_back(std::move(one));
    }
    weigh(all);
    return all;
  }

 private:
  PictureSet encoded(std::span<const Image> images, std::span<const SquareOrigin> origins) {
    PictureSet pictures;
    const auto before = m_done;
    pictures.latents = encodeLatents(m_model, images, m_job.config.flip, m_cache, m_control, [&](std::int64_t done) {
      m_done = before + done;
      m_observer.onProgress({"Encoding pictures", m_done, m_total, -1, 0, residentBytes()});
    });
    if (m_model.family() == ModelFamily::Sdxl) pictures.sizes = sizesOf(images, origins);
    for (const auto& latents : pictures.latents.mean) pictures.shapes.push_back({latents.size(1), latents.size(2)});
    const bool uniform = std::ranges::adjacent_find(pictures.shapes, std::not_equal_to()) == pictures.shapes.end();
    if (uniform) pictures.shapes.clear();
    for (std::size_t i = 0; m_model.isInpainting() && i < images.size(); ++i) {
      pictures.pixels.push_back(imageToTensor(images[i]).squeeze(0));
    }
    return pictures;
  }

  PictureSet priorsOf(const TrainingSubject& subject, const std::vector<SubjectMaterial>& before) {
    for (std::size_t i = 0; i < before.size(); ++i) {
      if (sharesPriors(m_job.set.subjects[i], subject)) return before[i].priors;
    }
    return encoded(subject.priors, subject.priorOrigins);
  }

  [[nodiscard]] SubjectMaterial textsOf(const TrainingSubject& subject, const std::vector<std::string>& prompts) const {
    SubjectMaterial one;
    one.prompts.clear();
    one.classPrompt = indexOf(prompts, subject.classPrompt);
    one.repeats = subject.repeats;
    for (std::size_t photo = 0; photo < subject.photos(); ++photo) {
      const auto text = promptOfPhoto(m_job, subject, photo);
      one.prompts.push_back(indexOf(prompts, text));
      if (!m_job.config.captionShuffle || subject.captions.empty()) continue;
      const bool own = !subject.captions[photo].empty();
      one.captions.push_back(own ? captionTags(text, m_job.config.captionKeepTokens) : CaptionTags{{text}, {}});
      one.freeTags.push_back(std::ssize(one.captions.back().free));
    }
    for (std::size_t photo = 0; photo < subject.heldOut.size(); ++photo) {
      one.heldOutPrompts.push_back(indexOf(prompts, promptOfHeldOut(m_job, subject, photo)));
    }
    return one;
  }

  void weigh(std::vector<SubjectMaterial>& all) const {
    double turns = 0, sum = 0;
    for (const auto& subject : m_job.set.subjects) {
      turns += static_cast<double>(subject.repeats);
      sum += static_cast<double>(subject.repeats) * subject.weight;
    }
    if (all.size() == 1) return;
    for (std::size_t i = 0; i < all.size(); ++i) {
      const auto& subject = m_job.set.subjects[i];
      all[i].sampleWeight = subject.weight * turns / sum;
      all[i].share = static_cast<double>(subject.repeats) * subject.weight / sum;
    }
  }

  const StableDiffusion& m_model;
  const TrainJob& m_job;
  JobControl& m_control;
  TrainObserver& m_observer;
  bool m_withPriors;
  LatentCache m_cache;
  std::int64_t m_done = 0, m_total = 0;
};

}  // namespace

std::vector<std::string> trainingPrompts(const TrainJob& job) {
  std::vector<std::string> prompts;
  const auto add = [&](const std::string& prompt) {
    if (std::ranges::find(prompts, prompt) == prompts.end()) prompts.push_back(prompt);
  };
  for (const auto& subject : job.set.subjects) {
    add(subject.instancePrompt);
    if (job.config.priorWeight > 0) add(subject.classPrompt);
  }
  for (const auto& subject : job.set.subjects) {
    for (std::size_t photo = 0; photo < subject.captions.size(); ++photo) add(promptOfPhoto(job, subject, photo));
    for (std::size_t photo = 0; photo < subject.heldOutCaptions.size(); ++photo) {
      add(promptOfHeldOut(job, subject, photo));
    }
  }
  if (job.config.captionDropout > 0) prompts.emplace_back();
  return prompts;
}

TrainingMaterial prepareMaterial(const StableDiffusion& model, const TrainJob& job, JobControl& control,
                                 TrainObserver& observer) {
  const auto prompts = trainingPrompts(job);
  auto subjects = Maker(model, job, control, observer).subjects(prompts);
  const auto parts = partsOf(subjects);
  TrainingMaterial material{std::move(subjects), TextConditions(model, prompts, useOf(job), parts)};
  if (textStays(job)) material.text.keepIn(inCache(job, "text"), job.modelIdentity);
  if (job.config.captionDropout > 0) material.emptyPrompt = std::ssize(prompts) - 1;
  material.predictsPriors = job.config.priorPrediction && job.config.priorWeight > 0;
  material.masked = std::ranges::any_of(
      material.subjects, [](const SubjectMaterial& one) { return !one.instances.weights.empty(); });
  material.weighed =
      std::ranges::any_of(material.subjects, [](const SubjectMaterial& one) { return one.sampleWeight != 1; });
  return material;
}

}  // namespace likeness
