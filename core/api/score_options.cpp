#include "core/api/score_options.h"

#include "core/api/option_kinds.h"
#include "core/base/text.h"

namespace likeness {
namespace {

TrainOption scoreModelOption() {
  const auto set = [](TrainConfig& config, const std::string& text) -> Result<void> {
    if (!isValidUtf8(text)) return option_kinds::badValue("score_model", "…", "a path in UTF-8");
    config.scoreModel = text;
    return {};
  };
  return {"score_model", "", "A CLIP or DINO (a folder as transformers writes it) that scores the previews, too.", true,
          [](const TrainConfig& config) { return config.scoreModel; }, set};
}

}  // namespace

std::vector<TrainOption> scoreOptions() {
  using namespace option_kinds;
  using C = TrainConfig;
  return {
      yesNo("preview_scores", "Says of each preview how alike it is to the photos and to the class images.",
            &C::previewScores),
      scoreModelOption(),
      yesNo("offload", "Parts that aren't in use leave memory and are read from their file again when needed.",
            &C::offload),
  };
}

}  // namespace likeness
