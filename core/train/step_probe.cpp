#include "core/train/step_probe.h"

#include <algorithm>
#include <chrono>
#include <ctime>

#include "core/sample/autocast.h"
#include "core/sample/text_to_image.h"
#include "core/tensor/memory.h"
#include "core/tensor/memory_meter.h"
#include "core/train/losses.h"
#include "core/train/narrow_weights.h"
#include "core/train/training_pass.h"

namespace likeness {
namespace {

using Clock = std::chrono::steady_clock;

double secondsFrom(Clock::time_point start) { return std::chrono::duration<double>(Clock::now() - start).count(); }

double area(int resolution) { return static_cast<double>(resolution) * resolution; }

const StableDiffusion& narrowed(const StableDiffusion& model, const TrainConfig& config) {
  narrowFrozenWeights(model, config);
  return model;
}

// Grey pictures in the shape that training has them.
PictureSet greyPictures(const StableDiffusion& model, const TrainConfig& config, int resolution, std::int64_t count) {
  const auto side = resolution / model.vaeFactor();
  PictureSet set;
  const auto latents = torch::zeros({count, model.latentChannels(), side, side});
  set.latents.mean = latents.unbind();
  set.latents.deviation = torch::ones_like(latents).unbind();
  if (config.flip) {
    set.latents.mirroredMean = set.latents.mean;
    set.latents.mirroredDeviation = set.latents.deviation;
  }
  if (model.family() == ModelFamily::Sdxl) set.sizes = torch::full({count, 2, 6}, static_cast<double>(resolution));
  if (model.isInpainting()) set.pixels = torch::zeros({count, 3, resolution, resolution}).unbind();
  return set;
}

}  // namespace

StepProbe::StepProbe(StableDiffusion& model, const TrainConfig& config, const std::vector<std::string>& prompts)
    : m_model(model),
      m_config(config),
      m_onePass(hasOnePass(config)),
      m_text(narrowed(model, config), prompts),
      m_weights(model, config, m_text.ids()) {
  m_config.captionDropout = 0;  // costs nothing, and needs a prompt more
  setRecompute(model, config.gradientCheckpointing);
}

StepProbe::~StepProbe() { setRecompute(m_model, false); }

PassCost StepProbe::step(int resolution, std::int64_t batch) {
  releaseFreedMemory();
  const auto before = residentBytes();
  restartPeak();
  static_cast<void>(stepOnce(resolution, batch));
  const auto ticks = std::clock();
  auto cost = stepOnce(resolution, batch);
  cost.processorSeconds = static_cast<double>(std::clock() - ticks) / CLOCKS_PER_SEC;
  const auto counted = before + static_cast<std::uint64_t>(std::max<std::int64_t>(0, *std::ranges::max_element(cost.bytes)));
  const auto peak = peakSinceRestart();
  cost.beside = peak > counted ? peak - counted : 0;
  releaseFreedMemory();
  cost.left = residentBytes();
  return cost;
}

PassCost StepProbe::stepOnce(int resolution, std::int64_t batch) {
  const torch::AutoGradMode gradients(true);
  m_config.batchSize = batch;
  m_config.gradientAccumulation = 1;
  const bool priors = m_config.priorWeight > 0;
  SubjectMaterial subject{greyPictures(m_model, m_config, resolution, batch),
                          priors ? greyPictures(m_model, m_config, resolution, batch) : PictureSet{}};
  TrainingMaterial material{{std::move(subject)}, m_text};
  CounterDraws draws(m_config.seed);
  TrainingPass pass(m_model, m_config, material, draws);
  const MemoryMeter meter;
  const auto start = Clock::now();
  const auto micro = pass.assemble(m_steps, 0, batch).front();  // all pictures are of one size
  m_weights.narrowGradients(m_onePass);
  m_weights.beginPass(m_steps, micro.lanes, m_text.ids().front().size(0));
  auto losses = pass.losses(micro, m_weights.textEncoderLearns());
  dreamBoothLoss(losses, micro.instances, batch, m_config.priorWeight).total.backward();
  losses.reset();
  m_weights.endPass();
  static_cast<void>(gradientNorm(m_weights.gradients()).item<double>());
  m_weights.step(++m_steps, {}, 1);
  m_weights.clearGradients();
  return {area(resolution) * static_cast<double>(batch), secondsFrom(start), meter.trace()};
}

PassCost measurePicture(StableDiffusion& model, const TrainConfig& config, const std::string& prompt, int resolution,
                        JobControl& control) {
  const torch::NoGradGuard noGrad;
  auto vae = model.vae;
  const MemoryMeter meter;
  const auto start = Clock::now();
  static_cast<void>(vae->encode(torch::zeros({1, 3, resolution, resolution})));
  if (config.previewEvery > 0) {
    const auto device = model.unet->parameters().front().device().type();
    const AutocastScope wide(device, hasNarrowWeights(config), torch::kFloat32);
    GenerateOptions options;
    options.prompts = {prompt};
    options.seeds = {0};
    options.steps = 2;
    options.guidance = 4;  // any but 1, so that both halves are computed
    options.computeIn = scalarTypeOf(config.precision);
    options.width = options.height = resolution;
    static_cast<void>(generate(model, options, control, {}));
  }
  return {area(resolution), secondsFrom(start), meter.trace()};
}

}  // namespace likeness
