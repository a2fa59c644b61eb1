#pragma once
#include <functional>
#include <optional>
#include <string>

#include "core/sample/stable_diffusion.h"
#include "core/weights/tensor_source.h"

namespace likeness {

/// Several findings in one error, so that a person can mend all of them at once; the first one's code counts.
class Findings {
 public:
  explicit Findings(std::filesystem::path model) : m_model(std::move(model)) {}

  void add(const Error& error);

  /// The value, or nothing when it was an error, which is kept.
  template <typename T>
  std::optional<T> take(Result<T> result) {
    if (result.ok()) return std::move(result).value();
    add(result.error());
    return std::nullopt;
  }
  [[nodiscard]] const std::optional<Error>& error() const { return m_error; }

 private:
  std::filesystem::path m_model;
  std::optional<Error> m_error;
};

/// A model's configs and vocabularies, before its weights are loaded; empty where they could not be read.
struct ModelParts {
  StableDiffusionConfigs json;
  bool xl = false;
  std::optional<ClipTextConfig> textEncoder, textEncoder2;
  std::optional<UNet2DConditionConfig> unet;
  std::optional<AutoencoderKlConfig> vae;
  std::optional<NoiseScheduleConfig> scheduler;
  std::optional<ClipTokenizer> tokenizer, tokenizer2;
};

/// Adds to `findings` what the parts disagree about, and kinds of models that can't be used.
void checkAgreement(const std::filesystem::path& model, const ModelParts& parts, Findings& findings);

/// The weights of a component: "text_encoder", "text_encoder_2", "unet", "vae".
using ComponentWeights = std::function<Result<TensorSources>(const std::string& component)>;

/// Builds the model that the parts describe and loads its weights, looking at `control`, if given, before each part.
/// Errors: those of `weights` and of loadModule, all of them in one; Cancelled as an ErrorException.
[[nodiscard]] Result<StableDiffusion> assemble(const std::filesystem::path& path, ModelParts parts,
                                               const ComponentWeights& weights, JobControl* control);

}  // namespace likeness
