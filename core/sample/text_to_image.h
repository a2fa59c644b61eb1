#pragma once
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "core/api/image.h"
#include "core/api/train_config.h"
#include "core/base/job_control.h"
#include "core/diffusion/samplers.h"
#include "core/sample/stable_diffusion.h"

namespace likeness {

/// What generate() is asked for. The number of pictures N is that of prompts, or `count` with one prompt.
struct GenerateOptions {
  std::vector<std::string> prompts;  ///< one a picture, or one for all; `[V]` already replaced
  std::int64_t count = 0;            ///< with one prompt; 0: as many as seeds or initial latents say, else one
  std::string negative;
  Sampler sampler = Sampler::Ddim;
  SigmaSchedule schedule = SigmaSchedule::Model;
  std::int64_t steps = 25;
  double guidance = 4.0;         ///< 1: none
  double guidanceRescale = 0.0;  ///< see rescaleGuidance()
  double eta = 0.0;              ///< DDIM only
  int width = 0;          ///< pixels, a multiple of StableDiffusion::sizeMultiple(); 0: the model's own
  int height = 0;
  std::vector<std::uint64_t> seeds;    ///< one a picture; or one, then picture k has seed + k; empty: 0, 1, 2, …
  std::int64_t batchSize = 0;          ///< pictures at a time; 0: chosen from the picture's size
  Precision precision = Precision::Fp32;
  torch::Tensor initialLatents = {};   ///< [N,C,h,w] in place of seeded noise (sigma 1), or undefined
  bool decode = true;                  ///< false: latents only
};

/// What generate() made.
struct Generated {
  /// The final latents [N,C,h,w] fp32 on the CPU, scaled as the UNet sees them (diffusers' output_type="latent").
  torch::Tensor latents;
  std::vector<ImagePtr> images;  ///< N, or none without decode
};

/// How generate() reports. Called on its own thread; may throw to stop it.
struct GenerateCallbacks {
  /// After each model evaluation, for pictures first … first + count − 1.
  std::function<void(std::int64_t first, std::int64_t count, std::int64_t done, std::int64_t total)> onStep = {};
  /// When a picture is finished, in order.
  std::function<void(std::int64_t index, ImagePtr image)> onImage = {};
};

/// How many pictures, and of what size in pixels, the options mean for this model.
[[nodiscard]] std::int64_t pictureCount(const GenerateOptions& options);
[[nodiscard]] int pictureWidth(const StableDiffusion& model, const GenerateOptions& options);
[[nodiscard]] int pictureHeight(const StableDiffusion& model, const GenerateOptions& options);

/// The options as a sampler wants them, without its callbacks.
[[nodiscard]] SamplerOptions samplerOptions(const GenerateOptions& options);

/// What is wrong with the options for this model (sizes, counts, steps, prompts that are not UTF-8), in one sentence.
[[nodiscard]] Result<void> checkGenerateOptions(const StableDiffusion& model, const GenerateOptions& options);

/// Makes pictures from text. Runs without gradients.
/// Randomness: picture k starts from normal(…, RandomKey{seed_k, 0, 0, SampleNoise}), and random samplers draw
/// (seed_k, step, 0, SamplerNoise): a picture is the same in any batch up to rounding. Threads: the model's one.
/// Control: looked at before each model evaluation and each decoding.
/// Errors: ErrorException for bad options (see checkGenerateOptions) or Cancelled; NotFinite if latents are not finite;
/// c10::Error from Torch.
[[nodiscard]] Generated generate(const StableDiffusion& model, const GenerateOptions& options, JobControl& control,
                                 const GenerateCallbacks& callbacks = {});

/// Pictures from latents [N,C,h,w] scaled as the UNet sees them. Runs without gradients.
[[nodiscard]] std::vector<ImagePtr> decodeLatents(const StableDiffusion& model, const torch::Tensor& latents);

}  // namespace likeness
