#include "core/api/look_options.h"

#include "core/api/option_kinds.h"
#include "core/base/text.h"

namespace likeness {
namespace {

constexpr std::int64_t kLowest = 16, kHighest = 4096;  // px
constexpr std::size_t kMostResolutions = 8;

Result<std::vector<std::int64_t>> parseResolutions(const std::string& text) {
  const auto bad = option_kinds::badValue("more_resolutions", text,
                                          "up to 8 numbers of pixels from 16 to 4096 with commas between them");
  std::vector<std::int64_t> all;
  for (std::size_t at = 0; !text.empty() && at <= text.size();) {
    const auto comma = std::min(text.find(',', at), text.size());
    std::int64_t one = 0;
    if (!option_kinds::parseNumber(std::string(trimmed(text.substr(at, comma - at))), one)) return bad;
    if (one < kLowest || one > kHighest || all.size() == kMostResolutions) return bad;
    all.push_back(one);
    at = comma + 1;
  }
  return all;
}

std::string resolutionsText(const std::vector<std::int64_t>& resolutions) {
  std::string text;
  for (const auto one : resolutions) text += (text.empty() ? "" : ", ") + std::to_string(one);
  return text;
}

TrainOption moreResolutions() {
  const auto set = [](TrainConfig& config, const std::string& text) -> Result<void> {
    LK_TRY(config.moreResolutions, parseResolutions(text));
    return {};
  };
  const auto get = [](const TrainConfig& config) { return resolutionsText(config.moreResolutions); };
  return {"more_resolutions", "px", "Each photo is learnt at these sizes too, as in 256, 768.", true, get, set};
}

}  // namespace

std::vector<TrainOption> lookOptions() {
  using namespace option_kinds;
  using C = TrainConfig;
  return {
      yesNo("aspect_buckets", "Photos keep their shape, of as many pixels as the square, instead of being cut square.",
            &C::aspectBuckets),
      moreResolutions(),
      number<double>("crop_jitter", "", "Share of a photo's sides that may be left out, elsewhere in each look.", true,
                     &C::cropJitter, 0, 0.9),
      number<double>("colour_jitter", "", "By how much a look's brightness, contrast and saturation may differ.", true,
                     &C::colourJitter, 0, 0.9),
      number<std::int64_t>("jitter_looks", "", "How many looks each photo has with jitter, the plain one among them.",
                           true, &C::jitterLooks, 2, 64),
      choice<ValidateOn>("validate_on",
                         "What it is tested on: its photos, other crops of them, or one photo in five that it never sees.",
                         true, &C::validateOn,
                         {{"photos", ValidateOn::Photos},
                          {"crops", ValidateOn::Crops},
                          {"held-out", ValidateOn::HeldOut}}),
      yesNo("masked_loss", "A photo with a mask beside it is learnt where that is white.", &C::maskedLoss),
      number<double>("unmasked_weight", "", "What counts of a photo where its mask is black.", true,
                     &C::unmaskedWeight, 0, 1),
      yesNo("mask_normalize", "A small white part of a mask counts as much as a large one.", &C::maskNormalize),
  };
}

}  // namespace likeness
