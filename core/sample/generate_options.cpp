#include <algorithm>
#include <cmath>

#include "core/sample/generate_passes.h"
#include "core/sample/pass_prompts.h"

namespace likeness {
namespace {

constexpr std::int64_t kMostPictures = 100000;
constexpr int kLargestSide = 4096;
constexpr int kLargestHiresScale = 8;
constexpr int kLargestBlur = 256;

Error bad(const std::string& sentence) { return Error{ErrorCode::InvalidArgument, sentence}; }

Result<void> checkSide(const char* name, int pixels, int multiple) {
  if (pixels > 0 && pixels <= kLargestSide && pixels % multiple == 0) return {};
  const int largest = kLargestSide / multiple * multiple;
  const int rounded = (std::min(pixels, kLargestSide) + multiple / 2) / multiple * multiple;
  const int nearest = std::clamp(rounded, multiple, largest);
  return bad("The " + std::string(name) + " " + std::to_string(pixels) +
             " does not fit this model: it must be a multiple of " + std::to_string(multiple) + " between " +
             std::to_string(multiple) + " and " + std::to_string(largest) + ". Try " + std::to_string(nearest) + ".");
}

Result<void> checkLatents(const StableDiffusion& model, const GenerateOptions& options) {
  if (!options.initialLatents.defined()) return {};
  const std::vector<std::int64_t> wanted = {pictureCount(options), model.latentChannels(),
                                            pictureHeight(model, options) / model.vaeFactor(),
                                            pictureWidth(model, options) / model.vaeFactor()};
  if (options.initialLatents.sizes() == wanted && options.initialLatents.is_floating_point()) return {};
  const auto text = [](at::IntArrayRef sizes) {
    std::string joined;
    for (const auto size : sizes) joined += (joined.empty() ? "" : ", ") + std::to_string(size);
    return "[" + joined + "]";
  };
  return bad("The initial latents have the shape " + text(options.initialLatents.sizes()) +
             ", but these pictures need " + text(wanted) +
             " (pictures, channels, height, width) in floating point. Change the count, the size or the file.");
}

Result<void> checkCounts(const GenerateOptions& options) {
  const std::int64_t count = pictureCount(options);
  if (options.prompts.empty()) return bad("There is no prompt. Write what the picture should show.");
  if (count < 1 || count > kMostPictures) {
    return bad("The number of pictures must lie between 1 and " + std::to_string(kMostPictures) + ".");
  }
  if (options.prompts.size() > 1 && options.count != 0 && options.count != std::ssize(options.prompts)) {
    return bad("With several prompts the number of pictures is that of the prompts. Leave the count out.");
  }
  if (options.seeds.size() > 1 && std::ssize(options.seeds) != count) {
    return bad(std::to_string(options.seeds.size()) + " seeds for " + std::to_string(count) +
               " pictures: give one seed, or one a picture.");
  }
  return {};
}

Result<void> checkSource(const SourceOptions& source) {
  const auto complete = [](const Image& image) {
    return image.width > 0 && image.height > 0 &&
           image.rgb.size() == std::size_t{3} * static_cast<std::size_t>(image.width) * static_cast<std::size_t>(image.height);
  };
  if (source.mask && !source.picture) return bad("There is a mask but no picture that it belongs to. Give both.");
  if ((source.picture && !complete(*source.picture)) || (source.mask && !complete(*source.mask))) {
    return bad("The picture to start from or its mask is empty. Choose another file.");
  }
  if (!std::isfinite(source.maskBlur) || source.maskBlur < 0 || source.maskBlur > kLargestBlur) {
    return bad("The mask's blur must lie between 0 and " + std::to_string(kLargestBlur) + " pixels.");
  }
  if (!source.mask) return {};
  // Both are cut to the shape that is made, so they must have the same to begin with; a pixel may be lost in scaling.
  const double wanted = double(source.picture->width) / source.picture->height;
  const double pixel = 1.0 / std::min(source.mask->width, source.mask->height);
  if (std::abs(double(source.mask->width) / source.mask->height / wanted - 1) <= pixel) return {};
  const auto size = [](const Image& image) { return std::to_string(image.width) + " × " + std::to_string(image.height); };
  return bad("The mask has " + size(*source.mask) + " pixels, but the picture " + size(*source.picture) +
             ", which is another shape. Paint the mask on the picture itself.");
}

Result<void> checkHires(const StableDiffusion& model, const GenerateOptions& options) {
  const auto& hires = options.hires;
  if (hires.scale == 1) return {};
  if (!(hires.scale > 1) || hires.scale > kLargestHiresScale) {
    return bad("The second pass must enlarge by a factor between 1 and " + std::to_string(kLargestHiresScale) + ".");
  }
  if (options.source.picture) {
    return bad("A second pass is for pictures made from text only. Leave out the factor, or the picture to start from.");
  }
  if (hires.steps < 0) return bad("The steps of the second pass must not be negative.");
  LK_CHECK(checkSide("enlarged width", finalWidth(model, options), model.sizeMultiple()));
  LK_CHECK(checkSide("enlarged height", finalHeight(model, options), model.sizeMultiple()));
  return checkSamplerOptions(options.sampler, model.schedule, secondSamplerOptions(options));
}

int enlarged(const StableDiffusion& model, int pixels, double scale) {
  if (scale == 1) return pixels;
  const int multiple = model.sizeMultiple();
  const double most = kLargestSide;  // beyond it the exact number does not matter: it is refused
  return static_cast<int>(std::lround(std::min(pixels * scale, 2 * most) / multiple)) * multiple;
}

}  // namespace

SamplerOptions firstSamplerOptions(const GenerateOptions& options) {
  SamplerOptions sampling;
  sampling.steps = options.steps;
  sampling.schedule = options.schedule;
  sampling.eta = options.sampler == Sampler::Ddim ? options.eta : 0.0;
  sampling.strength = options.source.picture ? options.source.strength : 1.0;
  return sampling;
}

SamplerOptions secondSamplerOptions(const GenerateOptions& options) {
  SamplerOptions sampling = firstSamplerOptions(options);
  if (options.hires.steps > 0) sampling.steps = options.hires.steps;
  sampling.strength = options.hires.strength;
  return sampling;
}

std::int64_t evaluationsPerPicture(const StableDiffusion& model, const GenerateOptions& options) {
  const auto evaluations = [&](const SamplerOptions& sampling) {
    return modelEvaluations(options.sampler, model.schedule, sampling);
  };
  const auto first = evaluations(firstSamplerOptions(options));
  return options.hires.scale == 1 ? first : first + evaluations(secondSamplerOptions(options));
}

std::int64_t pictureCount(const GenerateOptions& options) {
  if (options.prompts.size() > 1) return std::ssize(options.prompts);
  if (options.count != 0) return options.count;
  if (options.seeds.size() > 1) return std::ssize(options.seeds);
  if (options.initialLatents.defined() && options.initialLatents.dim() == 4) return options.initialLatents.size(0);
  return 1;
}

int pictureWidth(const StableDiffusion& model, const GenerateOptions& options) {
  return options.width != 0 ? options.width : model.defaultResolution();
}

int pictureHeight(const StableDiffusion& model, const GenerateOptions& options) {
  return options.height != 0 ? options.height : model.defaultResolution();
}

int finalWidth(const StableDiffusion& model, const GenerateOptions& options) {
  return enlarged(model, pictureWidth(model, options), options.hires.scale);
}

int finalHeight(const StableDiffusion& model, const GenerateOptions& options) {
  return enlarged(model, pictureHeight(model, options), options.hires.scale);
}

Result<void> checkGenerateOptions(const StableDiffusion& model, const GenerateOptions& options) {
  LK_CHECK(checkCounts(options));
  LK_CHECK(checkSide("width", pictureWidth(model, options), model.sizeMultiple()));
  LK_CHECK(checkSide("height", pictureHeight(model, options), model.sizeMultiple()));
  LK_CHECK(checkLatents(model, options));
  const std::int64_t most = model.schedule.trainTimesteps() - 2;
  if (options.steps < 1 || options.steps > most) {
    return bad("The number of steps must lie between 1 and " + std::to_string(most) + ".");
  }
  if (!std::isfinite(options.guidance) || options.guidance < 0 || options.guidance > 100) {
    return bad("The guidance scale must lie between 0 and 100.");
  }
  if (!(options.guidanceRescale >= 0 && options.guidanceRescale <= 1)) {
    return bad("The guidance rescale must lie between 0 and 1.");
  }
  if (options.batchSize < 0) return bad("The batch size must not be negative.");
  LK_CHECK(checkSource(options.source));
  LK_CHECK(checkSamplerOptions(options.sampler, model.schedule, firstSamplerOptions(options)));
  LK_CHECK(checkHires(model, options));
  return checkPrompts(model, options);
}

}  // namespace likeness
