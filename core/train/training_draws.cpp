#include "core/train/training_draws.h"

#include <numeric>

#include "core/tensor/random.h"
#include "core/train/draw_timestep.h"
#include "core/train/masked_pictures.h"
#include "core/train/training_noise.h"

namespace likeness {

SubjectTurn subjectTurn(std::uint64_t seed, std::int64_t sample, std::span<const std::int64_t> repeats) {
  if (repeats.size() == 1) return {0, sample};
  const auto turns = std::accumulate(repeats.begin(), repeats.end(), std::int64_t{0});
  const auto round = sample / turns, place = sample % turns;
  const auto order = permutation(turns, {seed, static_cast<std::uint64_t>(round), 0, RandomStream::SubjectOrder});
  const auto subjectOf = [&](std::int64_t turn) {
    std::int64_t subject = 0;
    for (const auto of : repeats) {
      if (turn < of) break;
      turn -= of;
      ++subject;
    }
    return subject;
  };
  const auto subject = subjectOf(order[static_cast<std::size_t>(place)]);
  std::int64_t number = round * repeats[static_cast<std::size_t>(subject)];
  for (std::int64_t earlier = 0; earlier < place; ++earlier) {
    if (subjectOf(order[static_cast<std::size_t>(earlier)]) == subject) ++number;
  }
  return {subject, number};
}

TrainingDraw CounterDraws::draw(std::int64_t step, std::int64_t item, bool prior, const DrawSpace& space) {
  TORCH_CHECK(space.pictures > 0, "there is no picture to draw from");
  // Instances have even items and priors odd ones, so that both may share a step's streams.
  const auto lane = static_cast<std::uint32_t>(2 * item + (prior ? 1 : 0));
  const auto key = [&](RandomStream stream) {
    return RandomKey{m_config.seed, static_cast<std::uint64_t>(step), lane, stream};
  };
  const auto sample = space.number >= 0 ? space.number : step * space.samplesPerStep + item;
  const auto epoch = static_cast<std::uint64_t>(sample / space.pictures);
  const auto pictures = static_cast<std::uint32_t>(2 * space.subject + (prior ? 1 : 0));
  const auto order = permutation(space.pictures, {m_config.seed, epoch, pictures, RandomStream::Order});

  TrainingDraw draw;
  draw.subject = space.subject;
  draw.picture = order[static_cast<std::size_t>(sample % space.pictures)];
  if (!space.tags.empty()) {
    draw.tagOrder = permutation(space.tags[static_cast<std::size_t>(draw.picture)], key(RandomStream::CaptionShuffle));
  }
  if (space.looks > 1) {
    draw.look = static_cast<std::int64_t>(randomBelow(static_cast<std::uint64_t>(space.looks), key(RandomStream::Look)));
  }
  draw.flipped = space.flip && randomBelow(2, key(RandomStream::Flip)) == 1;
  draw.timestep = drawTimestep(m_config, {step, item, prior, space.samplesPerStep, space.timesteps});
  const auto image = static_cast<std::size_t>(draw.picture * space.looks + draw.look);
  const auto size = space.sizes.empty() ? LatentSize{space.height, space.width} : space.sizes[image];
  const std::int64_t sizes[] = {space.channels, size.height, size.width};
  draw.noise = trainingNoise(sizes, m_config, key(RandomStream::TrainNoise));
  if (m_config.inputPerturbation > 0) {
    draw.addedNoise = draw.noise + m_config.inputPerturbation * normal(sizes, key(RandomStream::InputPerturbation));
  }
  draw.captionDropped =
      m_config.captionDropout > 0 && uniform(1, key(RandomStream::CaptionDropout)).front() < m_config.captionDropout;
  draw.posteriorNoise = normal(sizes, key(RandomStream::PosteriorSample));
  if (space.maskScale > 0) {
    const auto scale = space.maskScale;
    draw.mask = randomMask(size.height * scale, size.width * scale, key(RandomStream::MaskShape));
    draw.maskedNoise = normal(sizes, key(RandomStream::MaskedPosterior));
  }
  return draw;
}

}  // namespace likeness
