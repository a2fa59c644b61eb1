#include "core/pretrain/pretrain_draws.h"

#include <algorithm>

#include "core/data/image_tensor.h"
#include "core/tensor/random.h"
#include "core/train/draw_timestep.h"

namespace likeness {
namespace {

RandomKey keyOf(std::uint64_t seed, std::int64_t step, std::int64_t item, RandomStream stream) {
  return {seed, static_cast<std::uint64_t>(step), static_cast<std::uint32_t>(item), stream};
}

}  // namespace

VaeBatch VaeBatches::at(std::int64_t step) {
  const auto& phase = m_stage.phaseAt(step);
  const auto side = phase.size / m_vae.downsamplingFactor();
  std::vector<Image> squares;
  std::vector<torch::Tensor> noise;
  for (std::int64_t item = 0; item < phase.batch; ++item) {
    const auto numbers = uniform(2 + kCropNumbers, keyOf(m_seed, step, item, RandomStream::PretrainPicture));
    const bool isExtra = m_extra != nullptr && numbers[0] < m_stage.extraShare;
    auto& store = isExtra ? *m_extra : m_own;
    const auto index = static_cast<std::int64_t>(numbers[1] * static_cast<double>(store.size()));
    const auto picture = store.at(std::min(store.size() - 1, index));
    squares.push_back(randomSquare(*picture, static_cast<int>(phase.size), isExtra, std::span(numbers).subspan(2)));
    const auto key = keyOf(m_seed, step, item, RandomStream::PretrainPosterior);
    noise.push_back(normal({m_vae.latentChannels, side, side}, key));
  }
  return {imagesToTensor(squares), torch::stack(noise)};
}

UNetBatches::UNetBatches(const PretrainConfig& config, std::int64_t timesteps, torch::Tensor ids, torch::Tensor emptyIds)
    : m_seed(config.seed),
      m_stage(config.unetStage),
      m_timesteps(timesteps),
      m_ids(std::move(ids)),
      m_emptyIds(std::move(emptyIds)) {
  m_drawing.seed = m_seed;
  m_drawing.timestepSampling = TimestepSampling::Stratified;
}

std::int64_t UNetBatches::pictureOf(std::int64_t sample) {
  const auto count = m_ids.size(0);
  if (const auto epoch = sample / count; epoch != m_epoch) {
    m_order = permutation(count, keyOf(m_seed, epoch, 0, RandomStream::Order));
    m_epoch = epoch;
  }
  return m_order[static_cast<std::size_t>(sample % count)];
}

LatentBatch UNetBatches::at(std::int64_t step, const LatentStore& latents) {
  const auto batch = m_stage.phaseAt(step).batch, before = m_stage.samplesBefore(step);
  std::vector<std::int64_t> pictures, timesteps;
  std::vector<torch::Tensor> ids, posteriorNoise, noise;
  for (std::int64_t item = 0; item < batch; ++item) {
    pictures.push_back(pictureOf(before + item));
    timesteps.push_back(drawTimestep(m_drawing, {step, item, false, batch, m_timesteps}));
    const auto chance = uniform(1, keyOf(m_seed, step, item, RandomStream::CaptionDropout)).front();
    ids.push_back(chance < m_stage.captionDropout ? m_emptyIds : m_ids[pictures.back()]);
  }
  LatentBatch out{latents.rows(torch::tensor(pictures)), {}, {}, torch::tensor(timesteps), torch::stack(ids)};
  const auto shape = out.latents.mean.sizes().slice(1);
  for (std::int64_t item = 0; item < batch; ++item) {
    posteriorNoise.push_back(normal(shape, keyOf(m_seed, step, item, RandomStream::PosteriorSample)));
    noise.push_back(normal(shape, keyOf(m_seed, step, item, RandomStream::TrainNoise)));
  }
  out.posteriorNoise = torch::stack(posteriorNoise);
  out.noise = torch::stack(noise);
  return out;
}

}  // namespace likeness
