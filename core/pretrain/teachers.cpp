#include "core/pretrain/teachers.h"

#include "core/model/memory_layout.h"
#include "core/pretrain/vae_loss.h"
#include "core/sample/autocast.h"

namespace likeness {
namespace {

constexpr double kLeastLogVariance = -20, kMostLogVariance = 4;

TrainConfig lossOf(const UNetStage& stage) {
  TrainConfig config;
  config.snrGamma = stage.snrGamma;
  return config;
}

NamedTensors weightsOf(ClipTextModel& textEncoder, UNet2DConditionModel& unet) {
  useChannelsLast(*unet);
  auto all = parametersOf(*unet, "unet.");
  for (auto& entry : parametersOf(*textEncoder, "text_encoder.")) all.push_back(std::move(entry));
  return all;
}

NamedTensors laidOut(AutoencoderKl& vae) {
  useChannelsLast(*vae);
  vae->setLearns(true);
  return parametersOf(*vae, "vae.");
}

}  // namespace

VaeTeacher::VaeTeacher(AutoencoderKl vae, const VaeStage& stage)
    : m_vae(std::move(vae)), m_stage(stage), m_learner(laidOut(m_vae), stage) {}

PretrainPoint VaeTeacher::step(const VaeBatch& batch, std::int64_t step) {
  const torch::AutoGradMode gradients(true);
  torch::Tensor decoded;
  LatentDistribution latents;
  {
    const AutocastScope autocast(at::kCPU, m_stage.usesBf16());
    latents = m_vae->encode(batch.pixels);
    latents.mean = latents.mean.to(torch::kFloat32);
    latents.logVariance = latents.logVariance.to(torch::kFloat32).clamp(kLeastLogVariance, kMostLogVariance);
    decoded = m_vae->decode(latents.sample(batch.posteriorNoise)).to(torch::kFloat32);
  }
  const auto loss = vaeLoss(batch.pixels, decoded, latents, m_stage);
  auto point = m_learner.update(loss.total, step);
  point.parts = {{"l1", loss.absolute.item<double>()},
                 {"mse", loss.squared.item<double>()},
                 {"kl", loss.divergence.item<double>()}};
  return point;
}

UNetTeacher::UNetTeacher(ClipTextModel textEncoder, UNet2DConditionModel unet, const NoiseSchedule& schedule,
                         double scalingFactor, const UNetStage& stage)
    : m_textEncoder(std::move(textEncoder)),
      m_unet(std::move(unet)),
      m_schedule(schedule),
      m_loss(lossOf(stage), m_schedule),
      m_scale(scalingFactor),
      m_bf16(stage.usesBf16()),
      m_learner(weightsOf(m_textEncoder, m_unet), stage) {}

PretrainPoint UNetTeacher::step(const LatentBatch& batch, std::int64_t step) {
  const torch::AutoGradMode gradients(true);
  const auto latents = batch.latents.sample(batch.posteriorNoise) * m_scale;
  const auto noisy = m_schedule.addNoise(latents, batch.noise, batch.timesteps);
  torch::Tensor prediction;
  {
    const AutocastScope autocast(at::kCPU, m_bf16);
    prediction = m_unet->forward(noisy, batch.timesteps, m_textEncoder->forward(batch.ids).lastHiddenState);
  }
  const auto target = m_schedule.trainingTarget(latents, batch.noise, batch.timesteps);
  prediction = prediction.to(torch::kFloat32);
  const auto plain = perSampleLoss(prediction.detach(), target).mean().item<double>();
  auto point = m_learner.update(m_loss(prediction, target, batch.timesteps).mean(), step);
  point.parts = {{"mse", plain}};
  return point;
}

}  // namespace likeness
