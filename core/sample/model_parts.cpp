#include "core/sample/model_parts.h"

#include "core/weights/load_module.h"

namespace likeness {
namespace fs = std::filesystem;
namespace {

constexpr std::int64_t kTimeIds = 6;         // original size, crop, target size, two numbers each
constexpr std::int64_t kRefinerTimeIds = 5;  // the refiner has one aesthetic score in place of the target size

std::string number(std::int64_t value) { return std::to_string(value); }

// One check of how the parts fit each other.
class Agreement {
 public:
  Agreement(const fs::path& model, const ModelParts& parts, Findings& findings)
      : m_model(model), m_parts(parts), m_findings(findings) {}

  void check() {
    checkText();
    checkLatents();
    checkTokens(*m_parts.tokenizer, *m_parts.textEncoder, "text encoder");
    if (m_parts.xl) checkTokens(*m_parts.tokenizer2, *m_parts.textEncoder2, "second text encoder");
  }

 private:
  void disagree(const std::string& what) {
    m_findings.add(Error{ErrorCode::Corrupt,
                         "The parts of the model " + m_model.string() + " don't belong together: " + what +
                             ". Copy or download the whole model again.",
                         {},
                         m_model.string()});
  }
  void unsupported(const std::string& what) {
    m_findings.add(Error{ErrorCode::Unsupported, m_model.string() + " " + what, {}, m_model.string()});
  }

  void checkText() {
    const auto& unet = *m_parts.unet;
    std::int64_t width = m_parts.textEncoder->hiddenSize;
    if (m_parts.xl) width += m_parts.textEncoder2->hiddenSize;
    if (unet.crossAttentionDim() != width) {
      disagree("the UNet expects text of width " + number(unet.crossAttentionDim()) + ", the text encoder" +
               (m_parts.xl ? "s give " : " gives ") + number(width));
    }
    if (unet.addition && !m_parts.xl) {
      disagree("the UNet is of the SDXL kind, but there is only one text encoder");
    } else if (!unet.addition && m_parts.xl) {
      disagree("there are two text encoders, but the UNet is not of the SDXL kind");
    } else if (m_parts.xl) {
      checkAddition();
    }
  }

  void checkAddition() {
    const auto& addition = *m_parts.unet->addition;
    const auto& projection = m_parts.textEncoder2->projectionSize;
    if (!projection) return disagree("the second text encoder has no projection");
    const std::int64_t sizes = addition.inputDim - *projection;
    if (sizes == kTimeIds * addition.timeEmbedDim) return;
    if (sizes == kRefinerTimeIds * addition.timeEmbedDim) return unsupported(refiner());
    disagree("the UNet expects pooled text and sizes of width " + number(addition.inputDim) +
             ", the second text encoder's projection has " + number(*projection));
  }

  void checkLatents() {
    const std::int64_t latents = m_parts.vae->latentChannels;
    const std::int64_t in = m_parts.unet->inChannels, out = m_parts.unet->outChannels;
    if (out == latents && (in == latents || in == 2 * latents + 1)) return;
    if (out == latents) {
      unsupported("has a UNet of " + number(in) + " input channels over " + number(latents) +
                  " latent channels, as editing models have. Choose a text-to-image or an inpainting model.");
    } else {
      disagree("the UNet works on " + number(in) + " to " + number(out) + " latent channels, the VAE on " +
               number(latents));
    }
  }

  void checkTokens(const ClipTokenizer& tokenizer, const ClipTextConfig& encoder, const std::string& name) {
    const auto length = static_cast<std::int64_t>(tokenizer.maxLength());
    const auto words = static_cast<std::int64_t>(tokenizer.vocabularySize());
    if (length > encoder.maxPositions) {
      disagree("the tokenizer gives " + number(length) + " tokens, the " + name + " takes " +
               number(encoder.maxPositions));
    }
    if (words > encoder.vocabSize) {
      disagree("the tokenizer knows " + number(words) + " tokens, the " + name + " " + number(encoder.vocabSize));
    }
  }

  static std::string refiner() {
    return "is an SDXL refiner, which only works on another model's pictures. Choose the SDXL base model.";
  }

  const fs::path& m_model;
  const ModelParts& m_parts;
  Findings& m_findings;
};

// Loads one component after the other and gathers what went wrong.
class Loader {
 public:
  Loader(const fs::path& path, const ComponentWeights& weights, JobControl* control)
      : m_findings(path), m_weights(weights), m_control(control) {}

  void load(torch::nn::Module& module, const std::string& component) {
    if (m_control != nullptr) m_control->proceedOrThrow();
    const auto files = m_findings.take(m_weights(component));
    if (!files) return;
    m_findings.take(loadModule(module, *files));
    for (const auto& parameter : module.parameters()) parameter.requires_grad_(false);
    module.eval();
  }
  [[nodiscard]] const std::optional<Error>& error() const { return m_findings.error(); }

 private:
  Findings m_findings;
  const ComponentWeights& m_weights;
  JobControl* m_control;
};

}  // namespace

void Findings::add(const Error& error) {
  if (!m_error) {
    m_error = error;
    return;
  }
  m_error->message += " " + error.message;
  if (!error.detail.empty()) m_error->detail += (m_error->detail.empty() ? "" : "\n") + error.detail;
  m_error->path = m_model.string();
}

void checkAgreement(const fs::path& model, const ModelParts& parts, Findings& findings) {
  Agreement(model, parts, findings).check();
}

Result<StableDiffusion> assemble(const fs::path& path, ModelParts parts, const ComponentWeights& weights,
                                 JobControl* control) {
  StableDiffusion model{path,
                        std::make_shared<const StableDiffusionConfigs>(std::move(parts.json)),
                        *parts.tokenizer,
                        ClipTextModel(*parts.textEncoder),
                        UNet2DConditionModel(*parts.unet),
                        AutoencoderKl(*parts.vae),
                        NoiseSchedule(*parts.scheduler),
                        parts.tokenizer2};
  Loader loader(path, weights, control);
  loader.load(*model.textEncoder, "text_encoder");
  if (parts.xl) {
    model.textEncoder2 = ClipTextModel(*parts.textEncoder2);
    loader.load(*model.textEncoder2, "text_encoder_2");
  }
  loader.load(*model.unet, "unet");
  loader.load(*model.vae, "vae");
  if (loader.error()) return *loader.error();
  // The UNet stays contiguous: its rounding errors are what samplers amplify. The trainer lays its own copy out.
  model.vae->useChannelsLastOnDemand();
  return model;
}

}  // namespace likeness
