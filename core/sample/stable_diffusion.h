#pragma once
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "core/base/job_control.h"
#include "core/base/json.h"
#include "core/base/result.h"
#include "core/diffusion/noise_schedule.h"
#include "core/model/autoencoder_kl.h"
#include "core/model/clip_text_model.h"
#include "core/model/unet2d_condition_model.h"
#include "core/text/encode_prompts.h"
#include "core/weights/model_family.h"

namespace likeness {

/// The JSON files of a model folder as they were read, so that an export can write them again.
struct StableDiffusionConfigs {
  Json modelIndex, scheduler, textEncoder, unet, vae;
  Json textEncoder2;  ///< SDXL only
};

/// An opened Stable Diffusion. Copies share the modules.
/// Dtype and device: fp32 on the CPU when opened; parameters require no gradient until the trainer asks them to.
/// Threads: one at a time.
struct StableDiffusion {
  std::filesystem::path path;
  std::shared_ptr<const StableDiffusionConfigs> configs;
  ClipTokenizer tokenizer;
  ClipTextModel textEncoder;
  UNet2DConditionModel unet;
  AutoencoderKl vae;
  NoiseSchedule schedule;
  // SDXL only; with its projection, whose answer is the pooled text.
  std::optional<ClipTokenizer> tokenizer2 = {};
  ClipTextModel textEncoder2{nullptr};
  /// Words that a run taught the model, known to whatever is made with it; copies share their vectors.
  std::vector<TextualInversion> embeddings = {};

  [[nodiscard]] ModelFamily family() const;
  /// True if the UNet also takes a mask and the masked picture's latents: 2·latentChannels() + 1 channels in all.
  [[nodiscard]] bool isInpainting() const;
  [[nodiscard]] int latentChannels() const;
  /// Pixels per latent, each way.
  [[nodiscard]] int vaeFactor() const;
  /// Widths and heights of pictures are multiples of it: vaeFactor() times the UNet's own downsampling.
  [[nodiscard]] int sizeMultiple() const;
  /// Pixels of the square that the model was trained at: the UNet's sample_size, in pixels.
  [[nodiscard]] int defaultResolution() const;
  /// One, or SDXL's two, CLIP-L first; they share the modules.
  [[nodiscard]] std::vector<TextEncoder> textEncoders() const;
};

struct OpenOptions {
  std::filesystem::path vae = {};  ///< in place of the model's own: a file or folder that replacePart() takes
  /// Finds a folder of CLIP's vocab.json and merges.txt, the same for every Stable Diffusion. Asked only for a model
  /// that brings none, as single files do; its error is then that of opening.
  std::function<Result<std::filesystem::path>()> findVocabulary = {};
};

/// Opens a Stable Diffusion (1.x, 2.x, XL base, their inpainting kinds, and smaller ones of each) from a folder in
/// diffusers layout or a single file (.safetensors, .ckpt) in CompVis's. Everything is read from its configs, which are
/// deduced from the tensors of a single file. Looks at `control`, if given, before each part.
/// Errors: NotFound, Corrupt or Unsupported, naming every missing or damaged file, tensor or disagreement between the
/// parts and what to do; Cancelled.
[[nodiscard]] Result<StableDiffusion> openStableDiffusion(const std::filesystem::path& path,
                                                          JobControl* control = nullptr,
                                                          const OpenOptions& options = {});

/// What the model is, as SHA-256 over a folder's weights, configs and vocabulary, or of a single file: equal for equal
/// content wherever it lies. Reads every weight once (about a second a gigabyte) and remembers the answer while files keep size and time.
/// Threads: any.
[[nodiscard]] Result<std::string> modelIdentity(const std::filesystem::path& folder);

/// Writes the model as a complete folder in diffusers layout (model_index.json, configs, weights in `dtype`, tokenizer,
/// scheduler), whole or not at all. diffusers' pipeline of its kind (StableDiffusionPipeline, …InpaintPipeline,
/// StableDiffusionXL…) loads it with from_pretrained; a safety checker is not written. Looks at `control` before each
/// part.
/// Errors: InvalidArgument if `target` exists and isn't an empty folder (nothing is overwritten); disk errors.
[[nodiscard]] Result<void> exportDiffusersFolder(const StableDiffusion& model, const std::filesystem::path& target,
                                                 torch::ScalarType dtype = torch::kFloat32,
                                                 JobControl* control = nullptr);

}  // namespace likeness
