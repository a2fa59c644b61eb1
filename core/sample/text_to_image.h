#pragma once
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "core/api/image.h"
#include "core/base/job_control.h"
#include "core/diffusion/samplers.h"
#include "core/sample/stable_diffusion.h"
#include "core/text/encode_prompts.h"

namespace likeness {

/// A picture to start from, and which part of it to make anew.
struct SourceOptions {
  ImagePtr picture;        ///< cut in the middle to the shape that is made and resized, never squashed; or none
  double strength = 0.75;  ///< how much of the noise schedule is walked, over 0 … 1: the last int(steps · strength) steps
  ImagePtr mask;           ///< of the picture's shape: white is made anew, black kept; none: all of it is changed
  /// Pixels, the deviation of a Gaussian over the mask. Over 0: the made picture is laid over the source through the
  /// blurred mask, so that what is far from it stays as it was to the last bit. 0: as the VAE gives it, as diffusers.
  double maskBlur = 0.0;
};

/// A second pass over a larger version of what the first one made.
struct HiresOptions {
  enum class Upscale {
    Latent,   ///< the latents, bilinearly
    Lanczos,  ///< the pixels, decoded and encoded again
  };
  double scale = 1.0;  ///< of width and height, each then rounded to a multiple of sizeMultiple(); 1: no second pass
  Upscale upscale = Upscale::Latent;
  double strength = 0.6;   ///< of the second pass, as SourceOptions::strength
  std::int64_t steps = 0;  ///< of the second pass, before its strength; 0: as the first one's
};

/// Whether large pictures go through the VAE in tiles, which bounds its memory.
enum class VaeTiles {
  Auto,  ///< those of more than 128 × 128 latents do
  Always,
  Never,
};

/// What generate() is asked for. The number of pictures N is that of prompts, or `count` with one prompt.
struct GenerateOptions {
  std::vector<std::string> prompts;  ///< one a picture, or one for all, with prompt editing; `[V]` already replaced
  std::int64_t count = 0;            ///< with one prompt; 0: as many as seeds or initial latents say, else one
  std::string negative;
  PromptOptions promptOptions = {};  ///< clip skip, embeddings, weights
  Sampler sampler = Sampler::Ddim;
  SigmaSchedule schedule = SigmaSchedule::Model;
  std::int64_t steps = 25;
  double guidance = 4.0;         ///< 1: none
  double guidanceRescale = 0.0;  ///< see GuidanceOptions::rescale
  double eta = 0.0;       ///< DDIM only
  int width = 0;          ///< pixels, a multiple of StableDiffusion::sizeMultiple(); 0: the model's own
  int height = 0;
  std::vector<std::uint64_t> seeds;    ///< one a picture; or one, then picture k has seed + k; empty: 0, 1, 2, …
  std::int64_t batchSize = 0;          ///< pictures at a time; 0: chosen from the picture's size
  /// What the UNet computes in: kFloat32, kBFloat16 or kHalf, the latter two by autocast. Text encoders and the VAE, whose
  /// activations can be too large for fp16, keep their own.
  torch::ScalarType computeIn = torch::kFloat32;
  torch::Tensor initialLatents = {};   ///< [N,C,h,w] in place of seeded noise (sigma 1), or undefined
  bool decode = true;                  ///< false: latents only
  SourceOptions source = {};
  HiresOptions hires = {};
  VaeTiles vaeTiles = VaeTiles::Auto;
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
  /// Asked before each onStep whether rough pictures are wanted of that step; then onRough gets them (see
  /// core/sample/rough_pictures.h), one for each of the pictures that onStep will name. Both or neither.
  std::function<bool()> wantsRough = {};
  std::function<void(std::vector<ImagePtr> rough)> onRough = {};
  /// When a picture is finished, in order.
  std::function<void(std::int64_t index, ImagePtr image)> onImage = {};
};

/// How many pictures, and of what size in pixels, the options mean for this model; of the first pass, and of the picture
/// in the end, which HiresOptions enlarge.
[[nodiscard]] std::int64_t pictureCount(const GenerateOptions& options);
[[nodiscard]] int pictureWidth(const StableDiffusion& model, const GenerateOptions& options);
[[nodiscard]] int pictureHeight(const StableDiffusion& model, const GenerateOptions& options);
[[nodiscard]] int finalWidth(const StableDiffusion& model, const GenerateOptions& options);
[[nodiscard]] int finalHeight(const StableDiffusion& model, const GenerateOptions& options);

/// How many times the model is evaluated for one picture, over all passes: what GenerateCallbacks::onStep counts to.
[[nodiscard]] std::int64_t evaluationsPerPicture(const StableDiffusion& model, const GenerateOptions& options);

/// What is wrong with the options for this model (sizes, counts, steps, prompts that are not UTF-8 or too long), in one
/// sentence.
[[nodiscard]] Result<void> checkGenerateOptions(const StableDiffusion& model, const GenerateOptions& options);

/// Makes pictures from text, or from a picture and text, in part of it or all. Runs without gradients. Any model of any
/// family does all of it: with a mask, a UNet without channels for it gets the kept part noised back in after each step
/// (Lugmayr et al. 2022, arXiv:2201.09865, without its repetitions), as diffusers' inpainting pipeline does.
/// Randomness: picture k starts from normal(…, RandomKey{seed_k, 0, 0, SampleNoise}), and samplers that are random draw
/// (seed_k, step, 0, SamplerNoise); the second pass of HiresOptions has item 1 in place of 0. A picture is the same in
/// any batch up to rounding. Threads: the model's one.
/// Control: looked at before each model evaluation and each pass of the VAE.
/// Errors: ErrorException for bad options (see checkGenerateOptions) or Cancelled; NotFinite if latents are not finite;
/// c10::Error from Torch.
[[nodiscard]] Generated generate(const StableDiffusion& model, const GenerateOptions& options, JobControl& control,
                                 const GenerateCallbacks& callbacks = {});

}  // namespace likeness
