#include "core/sample/text_to_image.h"

#include <algorithm>

#include "core/data/image_tensor.h"
#include "core/sample/autocast.h"
#include "core/sample/guidance.h"
#include "core/tensor/check.h"
#include "core/tensor/random.h"
#include "core/text/prompt.h"

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
        m_height(pictureHeight(model, options) / model.vaeFactor()),
        m_width(pictureWidth(model, options) / model.vaeFactor()),
        m_device(model.unet->parameters().front().device()) {}

  Generated run() {
    encodeText();
    std::vector<torch::Tensor> latents;
    Generated made;
    const std::int64_t batch = batchSize();
    for (std::int64_t first = 0; first < m_count; first += batch) {
      const auto done = denoise(first, std::min(batch, m_count - first));
      if (!allFinite(done)) throw ErrorException(notFinite());
      latents.push_back(done.to(torch::kCPU, torch::kFloat32));
      if (m_options.decode) decode(done, first, made);
    }
    made.latents = torch::cat(latents);
    return made;
  }

 private:
  [[nodiscard]] std::int64_t batchSize() const {
    if (m_options.batchSize > 0) return m_options.batchSize;
    return std::max<std::int64_t>(1, kLatentsPerBatch / (m_height * m_width));
  }

  [[nodiscard]] static Error notFinite() {
    return Error{ErrorCode::NotFinite,
                 "The model gave numbers that are not finite, so there is no picture. Use fp32 precision, a lower "
                 "guidance, or an earlier checkpoint."};
  }

  void encodeText() {
    m_control.proceedOrThrow();
    ClipTextModel encoder = m_model.textEncoder;
    const auto encode = [&](const std::vector<std::string>& prompts) {
      return encodePrompts(encoder, m_model.tokenizer, prompts).to(m_device);
    };
    m_conditional = encode(m_options.prompts);
    if (guided()) m_unconditional = encode({m_options.negative});
  }

  [[nodiscard]] bool guided() const { return m_options.guidance != 1.0; }

  // Normal noise for pictures first … first + count − 1, each from its own seed.
  [[nodiscard]] torch::Tensor noise(std::int64_t first, std::int64_t count, std::uint64_t step,
                                    RandomStream stream) const {
    std::vector<torch::Tensor> each;
    for (std::int64_t i = first; i < first + count; ++i) {
      const RandomKey key{seedOf(m_options, i), step, 0, stream};
      each.push_back(normal({m_model.latentChannels(), m_height, m_width}, key));
    }
    return torch::stack(each).to(m_device);
  }

  [[nodiscard]] torch::Tensor start(std::int64_t first, std::int64_t count) const {
    const double sigma = initialNoiseSigma(m_options.sampler, m_model.schedule, samplerOptions(m_options));
    if (m_options.initialLatents.defined()) {
      return m_options.initialLatents.slice(0, first, first + count).to(m_device, torch::kFloat32) * sigma;
    }
    return noise(first, count, 0, RandomStream::SampleNoise) * sigma;
  }

  [[nodiscard]] torch::Tensor denoise(std::int64_t first, std::int64_t count) {
    const bool half = m_options.precision == Precision::Bf16;
    const AutocastScope autocast(m_device.type(), half);
    const WeightCacheScope weights(*m_model.unet, half);
    const bool shared = m_conditional.size(0) == 1;
    const auto conditional =
        shared ? m_conditional.expand({count, -1, -1}) : m_conditional.slice(0, first, first + count);
    const auto unconditional = guided() ? m_unconditional.expand({count, -1, -1}) : torch::Tensor();
    const auto guidedModel =
        guidedDenoiser(m_model.unet, conditional, unconditional, m_options.guidance, m_options.precision,
                       m_options.guidanceRescale);
    const Denoiser model = [&](const torch::Tensor& x, double t) {
      m_control.proceedOrThrow();
      return guidedModel(x, t);
    };
    SamplerOptions options = samplerOptions(m_options);
    options.noise = [&](std::int64_t step) {
      return noise(first, count, static_cast<std::uint64_t>(step), RandomStream::SamplerNoise);
    };
    options.onStep = [&](std::int64_t done, std::int64_t total, const torch::Tensor&, const torch::Tensor&) {
      if (m_callbacks.onStep) m_callbacks.onStep(first, count, done, total);
    };
    return sample(m_options.sampler, model, start(first, count), m_model.schedule, options);
  }

  void decode(const torch::Tensor& latents, std::int64_t first, Generated& made) {
    for (std::int64_t i = 0; i < latents.size(0); ++i) {
      m_control.proceedOrThrow();
      made.images.push_back(decodeLatents(m_model, latents.slice(0, i, i + 1)).front());
      if (m_callbacks.onImage) m_callbacks.onImage(first + i, made.images.back());
    }
  }

  const StableDiffusion& m_model;
  const GenerateOptions& m_options;
  JobControl& m_control;
  const GenerateCallbacks& m_callbacks;
  std::int64_t m_count, m_height, m_width;
  torch::Device m_device;
  torch::Tensor m_conditional, m_unconditional;
};

}  // namespace

std::vector<ImagePtr> decodeLatents(const StableDiffusion& model, const torch::Tensor& latents) {
  const torch::NoGradGuard noGrad;
  AutoencoderKl vae = model.vae;
  const auto device = vae->parameters().front().device();
  const auto pixels = vae->decode(unscaleLatents(latents.to(device, torch::kFloat32), vae->config()));
  std::vector<ImagePtr> images;
  for (auto& image : tensorToImages(pixels)) images.push_back(std::make_shared<const Image>(std::move(image)));
  return images;
}

Generated generate(const StableDiffusion& model, const GenerateOptions& options, JobControl& control,
                   const GenerateCallbacks& callbacks) {
  checkGenerateOptions(model, options).value();
  // Not InferenceMode: its tensors could not be used by a training step afterwards.
  const torch::NoGradGuard noGrad;
  return Generator(model, options, control, callbacks).run();
}

}  // namespace likeness
