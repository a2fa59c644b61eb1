#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "core/api/train_config.h"
#include "core/tensor/torch.h"

namespace likeness {

/// Of latents.
struct LatentSize {
  std::int64_t height = 0, width = 0;
  auto operator<=>(const LatentSize&) const = default;
};

/// Everything random about one sample of a training step.
struct TrainingDraw {
  std::int64_t picture = 0;      ///< index into the photos, or into the priors
  std::int64_t look = 0;         ///< which of the photo's looks
  bool flipped = false;          ///< the mirrored picture's latents
  std::int64_t timestep = 0;     ///< 0 … T−1
  torch::Tensor noise;           ///< [C,h,w] fp32, standard normal (or as noise_offset and pyramid noise make it)
  torch::Tensor posteriorNoise;  ///< [C,h,w] fp32, standard normal: which sample of the VAE's posterior
  torch::Tensor mask = {};        ///< for inpainting models [1,H,W] fp32, 1 where the picture is made anew, else 0
  torch::Tensor maskedNoise = {};  ///< with a mask: as posteriorNoise, of the masked picture
  torch::Tensor addedNoise = {};   ///< what x_0 is noised with while `noise` is predicted; undefined: the same
  bool heldOut = false;            ///< one of the pictures that are kept back for validation
  bool captionDropped = false;     ///< shown under the empty prompt
  std::int64_t subject = 0;        ///< whose picture it is
  std::vector<std::int64_t> tagOrder = {};  ///< with shuffled captions: in which order the picture's free tags stand
};

/// What is drawn from.
struct DrawSpace {
  std::int64_t pictures = 0;
  std::int64_t samplesPerStep = 0;  ///< batch size × accumulation
  std::int64_t timesteps = 1000;
  bool flip = false;
  std::int64_t channels = 4, height = 64, width = 64;  ///< of latents
  std::int64_t looks = 1;                              ///< of each picture
  std::span<const LatentSize> sizes = {};  ///< of each picture's looks, one after the other; empty: all as above
  std::int64_t maskScale = 0;              ///< masks have so many times the latents' size; 0: none is drawn
  std::int64_t subject = 0;             ///< whose pictures they are
  std::int64_t number = -1;  ///< how many samples of the subject came before; −1: step · samplesPerStep + item
  std::span<const std::int64_t> tags = {};  ///< of each picture: how many tags of its caption are shuffled; empty: none
};

/// Whose turn a sample is.
struct SubjectTurn {
  std::int64_t subject = 0;
  std::int64_t number = 0;  ///< how many samples of that subject came before it in the run
};

/// The turn of sample n of a run, n = step·samplesPerStep + item. Turns come in rounds of Σ repeats, in which each
/// subject has as many as its repeats, in an order shuffled anew each round: so subjects with few photos are shown as
/// often as those with many. Randomness: a function of (seed, n) alone. Threads: any.
[[nodiscard]] SubjectTurn subjectTurn(std::uint64_t seed, std::int64_t sample, std::span<const std::int64_t> repeats);

/// Where a training run's randomness comes from; tests put their own in.
class TrainingDraws {
 public:
  virtual ~TrainingDraws() = default;
  /// The draw of sample `item` (0 … samplesPerStep−1) of optimizer step `step` (from 0). Called in any order.
  [[nodiscard]] virtual TrainingDraw draw(std::int64_t step, std::int64_t item, bool prior,
                                          const DrawSpace& space) = 0;
  /// Whose turn sample n of the run is, see subjectTurn().
  [[nodiscard]] virtual SubjectTurn turn(std::int64_t sample, std::span<const std::int64_t> repeats) = 0;
};

/// The usual one: a function of (seed, step, item) alone, so it has no state to save.
/// Order: sample n of a subject is its picture π_e(n mod pictures), π_e the permutation of epoch e = n div pictures;
/// class images likewise, and which of its looks is drawn anew each time. Captions' tags are shuffled for each sample. Timesteps are drawTimestep()'s, noise is
/// trainingNoise()'s, masks are randomMask()'s.
class CounterDraws : public TrainingDraws {
 public:
  explicit CounterDraws(std::uint64_t seed) { m_config.seed = seed; }
  /// With the noise, timesteps and caption dropout that the options ask for.
  explicit CounterDraws(TrainConfig config) : m_config(std::move(config)) {}
  [[nodiscard]] TrainingDraw draw(std::int64_t step, std::int64_t item, bool prior, const DrawSpace& space) override;
  [[nodiscard]] SubjectTurn turn(std::int64_t sample, std::span<const std::int64_t> repeats) override {
    return subjectTurn(m_config.seed, sample, repeats);
  }

 private:
  TrainConfig m_config;
};

}  // namespace likeness
