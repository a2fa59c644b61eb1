#include <algorithm>
#include <map>

#include "core/train/masked_pictures.h"
#include "core/train/training_pass.h"

namespace likeness {
namespace {

// What a step draws of one size.
struct Group {
  std::vector<TrainingDraw> draws;
  std::vector<std::uint32_t> lanes;
  std::int64_t instances = 0;
};

}  // namespace

DrawSpace TrainingPass::space(std::int64_t subject, bool prior, bool heldOut) const {
  const auto& set = m_material.pictures(subject, prior, heldOut);
  const auto& latents = set.latents.mean.front();
  return {.pictures = set.size(),
          .samplesPerStep = m_config.batchSize * m_config.gradientAccumulation,
          .timesteps = m_model.schedule.trainTimesteps(),
          .flip = m_config.flip,
          .channels = latents.size(0),
          .height = latents.size(1),
          .width = latents.size(2),
          .looks = set.looks,
          .sizes = set.shapes,
          .maskScale = set.pixels.empty() ? 0 : m_model.vaeFactor(),
          .subject = subject};
}

LatentSize TrainingPass::sizeOf(const TrainingDraw& draw, bool prior) const {
  const auto& set = m_material.pictures(draw, prior);
  const auto& latents = set.latents.mean[set.indexOf(draw)];
  return {latents.size(1), latents.size(2)};
}

std::vector<MicroBatch> TrainingPass::assemble(std::int64_t step, std::int64_t first, std::int64_t count) {
  std::vector<std::int64_t> repeats;
  for (const auto& subject : m_material.subjects) repeats.push_back(subject.repeats);
  std::map<LatentSize, Group> groups;
  for (const bool prior : {false, true}) {
    if (prior && !m_material.withPriors()) break;
    for (auto item = first; item < first + count; ++item) {
      const auto sample = step * m_config.batchSize * m_config.gradientAccumulation + item;
      const auto [subject, number] = m_draws.turn(sample, repeats);
      auto drawnFrom = space(subject, prior);
      drawnFrom.number = number;
      if (!prior) drawnFrom.tags = m_material.subjects[static_cast<std::size_t>(subject)].freeTags;
      auto draw = m_draws.draw(step, item, prior, drawnFrom);
      draw.subject = subject;
      auto& group = groups[sizeOf(draw, prior)];
      group.draws.push_back(std::move(draw));
      group.lanes.push_back(static_cast<std::uint32_t>(2 * item + (prior ? 1 : 0)));
      if (!prior) ++group.instances;
    }
  }
  std::vector<MicroBatch> batches;
  for (auto& [size, group] : groups) {
    batches.push_back(batchOf(group.draws, group.instances));
    batches.back().lanes = std::move(group.lanes);
  }
  return batches;
}

MicroBatch TrainingPass::batchOf(const std::vector<TrainingDraw>& draws, std::int64_t instances) const {
  std::vector<torch::Tensor> latents, noise, added;
  std::vector<std::int64_t> timesteps;
  std::vector<double> weights;
  for (std::size_t i = 0; i < draws.size(); ++i) {
    const bool prior = static_cast<std::int64_t>(i) >= instances;
    const auto& set = m_material.pictures(draws[i], prior);
    const auto look = static_cast<std::int64_t>(set.indexOf(draws[i]));
    latents.push_back(set.latents.sample(look, draws[i].flipped, draws[i].posteriorNoise));
    noise.push_back(draws[i].noise);
    timesteps.push_back(draws[i].timestep);
    added.push_back(draws[i].addedNoise.defined() ? draws[i].addedNoise : draws[i].noise);
    weights.push_back(m_material.subjects[static_cast<std::size_t>(draws[i].subject)].sampleWeight);
  }
  const auto device = m_model.unet->parameters().front().device();
  const auto x0 = at::stack(latents).to(device), epsilon = at::stack(noise).to(device);
  MicroBatch batch;
  batch.timesteps = torch::tensor(timesteps, torch::kInt64).to(device);
  batch.noisy = m_model.schedule.addNoise(x0, at::stack(added).to(device), batch.timesteps);
  batch.target = m_model.schedule.trainingTarget(x0, epsilon, batch.timesteps);
  batch.instances = instances;
  if (m_material.weighed) batch.weights = torch::tensor(weights, torch::kFloat32).to(device);
  addPrompts(batch, draws);
  if (m_material.subjects.front().instances.sizes.defined()) addSizes(batch, draws);
  if (!m_material.subjects.front().instances.pixels.empty()) addMaskChannels(batch, draws);
  if (m_material.masked) addElementWeights(batch, draws);
  return batch;
}

void TrainingPass::addPrompts(MicroBatch& batch, const std::vector<TrainingDraw>& draws) const {
  std::vector<std::int64_t> prompts;
  std::vector<std::string> own;  // where captions are shuffled: the other prompts come as they are
  const bool shuffled = m_material.text.use() == PromptUse::Shuffled;
  for (const auto& draw : draws) {
    const bool prior = std::ssize(prompts) >= batch.instances;
    const auto& subject = m_material.subjects[static_cast<std::size_t>(draw.subject)];
    const auto picture = static_cast<std::size_t>(draw.picture);
    const auto prompt = draw.captionDropped ? m_material.emptyPrompt
                        : prior             ? subject.classPrompt
                        : draw.heldOut      ? subject.heldOutPrompts[picture]
                                            : subject.prompts[subject.prompts.size() == 1 ? 0 : picture];
    if (!shuffled) {
      prompts.push_back(prompt);
      continue;
    }
    const bool free = !prior && !draw.captionDropped && !subject.captions.empty() && !draw.tagOrder.empty();
    const auto text = free ? subject.captions[picture].text(draw.tagOrder) : m_material.text.prompt(prompt);
    const auto known = std::ranges::find(own, text);
    prompts.push_back(known - own.begin());
    if (known == own.end()) own.push_back(text);
  }
  batch.prompts = torch::tensor(prompts, torch::kInt64).to(batch.noisy.device());
  if (shuffled) batch.ownPrompts = m_material.text.tokenized(own);
}

std::int64_t TrainingPass::encodedPrompts(const MicroBatch& batch) const {
  return batch.ownPrompts.empty() ? m_material.text.encodedAtOnce(batch.prompts) : batch.ownPrompts.front().size(0);
}

void TrainingPass::addSizes(MicroBatch& batch, const std::vector<TrainingDraw>& draws) const {
  std::vector<torch::Tensor> sizes;
  for (const auto& draw : draws) {
    const bool prior = std::ssize(sizes) >= batch.instances;
    const auto& set = m_material.pictures(draw, prior);
    sizes.push_back(set.sizes[static_cast<std::int64_t>(set.indexOf(draw))][draw.flipped ? 1 : 0]);
  }
  batch.sizes = at::stack(sizes).to(batch.noisy.device());
}

void TrainingPass::addMaskChannels(MicroBatch& batch, const std::vector<TrainingDraw>& draws) const {
  std::vector<torch::Tensor> pixels, masks, noise;
  for (const auto& draw : draws) {
    const bool prior = std::ssize(pixels) >= batch.instances;
    const auto& set = m_material.pictures(draw, prior);
    const auto& picture = set.pixels[set.indexOf(draw)];
    pixels.push_back(draw.flipped ? picture.flip(2) : picture);
    masks.push_back(draw.mask);
    noise.push_back(draw.maskedNoise);
  }
  batch.maskChannels = maskedChannels(m_model, at::stack(pixels), at::stack(masks), at::stack(noise));
}

void TrainingPass::addElementWeights(MicroBatch& batch, const std::vector<TrainingDraw>& draws) const {
  std::vector<torch::Tensor> weights;
  for (const auto& draw : draws) {
    const bool prior = std::ssize(weights) >= batch.instances;
    const auto& set = m_material.pictures(draw, prior);
    const auto size = sizeOf(draw, prior);
    const bool whole = prior || draw.heldOut || set.weights.empty();
    const auto one = whole ? torch::ones({1, size.height, size.width}) : set.weights[set.indexOf(draw)];
    weights.push_back(draw.flipped ? one.flip(2) : one);
  }
  batch.elementWeights = at::stack(weights).to(batch.noisy.device());
}

}  // namespace likeness
