#include <algorithm>
#include <cmath>

#include "core/base/text.h"
#include "core/sample/text_to_image.h"
#include "core/text/prompt.h"

namespace likeness {
namespace {

constexpr std::int64_t kMostPictures = 100000;
constexpr int kLargestSide = 4096;

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

}  // namespace

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

SamplerOptions samplerOptions(const GenerateOptions& options) {
  SamplerOptions sampling;
  sampling.steps = options.steps;
  sampling.eta = options.eta;
  sampling.schedule = options.schedule;
  return sampling;
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
  LK_CHECK(checkSamplerOptions(options.sampler, model.schedule, samplerOptions(options)));
  if (options.batchSize < 0) return bad("The batch size must not be negative.");
  if (!isValidUtf8(options.negative)) return bad("The negative prompt is not UTF-8 text. Type it again.");
  for (const auto& prompt : options.prompts) {
    if (!isValidUtf8(prompt)) return bad("The prompt is not UTF-8 text. Type it again.");
  }
  return {};
}

}  // namespace likeness
