#include "core/train/training_draws.h"

#include "core/tensor/random.h"
#include "core/train/draw_timestep.h"
#include "core/train/masked_pictures.h"
#include "core/train/training_noise.h"

namespace likeness {

TrainingDraw CounterDraws::draw(std::int64_t step, std::int64_t item, bool prior, const DrawSpace& space) {
  TORCH_CHECK(space.pictures > 0, "there is no picture to draw from");
  // Instances have even items and priors odd ones, so that both may share a step's streams.
  const auto lane = static_cast<std::uint32_t>(2 * item + (prior ? 1 : 0));
  const auto key = [&](RandomStream stream) {
    return RandomKey{m_config.seed, static_cast<std::uint64_t>(step), lane, stream};
  };
  const auto sample = step * space.samplesPerStep + item;
  const auto epoch = static_cast<std::uint64_t>(sample / space.pictures);
  const auto order = permutation(space.pictures, {m_config.seed, epoch, prior ? 1u : 0u, RandomStream::Order});

  TrainingDraw draw;
  draw.picture = order[static_cast<std::size_t>(sample % space.pictures)];
  draw.flipped = space.flip && randomBelow(2, key(RandomStream::Flip)) == 1;
  draw.timestep = drawTimestep(m_config, {step, item, prior, space.samplesPerStep, space.timesteps});
  const std::int64_t sizes[] = {space.channels, space.height, space.width};
  draw.noise = trainingNoise(sizes, m_config, key(RandomStream::TrainNoise));
  if (m_config.inputPerturbation > 0) {
    draw.addedNoise = draw.noise + m_config.inputPerturbation * normal(sizes, key(RandomStream::InputPerturbation));
  }
  draw.captionDropped =
      m_config.captionDropout > 0 && uniform(1, key(RandomStream::CaptionDropout)).front() < m_config.captionDropout;
  draw.posteriorNoise = normal(sizes, key(RandomStream::PosteriorSample));
  if (space.maskHeight > 0) {
    draw.mask = randomMask(space.maskHeight, space.maskWidth, key(RandomStream::MaskShape));
    draw.maskedNoise = normal(sizes, key(RandomStream::MaskedPosterior));
  }
  return draw;
}

}  // namespace likeness
