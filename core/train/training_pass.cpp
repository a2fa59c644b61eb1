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

// Samples of a batch from `first` on.
MicroBatch restOf(const MicroBatch& batch, std::int64_t first) {
  const auto rest = [first](const torch::Tensor& whole) { return whole.defined() ? whole.slice(0, first) : whole; };
  MicroBatch part;
  part.noisy = rest(batch.noisy);
  part.timesteps = rest(batch.timesteps);
  part.prompts = rest(batch.prompts);
  part.sizes = rest(batch.sizes);
  part.maskChannels = rest(batch.maskChannels);
  return part;
}

// What a pass computes in; weights that lie in another dtype need it even for fp32.
AutocastScope passScope(const MicroBatch& batch, const TrainConfig& config) {
  const auto dtype = scalarTypeOf(config.precision);
  return {batch.noisy.device().type(), dtype != torch::kFloat32 || hasNarrowWeights(config), dtype};
}

// The draws of the validation loss over one bank: fixed for a run, and in a stream of their own, so training never
// meets them. Many pictures are thinned out evenly.
std::vector<TrainingDraw> validationDraws(std::uint64_t seed, bool prior, const DrawSpace& space) {
  const auto pictures = std::min(space.pictures, kValidationPictures);
  std::vector<TrainingDraw> draws;
  for (std::int64_t picture = 0; picture < pictures; ++picture) {
    for (std::int64_t k = 0; k < kValidationTimesteps; ++k) {
      const auto place = (space.subject * kValidationPictures + picture) * kValidationTimesteps + k;
      const auto item = static_cast<std::uint32_t>(2 * place + (prior ? 1 : 0));
      TrainingDraw draw;
      draw.subject = space.subject;
      draw.picture = picture * space.pictures / pictures;
      const auto image = static_cast<std::size_t>(draw.picture * space.looks);
      const auto size = space.sizes.empty() ? LatentSize{space.height, space.width} : space.sizes[image];
      const std::int64_t sizes[] = {space.channels, size.height, size.width};
      draw.timestep = (2 * k + 1) * space.timesteps / (2 * kValidationTimesteps);
      draw.noise = normal(sizes, {seed, 0, item, RandomStream::Validation});
      draw.posteriorNoise = torch::zeros(sizes);
      if (space.maskScale > 0) {
        const RandomKey key{seed, kValidationStep, item, RandomStream::MaskShape};
        draw.mask = randomMask(size.height * space.maskScale, size.width * space.maskScale, key);
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
    : m_model(model), m_config(config), m_material(material), m_draws(draws), m_loss(config, model.schedule),
      m_atOnce(config.batchSize) {}

torch::Tensor TrainingPass::predict(const MicroBatch& batch, bool textEncoderLearns) {
  const auto autocast = passScope(batch, m_config);
  auto& text = m_material.text;
  return predictWith(batch, batch.ownPrompts.empty() ? text.rows(batch.prompts, textEncoderLearns)
                                                     : text.rowsOf(batch.ownPrompts, batch.prompts, textEncoderLearns));
}

torch::Tensor TrainingPass::predictWith(const MicroBatch& batch, const EncodedPrompts& text) {
  const AddedConditions added{text.pooled, batch.sizes};
  const auto& masks = batch.maskChannels;
  const auto input = masks.defined() ? at::cat({batch.noisy, masks}, 1) : batch.noisy;
  return m_model.unet->forward(input, batch.timesteps, text.hidden, text.pooled.defined() ? &added : nullptr);
}

torch::Tensor TrainingPass::targetOf(const MicroBatch& batch) {
  if (!m_material.predictsPriors || batch.instances == batch.target.size(0)) return batch.target;
  TORCH_CHECK(m_adapters, "nothing says how to take the LoRAs off");
  const torch::NoGradGuard noGrad;
  const auto autocast = passScope(batch, m_config);
  const auto priors = restOf(batch, batch.instances);
  m_adapters(false);
  torch::Tensor predicted;
  try {
    if (!m_baseText) m_baseText.emplace(m_material.text), m_baseText->forget();
    const auto text = batch.ownPrompts.empty() ? m_baseText->rows(priors.prompts, false)
                                               : m_baseText->rowsOf(batch.ownPrompts, priors.prompts, false);
    predicted = predictWith(priors, text);
  } catch (...) {
    m_adapters(true);
    throw;
  }
  m_adapters(true);
  return at::cat({batch.target.slice(0, 0, batch.instances), predicted.to(batch.target.scalar_type())});
}

torch::Tensor TrainingPass::losses(const MicroBatch& batch, bool textEncoderLearns) {
  const auto target = targetOf(batch);
  const auto losses = m_loss(predict(batch, textEncoderLearns), target, batch.timesteps, batch.elementWeights);
  return batch.weights.defined() ? losses * batch.weights : losses;
}

double TrainingPass::validationLoss(bool textEncoderLearns, JobControl& control) {
  auto total = 0.0;
  for (std::int64_t subject = 0; subject < std::ssize(m_material.subjects); ++subject) {
    const auto share = m_material.subjects[static_cast<std::size_t>(subject)].share;
    total += share * validationLossOf(subject, false, textEncoderLearns, control);
    if (!m_material.withPriors()) continue;
    total += share * m_config.priorWeight * validationLossOf(subject, true, textEncoderLearns, control);
  }
  return total;
}

double TrainingPass::validationLossOf(std::int64_t subject, bool prior, bool textEncoderLearns, JobControl& control) {
  const torch::NoGradGuard noGrad;
  const bool heldOut = !prior && m_material.subjects[static_cast<std::size_t>(subject)].heldOut.size() > 0;
  auto draws = validationDraws(m_config.seed, prior, space(subject, prior, heldOut));
  for (auto& draw : draws) draw.heldOut = heldOut;
  const auto size = static_cast<std::size_t>(std::max<std::int64_t>(1, 2 * m_atOnce));
  std::vector<torch::Tensor> losses;
  for (std::size_t first = 0, last = 0; first < draws.size(); first = last) {
    control.proceedOrThrow();
    const auto shape = sizeOf(draws[first], prior);
    for (last = first; last < draws.size() && last - first < size && sizeOf(draws[last], prior) == shape;) ++last;
    const std::vector part(draws.begin() + first, draws.begin() + last);
    const auto instances = prior ? 0 : static_cast<std::int64_t>(part.size());
    const auto batch = batchOf(part, instances);
    const auto target = targetOf(batch);
    losses.push_back(perSampleLoss(predict(batch, textEncoderLearns), target));
  }
  return at::cat(losses).mean().item<double>();
}

}  // namespace likeness
