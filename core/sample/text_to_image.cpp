#include "core/sample/text_to_image.h"

#include <algorithm>

#include "core/data/image_tensor.h"
#include "core/data/resample.h"
#include "core/model/memory_layout.h"
#include "core/sample/autocast.h"
#include "core/sample/generate_passes.h"
#include "core/sample/guidance.h"
#include "core/sample/pass_prompts.h"
#include "core/sample/rough_pictures.h"
#include "core/sample/source_picture.h"
#include "core/sample/vae_passes.h"
#include "core/tensor/check.h"
#include "core/tensor/memory.h"
#include "core/tensor/random.h"

namespace likeness {
namespace {

// Latent positions at a time. Measured on two cores with the embedded base (256 a picture): eight pictures together
// take half the time of eight alone; beyond that only memory and the wait for a stop grow.
constexpr std::int64_t kLatentsPerBatch = 8 * 16 * 16;

std::uint64_t seedOf(const GenerateOptions& options, std::int64_t picture) {
  const auto index = static_cast<std::size_t>(picture);
  if (options.seeds.size() > 1) return options.seeds[index];
  return (options.seeds.empty() ? 0 : options.seeds.front()) + static_cast<std::uint64_t>(picture);
}

// What the model is told at some of a pass's evaluations.
struct Told {
  UNetConditions conditional, unconditional;
};

// One way through the noise schedule, at one size.
struct Pass {
  std::int64_t height, width;  // latents
  std::uint32_t item;          // of its noise
  SamplerOptions sampling;     // steps, strength, schedule
  std::vector<Told> told;
  std::vector<std::size_t> byEvaluation;  // which of them
  SourceLatents source;
  std::int64_t before;  // model evaluations of earlier passes
};

// One run of generate(): everything that stays the same between batches.
class Generator {
 public:
  Generator(const StableDiffusion& model, const GenerateOptions& options, JobControl& control,
            const GenerateCallbacks& callbacks)
      : m_model(model),
        m_options(options),
        m_control(control),
        m_callbacks(callbacks),
        m_count(pictureCount(options)),
        m_device(model.unet->parameters().front().device()),
        m_evaluations(evaluationsPerPicture(model, options)) {}

  Generated run() {
    const Pass first = firstPass();
    if (m_callbacks.wantsRough) m_rough = fitRoughPictures(m_model, m_control);
    const Pass second = m_options.hires.scale != 1 ? secondPass() : Pass();
    leaveEncoders();
    std::vector<torch::Tensor> latents;
    Generated made;
    const std::int64_t batch = batchSize();
    for (std::int64_t at = 0; at < m_count; at += batch) {
      const std::int64_t count = std::min(batch, m_count - at);
      auto done = denoise(first, at, count, {});
      if (second.height > 0) done = denoise(second, at, count, enlarged(done, second));
      if (!allFinite(done)) throw ErrorException(notFinite());
      latents.push_back(done.to(torch::kCPU, torch::kFloat32));
      if (m_options.decode) decode(done, at, made);
    }
    made.latents = torch::cat(latents);
    return made;
  }

 private:
  [[nodiscard]] std::int64_t batchSize() const {
    if (m_options.batchSize > 0) return m_options.batchSize;
    const std::int64_t pixels = std::int64_t{finalHeight(m_model, m_options)} * finalWidth(m_model, m_options);
    const std::int64_t positions = pixels / (m_model.vaeFactor() * m_model.vaeFactor());
    return std::max<std::int64_t>(1, kLatentsPerBatch / positions);
  }

  [[nodiscard]] static Error notFinite() {
    return Error{ErrorCode::NotFinite,
                 "The model gave numbers that are not finite, so there is no picture. Use fp32 or bf16, a lower "
                 "guidance, or an earlier checkpoint."};
  }

  [[nodiscard]] bool guided() const { return m_options.guidance != 1.0; }

  // SDXL is told that the picture is whole and as large as it is made.
  [[nodiscard]] UNetConditions conditions(const EncodedPrompts& prompts, int height, int width) const {
    UNetConditions conditions{prompts.hidden.to(m_device)};
    if (m_model.family() == ModelFamily::Sdxl) {
      const auto h = static_cast<float>(height), w = static_cast<float>(width);
      const auto sizes = torch::tensor({h, w, 0.0F, 0.0F, h, w}).to(m_device).expand({prompts.hidden.size(0), 6});
      conditions.added = AddedConditions{prompts.pooled.to(m_device), sizes};
    }
    return conditions;
  }

  void tell(Pass& pass, bool second, int height, int width) {
    m_control.proceedOrThrow();
    auto prompts = encodePass(m_model, m_options, second).value();
    for (const auto& [positive, negative] : prompts.distinct) {
      pass.told.push_back({conditions(positive, height, width),
                           guided() ? conditions(negative, height, width) : UNetConditions()});
    }
    pass.byEvaluation = std::move(prompts.byEvaluation);
  }

  [[nodiscard]] Pass makePass(int height, int width, const SamplerOptions& sampling) {
    return {height / m_model.vaeFactor(), width / m_model.vaeFactor(), 0, sampling, {}, {}, {}, 0};
  }

  [[nodiscard]] Pass firstPass() {
    const int height = pictureHeight(m_model, m_options), width = pictureWidth(m_model, m_options);
    Pass pass = makePass(height, width, firstSamplerOptions(m_options));
    tell(pass, false, height, width);
    pass.source = encodeSource(m_model, m_options.source, width, height, m_options.vaeTiles, m_control);
    return pass;
  }

  [[nodiscard]] Pass secondPass() {
    const int height = finalHeight(m_model, m_options), width = finalWidth(m_model, m_options);
    Pass pass = makePass(height, width, secondSamplerOptions(m_options));
    tell(pass, true, height, width);
    pass.source = encodeSource(m_model, {}, width, height, m_options.vaeTiles, m_control);  // an inpainting UNet's
    pass.item = 1;
    pass.before = modelEvaluations(m_options.sampler, m_model.schedule, firstSamplerOptions(m_options));
    return pass;
  }

  // Normal noise for pictures first … first + count − 1, each from its own seed.
  [[nodiscard]] torch::Tensor noise(const Pass& pass, std::int64_t first, std::int64_t count, std::uint64_t step,
                                    RandomStream stream) const {
    std::vector<torch::Tensor> each;
    for (std::int64_t i = first; i < first + count; ++i) {
      const RandomKey key{seedOf(m_options, i), step, pass.item, stream};
      each.push_back(normal({m_model.latentChannels(), pass.height, pass.width}, key));
    }
    return torch::stack(each).to(m_device);
  }

  [[nodiscard]] torch::Tensor startNoise(const Pass& pass, std::int64_t first, std::int64_t count) const {
    if (m_options.initialLatents.defined() && pass.item == 0) {
      return m_options.initialLatents.slice(0, first, first + count).to(m_device, torch::kFloat32);
    }
    return noise(pass, first, count, 0, RandomStream::SampleNoise);
  }

  // `from`: latents [count,C,h,w] to go on from; if undefined, those of the pass's source, if any.
  [[nodiscard]] torch::Tensor denoise(const Pass& pass, std::int64_t first, std::int64_t count, torch::Tensor from) {
    const auto own = m_model.unet->parameters().front().scalar_type();
    const auto computeIn = own == torch::kFloat32 ? m_options.computeIn : own;
    const bool cast = computeIn != own;
    const AutocastScope autocast(m_device.type(), cast, computeIn);
    const WeightCacheScope weights(*m_model.unet, cast);
    const auto start = startNoise(pass, first, count);
    const auto& source = pass.source;
    if (!from.defined() && source.latents.defined()) from = source.latents.expand_as(start);
    const auto denoiser = guidedModel(pass, first, count, computeIn);
    SamplerOptions sampling = pass.sampling;
    sampling.noise = [&](std::int64_t step) {
      return noise(pass, first, count, static_cast<std::uint64_t>(step), RandomStream::SamplerNoise);
    };
    sampling.onStep = [&](std::int64_t done, std::int64_t, const torch::Tensor&, const torch::Tensor& x0) {
      if (m_rough.defined() && m_callbacks.wantsRough()) m_callbacks.onRough(roughPictures(m_rough, x0));
      if (m_callbacks.onStep) m_callbacks.onStep(first, count, pass.before + done, m_evaluations);
    };
    // An inpainting UNet knows itself what to keep.
    if (source.mask.defined() && !source.extraChannels.defined()) {
      sampling.editLatents = [&](const torch::Tensor& x, const NoiseLevel& at) {
        return at.noised(from, start) * (1 - source.mask) + x * source.mask;
      };
    }
    // Where a mask says what is kept, full strength starts from nothing, as diffusers does.
    const bool pure = !from.defined() || (source.mask.defined() && sampling.strength >= 1);
    const auto x = pure ? start * initialNoiseSigma(m_options.sampler, m_model.schedule, sampling)
                        : startLevel(m_options.sampler, m_model.schedule, sampling).noised(from, start);
    return sample(m_options.sampler, denoiser, x, m_model.schedule, sampling);
  }

  // For one walk through the schedule: it counts its evaluations.
  [[nodiscard]] Denoiser guidedModel(const Pass& pass, std::int64_t first, std::int64_t count,
                                     torch::ScalarType computeIn) {
    GuidanceOptions options{m_options.guidance, m_options.guidanceRescale, computeIn, {}};
    if (pass.source.extraChannels.defined()) {
      options.extraChannels = pass.source.extraChannels.expand({count, -1, -1, -1});
    }
    std::vector<Denoiser> answers;
    for (const auto& [conditional, unconditional] : pass.told) {
      answers.push_back(guidedDenoiser(m_model.unet, conditional.rows(first, count),
                                       guided() ? unconditional.rows(0, count) : UNetConditions(), options));
    }
    return [this, answers, which = pass.byEvaluation, evaluation = std::size_t{0}](const torch::Tensor& x,
                                                                                   double timestep) mutable {
      m_control.proceedOrThrow();
      return answers[which.at(evaluation++)](x, timestep);
    };
  }

  // What is done stays out of memory while the next phase runs: their peaks don't add up.
  void leaveEncoders() {
    releaseWeights(*m_model.textEncoder);
    if (m_model.textEncoder2) releaseWeights(*m_model.textEncoder2);
    releaseWeights(*m_model.vae);
    releaseFreedMemory();
  }

  void leaveUNet() {
    releaseWeights(*m_model.unet);
    releaseFreedMemory();
  }

  [[nodiscard]] torch::Tensor enlarged(const torch::Tensor& latents, const Pass& pass) {
    if (m_options.hires.upscale == HiresOptions::Upscale::Latent) {
      return at::upsample_bilinear2d(latents, {pass.height, pass.width}, /*align_corners=*/false);
    }
    leaveUNet();
    const int height = finalHeight(m_model, m_options), width = finalWidth(m_model, m_options);
    std::vector<torch::Tensor> each;
    for (std::int64_t i = 0; i < latents.size(0); ++i) {
      const auto pixels = decodePixels(m_model, latents.slice(0, i, i + 1), m_options.vaeTiles, m_control);
      const Image image = tensorToImage(pixels);
      const auto large = resample(image, {0, 0, double(image.width), double(image.height)}, width, height);
      each.push_back(encodePixels(m_model, imageToTensor(large), m_options.vaeTiles, m_control));
    }
    return torch::cat(each).to(m_device);
  }

  void decode(const torch::Tensor& latents, std::int64_t first, Generated& made) {
    leaveUNet();
    for (std::int64_t i = 0; i < latents.size(0); ++i) {
      const auto pixels = decodePixels(m_model, latents.slice(0, i, i + 1), m_options.vaeTiles, m_control);
      const Image image = blendSource(tensorToImage(pixels), m_options.source);
      made.images.push_back(std::make_shared<const Image>(image));
      if (m_callbacks.onImage) m_callbacks.onImage(first + i, made.images.back());
    }
  }

  const StableDiffusion& m_model;
  const GenerateOptions& m_options;
  JobControl& m_control;
  const GenerateCallbacks& m_callbacks;
  std::int64_t m_count;
  torch::Device m_device;
  std::int64_t m_evaluations;
  torch::Tensor m_rough;  // from latents to colours, where somebody looks on
};

}  // namespace

Generated generate(const StableDiffusion& model, const GenerateOptions& options, JobControl& control,
                   const GenerateCallbacks& callbacks) {
  checkGenerateOptions(model, options).value();
  // Not InferenceMode: its tensors could not be used by a training step afterwards.
  const torch::NoGradGuard noGrad;
  return Generator(model, options, control, callbacks).run();
}

}  // namespace likeness
