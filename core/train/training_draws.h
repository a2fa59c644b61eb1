#pragma once
#include <cstdint>

#include "core/api/train_config.h"
#include "core/tensor/torch.h"

namespace likeness {

/// Everything random about one sample of a training step.
struct TrainingDraw {
  std::int64_t picture = 0;      ///< index into the instances, or into the priors
  bool flipped = false;          ///< the mirrored picture's latents
  std::int64_t timestep = 0;     ///< 0 … T−1
  torch::Tensor noise;           ///< [C,h,w] fp32, standard normal (or as noise_offset and pyramid noise make it)
  torch::Tensor posteriorNoise;  ///< [C,h,w] fp32, standard normal: which sample of the VAE's posterior
  torch::Tensor mask = {};        ///< for inpainting models [1,H,W] fp32, 1 where the picture is made anew, else 0
  torch::Tensor maskedNoise = {};  ///< with a mask: as posteriorNoise, of the masked picture
  torch::Tensor addedNoise = {};   ///< what x_0 is noised with while `noise` is predicted; undefined: the same
  bool captionDropped = false;     ///< shown under the empty prompt
};

/// What is drawn from.
struct DrawSpace {
  std::int64_t pictures = 0;
  std::int64_t samplesPerStep = 0;  ///< batch size × accumulation
  std::int64_t timesteps = 1000;
  bool flip = false;
  std::int64_t channels = 4, height = 64, width = 64;  ///< of latents
  std::int64_t maskHeight = 0, maskWidth = 0;          ///< of masks, in pixels; 0: none is drawn
};

/// Where a training run's randomness comes from; tests put their own in.
class TrainingDraws {
 public:
  virtual ~TrainingDraws() = default;
  /// The draw of sample `item` (0 … samplesPerStep−1) of optimizer step `step` (from 0). Called in any order.
  [[nodiscard]] virtual TrainingDraw draw(std::int64_t step, std::int64_t item, bool prior,
                                          const DrawSpace& space) = 0;
};

/// The usual one: a function of (seed, step, item) alone, so it has no state to save.
/// Order: sample n = step·samplesPerStep + item is picture π_e(n mod pictures), π_e the permutation of epoch
/// e = n div pictures. Timesteps are drawTimestep()'s, noise is trainingNoise()'s, masks are randomMask()'s.
class CounterDraws : public TrainingDraws {
 public:
  explicit CounterDraws(std::uint64_t seed) { m_config.seed = seed; }
  /// With the noise, timesteps and caption dropout that the options ask for.
  explicit CounterDraws(TrainConfig config) : m_config(std::move(config)) {}
  [[nodiscard]] TrainingDraw draw(std::int64_t step, std::int64_t item, bool prior, const DrawSpace& space) override;

 private:
  TrainConfig m_config;
};

}  // namespace likeness
