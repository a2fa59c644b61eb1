#include "core/train/training_pass.h"

#include <algorithm>
#include <limits>

#include "core/sample/autocast.h"
#include "core/train/masked_pictures.h"

namespace likeness {
namespace {

constexpr std::int64_t kValidationTimesteps = 4;
constexpr std::int64_t kValidationPictures = 8;
constexpr auto kValidationStep = std::numeric_limits<std::uint64_t>::max();  // of its masks: no run gets there

// The draws of the validation loss over one bank: fixed for a run, and in a stream of their own, so training never
// meets them. Many pictures are thinned out evenly.
std::vector<TrainingDraw> validationDraws(std::uint64_t seed, bool prior, const DrawSpace& space) {
  const auto pictures = std::min(space.pictures, kValidationPictures);
  const std::int64_t sizes[] = {space.channels, space.height, space.width};
  std::vector<TrainingDraw> draws;
  for (std::int64_t picture = 0; picture < pictures; ++picture) {
    for (std::int64_t k = 0; k < kValidationTimesteps; ++k) {
      const auto item = static_cast<std::uint32_t>(2 * (picture * kValidationTimesteps + k) + (prior ? 1 : 0));
      TrainingDraw draw;
      draw.picture = picture * space.pictures / pictures;
      draw.timestep = (2 * k + 1) * space.timesteps / (2 * kValidationTimesteps);
      draw.noise = normal(sizes, {seed, 0, item, RandomStream::Validation});
      draw.posteriorNoise = torch::zeros(sizes);
      if (space.maskHeight > 0) {
        const RandomKey key{seed, kValidationStep, item, RandomStream::MaskShape};
        draw.mask = randomMask(space.maskHeight, space.maskWidth, key);
        draw.maskedNoise = torch::zeros(sizes);
      }
      draws.push_back(draw);
    }
  }
  return draws;
}

}  // namespace

void setRecompute(const StableDiffusion& model, bool recompute) {
  auto unet = model.unet;
  unet->setRecompute(recompute);
  for (auto encoder : model.textEncoders()) encoder.model->setRecompute(recompute);
}

TrainingPass::TrainingPass(StableDiffusion& model, const TrainConfig& config, TrainingMaterial& material,
                           TrainingDraws& draws)
    : m_model(model), m_config(config), m_material(material), m_draws(draws), m_loss(config, model.schedule) {}

DrawSpace TrainingPass::space(bool prior) const {
  const auto& set = pictures(prior);
  const auto& latents = set.latents.mean;
  return {.pictures = set.size(),
          .samplesPerStep = m_config.batchSize * m_config.gradientAccumulation,
          .timesteps = m_model.schedule.trainTimesteps(),
          .flip = m_config.flip,
          .channels = latents.size(1),
          .height = latents.size(2),
          .width = latents.size(3),
          .maskHeight = set.pixels.defined() ? set.pixels.size(2) : 0,
          .maskWidth = set.pixels.defined() ? set.pixels.size(3) : 0};
}

MicroBatch TrainingPass::assemble(std::int64_t step, std::int64_t first, std::int64_t count) {
  std::vector<TrainingDraw> draws;
  for (const bool prior : {false, true}) {
    if (prior && !m_material.withPriors()) break;
    const auto drawnFrom = space(prior);
    for (auto item = first; item < first + count; ++item) draws.push_back(m_draws.draw(step, item, prior, drawnFrom));
  }
  return batchOf(draws, count);
}

MicroBatch TrainingPass::batchOf(const std::vector<TrainingDraw>& draws, std::int64_t instances) const {
  std::vector<torch::Tensor> latents, noise, added;
  std::vector<std::int64_t> timesteps, prompts;
  for (std::size_t i = 0; i < draws.size(); ++i) {
    const bool prior = static_cast<std::int64_t>(i) >= instances;
    latents.push_back(pictures(prior).latents.sample(draws[i]));
    noise.push_back(draws[i].noise);
    timesteps.push_back(draws[i].timestep);
    added.push_back(draws[i].addedNoise.defined() ? draws[i].addedNoise : draws[i].noise);
    prompts.push_back(draws[i].captionDropped ? m_material.emptyPrompt : prior ? 1 : 0);
  }
  const auto device = m_model.unet->parameters().front().device();
  const auto x0 = at::stack(latents).to(device), epsilon = at::stack(noise).to(device);
  MicroBatch batch;
  batch.timesteps = torch::tensor(timesteps, torch::kInt64).to(device);
  batch.prompts = torch::tensor(prompts, torch::kInt64).to(device);
  batch.noisy = m_model.schedule.addNoise(x0, at::stack(added).to(device), batch.timesteps);
  batch.target = m_model.schedule.trainingTarget(x0, epsilon, batch.timesteps);
  batch.instances = instances;
  if (m_material.instances.sizes.defined()) addSizes(batch, draws);
  if (m_material.instances.pixels.defined()) addMaskChannels(batch, draws);
  return batch;
}

void TrainingPass::addSizes(MicroBatch& batch, const std::vector<TrainingDraw>& draws) const {
  std::vector<torch::Tensor> sizes;
  for (const auto& draw : draws) {
    const bool prior = std::ssize(sizes) >= batch.instances;
    sizes.push_back(pictures(prior).sizes[draw.picture][draw.flipped ? 1 : 0]);
  }
  batch.sizes = at::stack(sizes).to(batch.noisy.device());
}

void TrainingPass::addMaskChannels(MicroBatch& batch, const std::vector<TrainingDraw>& draws) const {
  std::vector<torch::Tensor> pixels, masks, noise;
  for (const auto& draw : draws) {
    const bool prior = std::ssize(pixels) >= batch.instances;
    const auto picture = pictures(prior).pixels[draw.picture];
    pixels.push_back(draw.flipped ? picture.flip(2) : picture);
    masks.push_back(draw.mask);
    noise.push_back(draw.maskedNoise);
  }
  batch.maskChannels = maskedChannels(m_model, at::stack(pixels), at::stack(masks), at::stack(noise));
}

torch::Tensor TrainingPass::predict(const MicroBatch& batch, bool textEncoderLearns) {
  const auto dtype = scalarTypeOf(m_config.precision);
  const bool cast = dtype != torch::kFloat32 || hasNarrowWeights(m_config);
  const AutocastScope autocast(batch.noisy.device().type(), cast, dtype);
  const auto text = m_material.text.rows(batch.prompts, textEncoderLearns);
  const AddedConditions added{text.pooled, batch.sizes};
  const auto& masks = batch.maskChannels;
  const auto input = masks.defined() ? at::cat({batch.noisy, masks}, 1) : batch.noisy;
  return m_model.unet->forward(input, batch.timesteps, text.hidden, text.pooled.defined() ? &added : nullptr);
}

torch::Tensor TrainingPass::losses(const MicroBatch& batch, bool textEncoderLearns) {
  return m_loss(predict(batch, textEncoderLearns), batch.target, batch.timesteps);
}

double TrainingPass::validationLoss(bool textEncoderLearns, JobControl& control) {
  const torch::NoGradGuard noGrad;
  auto total = 0.0;
  for (const bool prior : {false, true}) {
    if (prior && !m_material.withPriors()) break;
    const auto draws = validationDraws(m_config.seed, prior, space(prior));
    const auto size = static_cast<std::size_t>(std::max<std::int64_t>(1, 2 * m_config.batchSize));
    std::vector<torch::Tensor> losses;
    for (std::size_t first = 0; first < draws.size(); first += size) {
      control.proceedOrThrow();
      const std::vector part(draws.begin() + first, draws.begin() + std::min(first + size, draws.size()));
      const auto instances = prior ? 0 : static_cast<std::int64_t>(part.size());
      const auto batch = batchOf(part, instances);
      losses.push_back(perSampleLoss(predict(batch, textEncoderLearns), batch.target));
    }
    total += (prior ? m_config.priorWeight : 1.0) * at::cat(losses).mean().item<double>();
  }
  return total;
}

}  // namespace likeness
