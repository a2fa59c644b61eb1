#include "core/api/caption_options.h"

#include "core/api/option_kinds.h"

namespace likeness {

std::vector<TrainOption> captionOptions() {
  using namespace option_kinds;
  using C = TrainConfig;
  return {
      choice<CaptionMode>("caption_mode", "files: a photo with a text file beside it is shown under that text.", true,
                          &C::captionMode, {{"prompt", CaptionMode::Prompt}, {"files", CaptionMode::Files}}),
      yesNo("caption_shuffle", "Captions' tags, between commas, stand in another order at each draw.",
            &C::captionShuffle),
      number<std::int64_t>("caption_keep_tokens", "tags", "So many of a caption's first tags stay in their places.",
                           true, &C::captionKeepTokens, 0, 1000),
      yesNo("prior_prediction", "lora only: what the model itself predicts keeps the class, instead of class images.",
            &C::priorPrediction),
  };
}

}  // namespace likeness
