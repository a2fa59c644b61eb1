#include "core/train/likeness_scores.h"

#include <algorithm>

#include "core/data/image_tensor.h"
#include "core/sample/autocast.h"
#include "core/train/masked_pictures.h"

namespace likeness {
namespace {

constexpr std::int64_t kMostPictures = 8;

torch::Tensor rowsOfLengthOne(const torch::Tensor& features) {
  const auto rows = features.flatten(1).to(torch::kCPU, torch::kFloat32);
  return rows / rows.norm(2, {1}, true).clamp_min(1e-12);
}

// Latents [C,h,w] of the plain looks of the first photos.
std::vector<torch::Tensor> firstOf(const PictureSet& pictures) {
  std::vector<torch::Tensor> latents;
  for (std::int64_t i = 0; i < std::min(kMostPictures, pictures.size()); ++i) {
    latents.push_back(pictures.latents.mean[static_cast<std::size_t>(i * pictures.looks)]);
  }
  return latents;
}

std::vector<Image> firstOf(const std::vector<Image>& images, std::int64_t looks) {
  std::vector<Image> first;
  for (std::int64_t i = 0; i < std::min(kMostPictures, std::ssize(images) / looks); ++i) {
    first.push_back(images[static_cast<std::size_t>(i * looks)]);
  }
  return first;
}

// Of each row of `previews` the mean cosine with all of `others`, both of length 1.
void addMeanCosines(std::vector<Scores>& scores, const std::string& name, const torch::Tensor& previews,
                    const torch::Tensor& others) {
  const auto cosines = at::matmul(previews, others.t()).mean(1).clamp(-1, 1);
  for (std::size_t i = 0; i < scores.size(); ++i) {
    scores[i][name] = cosines[static_cast<std::int64_t>(i)].item<double>();
  }
}

}  // namespace

LikenessScorer::LikenessScorer(const StableDiffusion& model, const TrainConfig& config, const TrainingSet& set)
    : m_model(model), m_config(config), m_set(set) {
  if (!config.scoreModel.empty()) m_given = ScoreModel::open(config.scoreModel).value();
}

std::vector<Scores> LikenessScorer::score(const std::vector<ImagePtr>& previews,
                                          const std::vector<std::string>& prompts, std::size_t subject,
                                          const TrainingMaterial& material, JobControl& control) {
  const torch::NoGradGuard noGrad;
  std::vector<Scores> scores(previews.size());
  if (previews.empty()) return scores;
  addOwn(scores, previews, subject, material, control);
  if (m_given) addGiven(scores, previews, prompts, subject, control);
  return scores;
}

torch::Tensor LikenessScorer::latentsOf(const std::vector<ImagePtr>& previews, JobControl& control) const {
  const auto device = m_model.vae->parameters().front().device();
  auto vae = m_model.vae;
  std::vector<torch::Tensor> latents;
  for (const auto& preview : previews) {
    control.proceedOrThrow();
    const auto mean = vae->encode(imageToTensor(*preview).to(device)).mean;
    latents.push_back(scaleLatents(mean.to(torch::kCPU, torch::kFloat32), vae->config()));
  }
  return torch::cat(latents);
}

torch::Tensor LikenessScorer::midFeatures(const torch::Tensor& latents, JobControl& control) const {
  const auto device = m_model.unet->parameters().front().device();
  const auto dtype = scalarTypeOf(m_config.precision);
  const AutocastScope autocast(device.type(), dtype != torch::kFloat32, dtype);
  const auto none = TextConditions(m_model, {""}).rows(torch::zeros({1}, torch::kInt64), false);
  const auto factor = m_model.vaeFactor();
  const auto height = latents.size(2) * factor, width = latents.size(3) * factor;
  const auto h = static_cast<float>(height), w = static_cast<float>(width);
  const AddedConditions added{none.pooled, torch::tensor({h, w, 0.0F, 0.0F, h, w}).unsqueeze(0).to(device)};
  const RandomKey key{0, 0, 0xFFFFFFFF, RandomStream::Validation};
  const auto noise = normal(latents.sizes().slice(1), key).unsqueeze(0).to(device);
  const auto time = torch::full({1}, m_model.schedule.trainTimesteps() / 10, torch::kInt64).to(device);
  torch::Tensor masks;
  if (m_model.isInpainting()) {
    const auto all = torch::ones({1, 1, height, width});
    masks = maskedChannels(m_model, torch::zeros({1, 3, height, width}), all, torch::zeros_like(noise));
  }
  auto unet = m_model.unet;
  std::vector<torch::Tensor> features;
  for (std::int64_t i = 0; i < latents.size(0); ++i) {
    control.proceedOrThrow();
    const auto noisy = m_model.schedule.addNoise(latents.narrow(0, i, 1).to(device), noise, time);
    const auto input = masks.defined() ? at::cat({noisy, masks}, 1) : noisy;
    const auto mid = unet->midFeatures(input, time, none.hidden, none.pooled.defined() ? &added : nullptr);
    features.push_back(mid.mean({2, 3}, false, torch::kFloat32));
  }
  return torch::cat(features);
}

void LikenessScorer::addOwn(std::vector<Scores>& scores, const std::vector<ImagePtr>& previews, std::size_t subject,
                            const TrainingMaterial& material, JobControl& control) const {
  const auto latents = latentsOf(previews, control);
  const auto alike = rowsOfLengthOne(latents), seen = rowsOfLengthOne(midFeatures(latents, control));
  const auto compare = [&](const char* with, const PictureSet& pictures) {
    std::vector<torch::Tensor> sameSize, features;
    for (const auto& one : firstOf(pictures)) {
      if (one.sizes() == latents[0].sizes()) sameSize.push_back(one);
      features.push_back(midFeatures(one.unsqueeze(0), control));
    }
    if (!sameSize.empty()) {
      addMeanCosines(scores, std::string("vae_") + with, alike, rowsOfLengthOne(at::stack(sameSize)));
    }
    addMeanCosines(scores, std::string("unet_") + with, seen, rowsOfLengthOne(at::cat(features)));
  };
  const auto& one = material.subjects[subject];
  compare("photos", one.instances);
  if (one.priors.size() > 0) compare("class", one.priors);
}

void LikenessScorer::addGiven(std::vector<Scores>& scores, const std::vector<ImagePtr>& previews,
                              const std::vector<std::string>& prompts, std::size_t subject, JobControl& control) {
  const std::string name = m_given->pictureScore();
  // One by one, so that a stop doesn't wait for all.
  const auto featuresOf = [&](std::span<const Image> images) {
    std::vector<torch::Tensor> rows;
    for (const auto& image : images) {
      control.proceedOrThrow();
      rows.push_back(m_given->pictures(std::span(&image, 1)));
    }
    return torch::cat(rows);
  };
  const auto& set = m_set.subjects[subject];
  auto& [photos, classImages] = m_known[subject];
  if (!photos.defined()) photos = featuresOf(firstOf(set.instances, set.looks));
  if (!classImages.defined() && !set.priors.empty()) classImages = featuresOf(firstOf(set.priors, 1));
  std::vector<torch::Tensor> rows;
  for (const auto& preview : previews) rows.push_back(featuresOf(std::span(preview.get(), 1)));
  const auto features = torch::cat(rows);
  addMeanCosines(scores, name, features, photos);
  if (classImages.defined()) addMeanCosines(scores, name + "_class", features, classImages);
  if (m_given->readsText()) {
    const auto texts = m_given->texts(prompts, m_model.tokenizer);
    for (std::size_t i = 0; i < scores.size(); ++i) {
      const auto row = static_cast<std::int64_t>(i);
      scores[i]["clip_t"] = at::dot(features[row], texts[row]).item<double>();
    }
  }
  m_given->rest();
}

Scores meanScores(const std::vector<Scores>& scores) {
  Scores mean;
  for (const auto& each : scores) {
    for (const auto& [name, score] : each) mean[name] += score / static_cast<double>(scores.size());
  }
  return mean;
}

}  // namespace likeness
