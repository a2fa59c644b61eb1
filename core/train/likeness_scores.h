#pragma once
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/api/job.h"
#include "core/sample/score_model.h"
#include "core/train/dreambooth_trainer.h"
#include "core/train/training_pass.h"

namespace likeness {

/// Says how alike previews are to a run's photos and class images: cosines of what an encoder says of both, averaged
/// over the pairs, −1 … 1, higher is more alike. Only the first 8 photos and class images count.
///   vae_photos, vae_class    mean latents, position by position: the same colours at the same place. The VAE never
///                            learns, so these can be compared between steps and runs of one model.
///   unet_photos, unet_class  the UNet's mid block at t = T/10 with fixed noise and no prompt, averaged over the
///                            picture. It is the UNet in training, so both sides are computed anew each time.
///   clip_i, clip_i_class     with score_model a CLIP: its projected picture embeddings
///   clip_t                   the same of the preview and its prompt without the identifier token
///   dino, dino_class         with score_model a DINO or DINOv2: the class token
/// Source of the last five: Ruiz et al. 2023 (arXiv:2208.12242), section 4.2, where dino is ViT-S/16 and clip ViT-B/32.
/// Threads: one.
class LikenessScorer {
 public:
  /// Opens the score model. Throws ErrorException: those of ScoreModel::open.
  LikenessScorer(const StableDiffusion& model, const TrainConfig& config, const TrainingSet& set);

  /// The scores of each preview, all of the trained size, against the plain looks of one subject's photos and against its
  /// class images; where these are of other sizes, vae_… is left out. `prompts`: what each was made of, without the
  /// token. No gradients; runs under the caller's autocast. Control: before each picture; throws ErrorException(Cancelled).
  [[nodiscard]] std::vector<Scores> score(const std::vector<ImagePtr>& previews,
                                          const std::vector<std::string>& prompts, std::size_t subject,
                                          const TrainingMaterial& material, JobControl& control);

 private:
  /// What the given model says of a subject.
  struct Known {
    torch::Tensor photos, classImages;
  };
  [[nodiscard]] torch::Tensor midFeatures(const torch::Tensor& latents, JobControl& control) const;
  [[nodiscard]] torch::Tensor latentsOf(const std::vector<ImagePtr>& previews, JobControl& control) const;
  void addOwn(std::vector<Scores>& scores, const std::vector<ImagePtr>& previews, std::size_t subject,
              const TrainingMaterial& material, JobControl& control) const;
  void addGiven(std::vector<Scores>& scores, const std::vector<ImagePtr>& previews,
                const std::vector<std::string>& prompts, std::size_t subject, JobControl& control);

  StableDiffusion m_model;  // shares the modules
  const TrainConfig& m_config;
  const TrainingSet& m_set;
  std::optional<ScoreModel> m_given;
  std::map<std::size_t, Known> m_known;  // by subject
};

/// The mean of each score over several previews.
[[nodiscard]] Scores meanScores(const std::vector<Scores>& scores);

}  // namespace likeness
